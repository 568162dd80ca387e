"""What the templates lay out: one view for each file, and the base of the two that build it.

``stub_view`` and ``runtime_view`` derive from `ViewBuilder`, ``render`` uses the views. It imports
``model``, ``naming`` and ``lineage``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from typedactors_codegen.lineage import Lineage, has_own_variables
from typedactors_codegen.model import (
    OutputModule,
    ProxyClass,
    ProxyKind,
    Symbol,
    Text,
    TypeVariable,
    TypeVariableKind,
)
from typedactors_codegen.naming import ProxyNames, type_variable_name

INDENT = "    "


@dataclass(frozen=True, slots=True)
class FunctionView:
    """One ``def`` of a method class."""

    decorators: tuple[str, ...]
    header: str
    docstring: str | None


@dataclass(frozen=True, slots=True)
class MethodClassView:
    """The class that types one method of a proxy."""

    name: str
    bases: str
    functions: tuple[FunctionView, ...]


@dataclass(frozen=True, slots=True)
class MemberView:
    """One member: a property in the stub, a descriptor in the runtime file."""

    name: str
    docstring: str | None = None
    type: str = ""
    set_type: str | None = None
    descriptor: str = ""


@dataclass(frozen=True, slots=True)
class ClassView:
    """One generated class.

    ``actor_ref`` is the type of its ref, or ``None`` for a part of an actor; ``comment`` stands
    behind the line that opens the class.
    """

    name: str
    bases: str
    docstring: str | None
    actor_ref: str | None
    method_classes: tuple[MethodClassView, ...]
    members: tuple[MemberView, ...]
    comment: str = ""

    @property
    def empty(self) -> bool:
        """Whether the body of the class needs a ``...``."""
        return not (self.docstring or self.actor_ref or self.members)


@dataclass(frozen=True, slots=True)
class FrameworkNames:
    """The local names of what the templates write themselves."""

    property: str = ""
    type_check_only: str = ""
    self_type: str = ""
    type_checking: str = ""


@dataclass(frozen=True, slots=True)
class FileView:
    """One file, but for its import lines.

    ``sources`` are the import lines, in a runtime file, that lead editors to the users' classes.
    """

    public_names: tuple[str, ...]
    declarations: tuple[str, ...]
    classes: tuple[ClassView, ...]
    aliases: tuple[str, ...]
    names: FrameworkNames
    overrides: bool
    overrides_other_output: bool
    merges_other_output: bool
    takes_other_values: bool
    replaces_parts: bool
    generic_parts: bool
    generic_methods: bool
    sources: tuple[str, ...] = ()


def class_scope_names(output: OutputModule) -> set[str]:
    """The names that a class body of the output defines, and so hides."""
    members = {member.name for proxy in output.classes for member in proxy.members}
    return members | {"actor_ref", "defer"}


class ViewBuilder(ABC):
    """Builds the view of one file; `StubBuilder` and `RuntimeBuilder` say how a class looks."""

    def __init__(
        self, output: OutputModule, names: ProxyNames, lineage: Lineage, local_name: Callable[[Symbol], str]
    ) -> None:
        self.output = output
        self.names = names
        self.lineage = lineage
        self.local_name = local_name
        self.variables: Mapping[str, TypeVariable] = {variable.name: variable for variable in output.type_variables}
        self.hidden = class_scope_names(output)
        self.aliases: dict[str, None] = {}

    def file(self) -> FileView:
        """The view of the whole file."""
        classes = tuple(self.class_view(proxy) for proxy in self.output.classes)
        return FileView(
            public_names=tuple(view.name for view in classes),
            declarations=tuple(self.declarations()),
            classes=classes,
            aliases=tuple(self.aliases),
            names=self.framework_names(),
            overrides=any(self.lineage.overrides(proxy) for proxy in self.output.classes),
            takes_other_values=any(self.lineage.takes_other_values(proxy) for proxy in self.output.classes),
            overrides_other_output=any(
                self.lineage.overrides_other_output(self.output.module, proxy) for proxy in self.output.classes
            ),
            merges_other_output=any(
                self.lineage.merges_other_output(self.output.module, proxy) for proxy in self.output.classes
            ),
            replaces_parts=any(self.lineage.replaces_parts(proxy) for proxy in self.output.classes),
            generic_parts=any(
                proxy.kind is ProxyKind.NODE and bool(proxy.type_parameters) for proxy in self.output.classes
            ),
            generic_methods=any(has_own_variables(proxy) for proxy in self.output.classes),
            sources=tuple(self.sources()),
        )

    def sources(self) -> Iterator[str]:
        """The import lines that only editors follow."""
        return iter(())

    @abstractmethod
    def framework_names(self) -> FrameworkNames:
        """What the template itself refers to."""

    @abstractmethod
    def class_view(self, proxy: ProxyClass) -> ClassView:
        """The view of one generated class."""

    @abstractmethod
    def declarations(self) -> Iterator[str]:
        """The lines between the imports and the classes."""

    def framework(self, module: str, name: str) -> str:
        """The local name of something that the generated file itself needs."""
        return self.local_name(Symbol(module, name))

    def proxy_name(self, key: Symbol, module: str | None = None) -> str:
        """The name of a generated class at the module's level, imported if another output has it."""
        holder = module or self.names.holder(self.output.module, key)
        if holder is None:
            raise KeyError(f"no output has a proxy for {key}")
        name = self.proxy_holder_name(holder, key)
        return name if holder == self.output.module else self.local_name(Symbol(holder, name))

    def proxy_holder_name(self, module: str, key: Symbol) -> str:
        """The name that the output ``module`` has for the proxy of ``key``."""
        return self.names.by_output[module][key]

    def base_names(self, proxy: ProxyClass, own: str, arguments: Callable[[tuple[Text, ...]], str]) -> str:
        """The text between the parentheses of a generated class."""
        bases: list[str] = []
        for base in proxy.bases:
            name = self.proxy_name(base.key, base.module)
            bases.append(f"{name}[{arguments(base.arguments)}]" if base.arguments else name)
        if not bases and proxy.kind is ProxyKind.ACTOR:
            bases.append(self.framework("typedactors.typing", "ActorMemberMixin"))
            bases.append(f"{self.framework('typedactors', 'ActorProxy')}[{own}]")
        elif not bases:
            bases.append(self.framework("typedactors", "ProxyNode"))
        if proxy.type_parameters:
            bases.append(f"{self.framework('typing', 'Generic')}[{self.parameter_list(proxy.type_parameters)}]")
        return ", ".join(bases)

    def variable_name(self, name: str) -> str:
        """The name under which the file declares a type variable."""
        return type_variable_name(name)

    def parameter_list(self, parameters: tuple[str, ...]) -> str:
        """Type variables as the arguments of ``Generic[...]`` or of a generic class."""
        entries: list[str] = []
        for name in parameters:
            local = self.variable_name(name)
            if self.variables[name].kind is TypeVariableKind.TYPE_VAR_TUPLE:
                local = f"{self.framework('typing', 'Unpack')}[{local}]"
            entries.append(local)
        return ", ".join(entries)
