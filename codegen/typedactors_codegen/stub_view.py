"""The view of a ``.pyi``: exact types, nothing that runs.

``render`` imports it; it imports ``views``, ``formatting``, ``lineage``, ``naming`` and ``model``.
"""

from __future__ import annotations

from collections.abc import Iterator

from typedactors_codegen.formatting import clean_docstring, docstring_block, function_header, string_literal
from typedactors_codegen.lineage import method_variables
from typedactors_codegen.model import (
    Field,
    Method,
    Node,
    Parameter,
    ParameterKind,
    ProxyClass,
    ProxyKind,
    ProxyUse,
    Signature,
    Symbol,
    Text,
    TypeVariableUse,
)
from typedactors_codegen.naming import method_class_name, type_variable_name
from typedactors_codegen.views import (
    INDENT,
    ClassView,
    FrameworkNames,
    FunctionView,
    MemberView,
    MethodClassView,
    ViewBuilder,
)

# All but mypy and pyrefly let a class derive from one ActorProxy[...] only. What differs between two of
# them is the type of actor_ref, which the class declares itself.
_MERGES = (
    "  # type: ignore[misc, unused-ignore]  # pyright: ignore[reportGeneralTypeIssues]"
    "  # ty: ignore[invalid-generic-class]  # actor_ref is declared below"
)


class StubBuilder(ViewBuilder):
    """The ``.pyi``: exact types, nothing that runs."""

    def framework_names(self) -> FrameworkNames:
        """Return what the file's template refers to."""
        methods = any(isinstance(member, Method) for proxy in self.output.classes for member in proxy.members)
        actors = any(proxy.kind is ProxyKind.ACTOR for proxy in self.output.classes)
        return FrameworkNames(
            property=self.framework("builtins", "property"),
            type_check_only=self.framework("typing", "type_check_only") if methods else "",
            self_type=self.framework("typing", "Self") if actors else "",
        )

    def declarations(self) -> Iterator[str]:
        """Declare the type variables."""
        # The default of a type variable is newer than typing in Python 3.11 to 3.12.
        defaults = any(variable.default is not None for variable in self.output.type_variables)
        module = "typing_extensions" if defaults else "typing"
        for variable in self.output.type_variables:
            name = type_variable_name(variable.name)
            arguments = [string_literal(name), *(self.text(each) for each in variable.constraints)]
            if variable.bound is not None:
                arguments.append(f"bound={self.text(variable.bound)}")
            if variable.variance in ("covariant", "contravariant"):
                arguments.append(f"{variable.variance}=True")
            if variable.default is not None:
                arguments.append(f"default={self.text(variable.default)}")
            yield f"{name} = {self.framework(module, variable.kind.value)}({', '.join(arguments)})"

    def class_view(self, proxy: ProxyClass) -> ClassView:
        """Lay out one generated class."""
        name = self.proxy_holder_name(self.output.module, proxy.key)
        actor_type = self.local_name(proxy.key) if proxy.kind is ProxyKind.ACTOR else ""
        if actor_type and proxy.type_parameters:
            actor_type += f"[{self.parameter_list(proxy.type_parameters)}]"
        return ClassView(
            name=name,
            bases=self.base_names(
                proxy, actor_type, lambda arguments: ", ".join(self.text(argument) for argument in arguments)
            ),
            docstring=docstring_block(proxy.docstring, INDENT),
            actor_ref=f"{self.framework('typedactors', 'ActorRef')}[{actor_type}]" if actor_type else None,
            method_classes=tuple(
                self.method_class(proxy, name, member) for member in proxy.members if isinstance(member, Method)
            ),
            members=tuple(self.member(proxy, name, member) for member in proxy.members),
            comment=_MERGES if self.lineage.merges_actors(proxy) else "",
        )

    def member(self, proxy: ProxyClass, proxy_name: str, member: Method | Field | Node) -> MemberView:
        """The property of one member."""
        docstring = docstring_block(member.docstring, INDENT * 2)
        match member:
            case Method():
                docstring = docstring_block(self.method_docstring(member), INDENT * 2)
                type_ = method_class_name(proxy_name, member.name)
                used = method_variables(proxy, member)
                if used:
                    type_ += f"[{self.parameter_list(used)}]"
                return MemberView(member.name, docstring, type_)
            case Field():
                future = self.framework("typedactors", "Future")
                set_type = None if member.set_type is None else self.text(member.set_type)
                return MemberView(member.name, docstring, f"{future}[{self.text(member.type)}]", set_type)
            case Node():
                type_ = self.scoped_proxy_name(member.target)
                if member.arguments:
                    type_ += f"[{self.parameter_list(member.arguments)}]"
                return MemberView(member.name, docstring, type_)

    def method_docstring(self, method: Method) -> str:
        """What editors show of a method that is read and not called: its signatures and its docstring.

        Reading the property gives an object of the method's class, and an editor that hovers over it
        shows that class's name alone. A fenced block is what all of them show as code.
        """
        fenced: list[str] = ["```python"]
        for signature in method.signatures:
            if signature.deprecated is not None:
                fenced.append(f"@deprecated({string_literal(signature.deprecated)})")
            parameters = self.parameters(signature)[1:]
            fenced.append(function_header(method.name, parameters, self.future(signature), "").removesuffix(":"))
        documentation = clean_docstring(method.docstring)
        return "\n".join([*fenced, "```", *(["", documentation] if documentation else [])])

    def method_class(self, proxy: ProxyClass, proxy_name: str, method: Method) -> MethodClassView:
        """The class of one method: a Protocol, or nominal if it has the actor's type variables.

        A generic Protocol would have to declare the variance that its methods give it, and the same
        variable would need another declaration for each method.
        """
        bases: list[str] = []
        overridden = self.lineage.nominal_base(proxy, method.name)
        if overridden is not None:
            # What is not structural has to be inherited, or the override would be another type.
            holder = self.proxy_holder_name(overridden.module, overridden.key)
            name = self.local_name(Symbol(overridden.module, method_class_name(holder, method.name)))
            arguments = ", ".join(self.text(each) for each in overridden.arguments)
            bases.append(f"{name}[{arguments}]" if arguments else name)
        used = method_variables(proxy, method)
        if used:
            bases.append(f"{self.framework('typing', 'Generic')}[{self.parameter_list(used)}]")
        if not bases:
            bases.append(self.framework("typing", "Protocol"))
        functions: list[FunctionView] = []
        for name in ("__call__", "defer"):
            for signature in method.signatures:
                functions.append(self.function(method, signature, name))
        return MethodClassView(method_class_name(proxy_name, method.name), ", ".join(bases), tuple(functions))

    def function(self, method: Method, signature: Signature, name: str) -> FunctionView:
        """``__call__`` or ``defer`` for one signature."""
        decorators: list[str] = []
        if len(method.signatures) > 1:
            decorators.append(self.framework("typing", "overload"))
        if signature.deprecated is not None:
            deprecated = self.framework("typing_extensions", "deprecated")
            decorators.append(f"{deprecated}({string_literal(signature.deprecated)})")
        # Each overload has the docstring: signature help shows that of the one that fits.
        docstring = signature.docstring or method.docstring
        returns = self.future(signature) if name == "__call__" else "None"
        header = function_header(name, self.parameters(signature), returns, INDENT)
        return FunctionView(tuple(decorators), header, docstring_block(docstring, INDENT * 2))

    def future(self, signature: Signature) -> str:
        """The type of what a call gives."""
        return f"{self.framework('typedactors', 'Future')}[{self.text(signature.returns)}]"

    def parameters(self, signature: Signature) -> list[str]:
        """The parameters as they stand in a ``def``, ``self`` and the markers included."""
        names = _parameter_names(signature.parameters)
        entries = ["_self" if "self" in names else "self"]
        previous: ParameterKind | None = None
        star_seen = False
        for name, parameter in zip(names, signature.parameters, strict=True):
            kind = parameter.kind
            if previous is ParameterKind.POSITIONAL_ONLY and kind is not previous:
                entries.append("/")
            if kind is ParameterKind.VAR_POSITIONAL:
                star_seen = True
            elif kind is ParameterKind.KEYWORD_ONLY and not star_seen:
                entries.append("*")
                star_seen = True
            stars = {ParameterKind.VAR_POSITIONAL: "*", ParameterKind.VAR_KEYWORD: "**"}.get(kind, "")
            entry = f"{stars}{name}: {self.text(parameter.annotation)}"
            if parameter.default is not None:
                entry += f" = {self.text(parameter.default)}"
            entries.append(entry)
            previous = kind
        if previous is ParameterKind.POSITIONAL_ONLY:
            entries.append("/")
        return entries

    def text(self, text: Text) -> str:
        """A type or a default, in this file's names."""
        return "".join(self.part(part) for part in text.parts)

    def part(self, part: str | Symbol | TypeVariableUse | ProxyUse) -> str:
        """One fragment of a text."""
        match part:
            case str():
                return part
            case Symbol():
                return self.local_name(part)
            case TypeVariableUse():
                return type_variable_name(part.name)
            case ProxyUse():
                return self.scoped_proxy_name(part.key)

    def scoped_proxy_name(self, key: Symbol) -> str:
        """The name of a generated class inside a class body, where a member may hide it."""
        name = self.proxy_name(key)
        if name in self.hidden and key in self.names.by_output[self.output.module]:
            self.aliases[f"_{name} = {name}"] = None
            return f"_{name}"
        return name


def _parameter_names(parameters: tuple[Parameter, ...]) -> list[str]:
    """The names of the parameters; those of old-style positional-only ones without underscores.

    A name with two leading underscores says "positional only" in a stub, and means nothing more
    after the ``/``.
    """
    names = [parameter.name for parameter in parameters]
    for index, parameter in enumerate(parameters):
        if parameter.kind is ParameterKind.POSITIONAL_ONLY and parameter.name.startswith("__"):
            bare = parameter.name.lstrip("_")
            if bare.isidentifier() and bare not in names and bare != "self":
                names[index] = bare
    return names
