"""What the proxy of one class has, member by member, where each comes from, and what is left out.

For ``typedactors explain``, which imports it; it imports ``pipeline``, ``targets``, ``config`` and the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from typedactors_codegen.config import Configuration, ConfiguredOutput
from typedactors_codegen.errors import CodegenError, UsageError
from typedactors_codegen.model import (
    Analysis,
    Diagnostic,
    Field,
    Member,
    Method,
    Node,
    Origin,
    Parameter,
    ParameterKind,
    ProxyClass,
    ProxyKind,
    ProxyUse,
    Signature,
    SkippedMember,
    Symbol,
    Text,
    TypeVariableUse,
)
from typedactors_codegen.naming import ProxyNames, name_proxies
from typedactors_codegen.outcome import Outcome, Remark
from typedactors_codegen.pipeline import analyse
from typedactors_codegen.targets import find_module


@dataclass(frozen=True, slots=True)
class ExplainedMember:
    """One member: its name, what it is, its types on the proxy, one for each overload, and its origin.

    ``proxy`` is the base proxy that it is inherited from, ``None`` for a member of the proxy itself.
    """

    name: str
    kind: str
    types: tuple[str, ...]
    origin: Origin
    proxy: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that there is to say of one class.

    ``output`` is ``None`` where no configured output has its proxy; ``is_part`` tells a traversable part
    from an actor or a Protocol.
    """

    target: str
    origin: Origin
    proxy: str
    output: str | None
    bases: tuple[str, ...]
    members: tuple[ExplainedMember, ...]
    left_out: tuple[SkippedMember, ...]
    diagnostics: tuple[Diagnostic, ...]
    notes: tuple[Remark, ...]
    is_part: bool


def explain(configuration: Configuration, target: str, tell: Callable[[str], None] | None = None) -> Explanation:
    """Analyse the configured outputs, and tell what one class has become.

    Arguments:
        configuration: the outputs, of which there may be none; one is added for a class that none has.
        target: ``module:Class``.
        tell: is told of each stage that takes long.

    Raises:
        UsageError: the target is not of that form.
        CodegenError: there is no such class, or the sources are refused.
    """
    module, colon, name = target.partition(":")
    if not (colon and module and name):
        raise UsageError(f'"{target}" names no class', hint="name one as package.module:Class")
    key = Symbol(module, name)
    if configuration.outputs:
        outcome, analysis = analyse(configuration, tell)
        found = _find(analysis, key)
        if found is not None:
            return _explanation(configuration, outcome, analysis, *found, configured=True)
    configuration = _with_output_for(configuration, target)
    outcome, analysis = analyse(configuration, tell)
    found = _find(analysis, key)
    if found is None:
        raise CodegenError(f"there is no proxy for {target}", hint="name an actor class or a Protocol")
    return _explanation(configuration, outcome, analysis, *found, configured=False)


def _with_output_for(configuration: Configuration, target: str) -> Configuration:
    """The configuration with one more output, beside the module, under a name that nothing has."""
    module = target.partition(":")[0]
    # A module that is not there is to be the error, and not the package of an output that nobody asked for.
    package = module.rpartition(".")[0] if find_module(configuration.source, module) else ""
    taken = {output.module for output in configuration.outputs}
    name = "typedactors_explained"
    while (candidate := f"{package}.{name}" if package else name) in taken or find_module(
        configuration.source, candidate
    ):
        name += "_"
    return replace(configuration, outputs=(*configuration.outputs, ConfiguredOutput(candidate, (target,))))


def _find(analysis: Analysis, key: Symbol) -> tuple[str, ProxyClass] | None:
    found = ((output.module, proxy) for output in analysis.outputs for proxy in output.classes)
    return next((each for each in found if each[1].key == key), None)


def _explanation(
    configuration: Configuration,
    outcome: Outcome,
    analysis: Analysis,
    output: str,
    proxy: ProxyClass,
    *,
    configured: bool,
) -> Explanation:
    names = name_proxies(analysis)
    writer = _Writer(names, output)
    members = tuple(_members(analysis, names, output, proxy, None, set()))
    related = _names_of(analysis, proxy)
    return Explanation(
        target=f"{proxy.key.module}:{proxy.key.name}",
        origin=_located(configuration, proxy.origin),
        proxy=names.by_output[output][proxy.key],
        output=output if configured else None,
        bases=tuple(f"{base.module}.{writer.proxy_name(base.key)}" for base in proxy.bases),
        members=tuple(replace(each, origin=_located(configuration, each.origin)) for each in members),
        left_out=tuple(replace(each, origin=_located(configuration, each.origin)) for each in proxy.skipped),
        diagnostics=tuple(each for each in outcome.diagnostics if each.holder in related or each.member in related),
        notes=tuple(each for each in outcome.notes if each.member.rpartition(".")[0] in related),
        is_part=proxy.kind is ProxyKind.NODE,
    )


def _located(configuration: Configuration, origin: Origin) -> Origin:
    return Origin(str(configuration.base_directory / Path(origin.path)), origin.line)


def _names_of(analysis: Analysis, proxy: ProxyClass) -> set[str]:
    """The names, in their modules, of a class and of those that its proxy derives from."""
    names = {proxy.key.name}
    for base in proxy.bases:
        found = _find(analysis, base.key)
        if found is not None:
            names |= _names_of(analysis, found[1])
    return names


def _members(
    analysis: Analysis, names: ProxyNames, output: str, proxy: ProxyClass, inherited_from: str | None, seen: set[str]
) -> Iterator[ExplainedMember]:
    """The members of a proxy, its own first, then those of its bases that it does not declare again."""
    writer = _Writer(names, output)
    for member in proxy.members:
        if member.name not in seen:
            seen.add(member.name)
            kind, types = writer.member(member)
            yield ExplainedMember(member.name, kind, types, member.origin, inherited_from)
    for base in proxy.bases:
        found = _find(analysis, base.key)
        if found is not None:
            yield from _members(analysis, names, *found, names.by_output[found[0]][base.key], seen)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Types as a reader knows them, by short names."""

    names: ProxyNames
    output: str

    def member(self, member: Member) -> tuple[str, tuple[str, ...]]:
        """What a member is, and its types on the proxy."""
        match member:
            case Method():
                return "method", tuple(self.signature(each) for each in member.signatures)
            case Field():
                read = self.text(member.type)
                if member.set_type is None:
                    return "field, read-only", (f"Future[{read}]",)
                written = self.text(member.set_type)
                other = "" if written == read else f", takes {written}"
                return f"field, assignable{other}", (f"Future[{read}]",)
            case Node():
                arguments = f"[{', '.join(member.arguments)}]" if member.arguments else ""
                return "traversable part", (self.proxy_name(member.target) + arguments,)

    def signature(self, signature: Signature) -> str:
        """What a call takes and gives."""
        entries: list[str] = []
        previous: ParameterKind | None = None
        for parameter in signature.parameters:
            kind = parameter.kind
            if previous is ParameterKind.POSITIONAL_ONLY and kind is not previous:
                entries.append("/")
            if kind is ParameterKind.KEYWORD_ONLY and previous not in (kind, ParameterKind.VAR_POSITIONAL):
                entries.append("*")
            entries.append(self.parameter(parameter))
            previous = kind
        if previous is ParameterKind.POSITIONAL_ONLY:
            entries.append("/")
        return f"({', '.join(entries)}) -> Future[{self.text(signature.returns)}]"

    def parameter(self, parameter: Parameter) -> str:
        """One parameter as it stands in a ``def``."""
        stars = {ParameterKind.VAR_POSITIONAL: "*", ParameterKind.VAR_KEYWORD: "**"}.get(parameter.kind, "")
        default = "" if parameter.default is None else f" = {self.text(parameter.default)}"
        return f"{stars}{parameter.name}: {self.text(parameter.annotation)}{default}"

    def text(self, text: Text) -> str:
        """A type or a default."""
        return "".join(self.part(part) for part in text.parts)

    def part(self, part: str | Symbol | TypeVariableUse | ProxyUse) -> str:
        """One fragment of a text."""
        match part:
            case str():
                return part
            case Symbol() | TypeVariableUse():
                return part.name
            case ProxyUse():
                return self.proxy_name(part.key)

    def proxy_name(self, key: Symbol) -> str:
        """The name of a generated class, wherever it is."""
        holder = self.names.holder(self.output, key)
        return f"{key.name}Proxy" if holder is None else self.names.by_output[holder][key]
