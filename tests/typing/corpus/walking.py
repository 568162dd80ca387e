"""Walks all types of a stub, as mypy sees them, and finds those that say nothing. ``test_no_leak`` imports it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from mypy import build
from mypy.main import process_options
from mypy.modulefinder import BuildSource
from mypy.nodes import Decorator, FuncDef, MypyFile, OverloadedFuncDef, SymbolNode, TypeInfo, Var
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    LiteralType,
    NoneType,
    Overloaded,
    Parameters,
    ParamSpecType,
    ProperType,
    TupleType,
    Type,
    TypeAliasType,
    TypedDictType,
    TypeType,
    TypeVarLikeType,
    TypeVarTupleType,
    TypeVarType,
    UninhabitedType,
    UnionType,
    UnpackType,
    get_proper_type,
)


@dataclass(frozen=True, order=True)
class Leak:
    """A member of a stub's class that has an ``Any``, or a type variable that nothing binds."""

    module: str
    class_name: str
    member: str
    what: str


def analyse(directory: Path, modules: Sequence[str], version: str) -> dict[str, MypyFile]:
    """The modules as mypy reads them for a version of the language, with their stubs.

    Raises:
        AssertionError: mypy reports an error, so that a type may be missing.
    """
    sources = [BuildSource(str(path_of(directory, module)), module) for module in modules]
    arguments = ["--config-file=", "--strict", f"--python-version={version}"]
    _, options = process_options(arguments, stdout=StringIO(), stderr=StringIO(), require_targets=False)
    options.mypy_path = [str(directory)]
    options.cache_dir = os.devnull
    options.explicit_package_bases = True
    options.namespace_packages = True
    options.preserve_asts = True
    result = build.build(sources, options)
    assert not result.errors, "\n".join(result.errors)
    return {module: result.files[module] for module in modules}


def path_of(directory: Path, module: str) -> Path:
    """The stub of a module."""
    return directory / f"{module.replace('.', '/')}.pyi"


def leaks(modules: Iterable[MypyFile]) -> list[Leak]:
    """Each member of the modules' classes that has an ``Any`` or an unbound type variable in its types."""
    found: set[Leak] = set()
    for tree in modules:
        for info in _classes(tree):
            for base in info.bases:
                if _has_any(base):
                    found.add(Leak(tree.fullname, info.name, "(its bases)", "Any"))
            bound = {variable.name for variable in info.defn.type_vars}
            for name, entry in info.names.items():
                for given in _types_of(entry.node):
                    if _has_any(given):
                        found.add(Leak(tree.fullname, info.name, name, "Any"))
                    if _unbound(given, bound):
                        found.add(Leak(tree.fullname, info.name, name, "unbound type variable"))
    return sorted(found)


def count_types(modules: Iterable[MypyFile]) -> int:
    """How many types `leaks` looks at."""
    entries = [entry for tree in modules for info in _classes(tree) for entry in info.names.values()]
    return sum(len(list(_types_of(entry.node))) for entry in entries)


def _classes(tree: MypyFile) -> list[TypeInfo]:
    nodes = [entry.node for entry in tree.names.values()]
    return [node for node in nodes if isinstance(node, TypeInfo) and node.module_name == tree.fullname]


def _types_of(node: SymbolNode | None) -> Iterator[Type]:
    if isinstance(node, OverloadedFuncDef):
        for item in node.items:
            yield from _types_of(item)
    elif isinstance(node, Decorator):
        yield from _known(node.func.type, node)
        yield from _known(node.var.type, node)
    elif isinstance(node, FuncDef | Var):
        yield from _known(node.type, node)


def _known(given: Type | None, node: SymbolNode) -> Iterator[Type]:
    # mypy has no type for what it inferred nothing of, which is as much as Any.
    assert given is not None, f"{node.fullname} has no type"
    yield given


def _all_parts(given: Type, aliases: frozenset[str] = frozenset()) -> Iterator[Type]:
    """A type and all that it is made of. mypy's own visitors are compiled, and cannot be derived from."""
    if isinstance(given, TypeAliasType):
        name = given.alias.fullname if given.alias is not None else ""
        for argument in given.args:
            yield from _all_parts(argument, aliases)
        if name in aliases:
            return  # a recursive alias: its target is walked already
        aliases |= {name}
    proper = get_proper_type(given)
    yield proper
    for part in _parts(proper):
        yield from _all_parts(part, aliases)


def _parts(found: ProperType) -> list[Type]:
    if isinstance(found, Instance):
        return list(found.args)
    if isinstance(found, CallableType):
        guards = [guard for guard in (found.type_guard, found.type_is) if guard is not None]
        return [*found.arg_types, found.ret_type, *guards]
    if isinstance(found, Parameters):
        return list(found.arg_types)
    if isinstance(found, Overloaded | UnionType | TupleType):
        return list(found.items)
    if isinstance(found, TypedDictType):
        return list(found.items.values())
    if isinstance(found, TypeType):
        return [found.item]
    if isinstance(found, UnpackType):
        return [found.type]
    if isinstance(found, ParamSpecType):
        return list(found.prefix.arg_types)
    if isinstance(found, TypeVarType):
        return [found.upper_bound, *found.values]
    known = (AnyType, NoneType, UninhabitedType, LiteralType, TypeVarTupleType)
    assert isinstance(found, known), f"a type that this walk does not know: {found!r}"
    return []


def _has_any(given: Type) -> bool:
    return any(isinstance(part, AnyType) for part in _all_parts(given))


def _names(given: Type) -> set[str]:
    return {part.name for part in _all_parts(given) if isinstance(part, TypeVarLikeType)}


def _unbound(given: Type, bound: set[str]) -> bool:
    """Whether a function's result has a type variable that is neither the class's nor any argument's."""
    proper = get_proper_type(given)
    if isinstance(proper, Overloaded):
        return any(_unbound(item, bound) for item in proper.items)
    if not isinstance(proper, CallableType):
        return bool(_names(proper) - bound)
    arguments: set[str] = set()
    for argument in proper.arg_types:
        arguments |= _names(argument)
    return bool(_names(proper.ret_type) - bound - arguments)
