"""Models made by hand, for the tests of naming, imports and rendering."""

from __future__ import annotations

from typedactors_codegen.model import (
    Analysis,
    Field,
    Member,
    Method,
    Node,
    Origin,
    OutputModule,
    Parameter,
    ParameterKind,
    ProxyBase,
    ProxyClass,
    ProxyKind,
    ProxyUse,
    Signature,
    Symbol,
    Text,
    TypeVariable,
    TypeVariableUse,
)

ORIGIN = Origin("src/hub/actors.py", 7)


def builtin(name: str) -> Symbol:
    return Symbol("builtins", name)


def text(*parts: str | Symbol | TypeVariableUse | ProxyUse) -> Text:
    return Text(parts)


INT = text(builtin("int"))


def parameter(
    name: str,
    kind: ParameterKind = ParameterKind.POSITIONAL_OR_KEYWORD,
    annotation: Text = INT,
    default: str | None = None,
) -> Parameter:
    return Parameter(name, kind, annotation, None if default is None else text(default))


def method(name: str, *parameters: Parameter, returns: Text = INT, docstring: str | None = None) -> Method:
    return Method(name, (Signature(parameters, returns),), docstring, ORIGIN)


def field(name: str, type_: Text = INT, *, readonly: bool = False) -> Field:
    return Field(name, type_, None if readonly else type_, None, ORIGIN)


def node(name: str, target: Symbol) -> Node:
    return Node(name, target, None, ORIGIN)


def actor(
    name: str,
    *members: Member,
    module: str = "hub.actors",
    bases: tuple[ProxyBase, ...] = (),
    type_parameters: tuple[str, ...] = (),
    docstring: str | None = None,
    line: int = 7,
) -> ProxyClass:
    origin = Origin(f"src/{module.replace('.', '/')}.py", line)
    key = Symbol(module, name)
    return ProxyClass(
        key, ProxyKind.ACTOR, f"{name}Proxy", docstring, origin, members, bases, type_parameters=type_parameters
    )


def part(name: str, *members: Member, module: str = "hub.parts") -> ProxyClass:
    return ProxyClass(Symbol(module, name), ProxyKind.NODE, f"{name}Proxy", None, ORIGIN, members)


def output(*classes: ProxyClass, module: str = "hub.proxies", variables: tuple[TypeVariable, ...] = ()) -> OutputModule:
    return OutputModule(module, classes, variables)


def analysis(*outputs: OutputModule) -> Analysis:
    return Analysis(outputs)
