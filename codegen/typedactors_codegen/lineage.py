"""Which generated class inherits which member from which other, across outputs.

``render`` imports it; it imports ``model``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from typedactors_codegen.model import (
    Analysis,
    Field,
    Member,
    Method,
    Node,
    ParameterKind,
    ProxyBase,
    ProxyClass,
    ProxyUse,
    Signature,
    Symbol,
    Text,
    TypeVariableUse,
)

_POSITIONAL = (ParameterKind.POSITIONAL_ONLY, ParameterKind.POSITIONAL_OR_KEYWORD)
_VARIADIC = (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD)


@dataclass(frozen=True, slots=True)
class NominalBase:
    """The method class that an overriding method's class derives from, with its type arguments."""

    module: str
    key: Symbol
    arguments: tuple[Text, ...]


class Lineage:
    """The generated classes of all outputs, and how they inherit."""

    def __init__(self, analysis: Analysis) -> None:
        self._classes: dict[tuple[str, Symbol], ProxyClass] = {
            (output.module, proxy.key): proxy for output in analysis.outputs for proxy in output.classes
        }

    def overrides(self, proxy: ProxyClass) -> bool:
        """Whether a class declares a member that one of its bases has, or merges several bases."""
        names = {member.name for member in proxy.members}
        return len(proxy.bases) > 1 or any(self._has_any(base, names) for base in proxy.bases)

    def overrides_other_output(self, output: str, proxy: ProxyClass) -> bool:
        """Whether `overrides` is so, for a class of ``output``, with a base that another output holds."""
        return self.overrides(proxy) and self._reaches_beyond(output, proxy)

    def merges_other_output(self, output: str, proxy: ProxyClass) -> bool:
        """Whether `merges_actors` is so, for a class of ``output``, with a base that another output holds."""
        return self.merges_actors(proxy) and self._reaches_beyond(output, proxy)

    def _reaches_beyond(self, output: str, proxy: ProxyClass) -> bool:
        for base in proxy.bases:
            held = self._classes.get((base.module, base.key))
            if base.module != output or (held is not None and self._reaches_beyond(output, held)):
                return True
        return False

    def replaces_parts(self, proxy: ProxyClass) -> bool:
        """Whether a class declares a traversable part that one of its bases has, of another class."""
        names = {member.name for member in proxy.members if isinstance(member, Node)}
        return any(self._has_any(base, names) for base in proxy.bases)

    def takes_other_values(self, proxy: ProxyClass) -> bool:
        """Whether a class declares a member that takes other values than the one of a base does.

        What a member gives may be narrower; what it takes, when it is called or assigned to, may not.
        """
        return any(
            not _takes_all(member, inherited, given)
            for member in proxy.members
            for base in proxy.bases
            for inherited, given in self._inherited(base, member.name, base.arguments)
        )

    def merges_actors(self, proxy: ProxyClass) -> bool:
        """Whether a class has bases that are proxies for unrelated actors."""
        roots = [self._roots(base, base.arguments) for base in proxy.bases]
        return any(root != roots[0] for root in roots)

    def nominal_base(self, proxy: ProxyClass, method: str) -> NominalBase | None:
        """The nominal class of the method that ``method`` of ``proxy`` overrides, if there is one."""
        for base in proxy.bases:
            found = self._nominal_in(base, method, base.arguments)
            if found is not None:
                return found
        return None

    def _inherited(
        self, base: ProxyBase, name: str, arguments: tuple[Text, ...]
    ) -> Iterator[tuple[Member, Mapping[str, Text]]]:
        """The members of a name in a base and its bases, with what is given for their type variables."""
        proxy = self._classes.get((base.module, base.key))
        if proxy is None:
            return
        given = dict(zip(proxy.type_parameters, arguments, strict=False))
        for member in proxy.members:
            if member.name == name:
                yield member, given
        for each in proxy.bases:
            yield from self._inherited(each, name, tuple(_substitute(text, given) for text in each.arguments))

    def _has_any(self, base: ProxyBase, names: set[str]) -> bool:
        proxy = self._classes.get((base.module, base.key))
        if proxy is None:
            return False
        return any(member.name in names for member in proxy.members) or any(
            self._has_any(each, names) for each in proxy.bases
        )

    def _roots(self, base: ProxyBase, arguments: tuple[Text, ...]) -> frozenset[tuple[Symbol, tuple[Text, ...]]]:
        """The actors, with their type arguments, for which a base's own bases are ``ActorProxy``."""
        proxy = self._classes.get((base.module, base.key))
        if proxy is None or not proxy.bases:
            return frozenset({(base.key, arguments)})
        given = dict(zip(proxy.type_parameters, arguments, strict=False))
        roots: set[tuple[Symbol, tuple[Text, ...]]] = set()
        for each in proxy.bases:
            roots |= self._roots(each, tuple(_substitute(text, given) for text in each.arguments))
        return frozenset(roots)

    def _nominal_in(self, base: ProxyBase, name: str, arguments: tuple[Text, ...]) -> NominalBase | None:
        proxy = self._classes.get((base.module, base.key))
        if proxy is None:
            return None
        given = dict(zip(proxy.type_parameters, arguments, strict=False))
        for member in proxy.members:
            if member.name != name:
                continue
            used = method_variables(proxy, member) if isinstance(member, Method) else ()
            if not used and self.nominal_base(proxy, name) is None:
                return None
            return NominalBase(base.module, base.key, tuple(given[each] for each in used if each in given))
        for each in proxy.bases:
            found = self._nominal_in(each, name, tuple(_substitute(text, given) for text in each.arguments))
            if found is not None:
                return found
        return None


def method_variables(proxy: ProxyClass, method: Method) -> tuple[str, ...]:
    """The type variables of the class that a method's signatures use, in the class's order."""
    used = _variables(method)
    return tuple(name for name in proxy.type_parameters if name in used)


def has_own_variables(proxy: ProxyClass) -> bool:
    """Whether a method of the class is generic by itself, in a variable that the class does not have."""
    methods = [member for member in proxy.members if isinstance(member, Method)]
    return any(_variables(method) - set(proxy.type_parameters) for method in methods)


def _takes_all(member: Member, inherited: Member, given: Mapping[str, Text]) -> bool:
    """Whether a member takes what the one of a base takes, or more in a way that is seen without comparing types."""
    if isinstance(member, Field) and isinstance(inherited, Field) and inherited.set_type is None:
        return True
    if isinstance(member, Method) and isinstance(inherited, Method):
        own, base = member.signatures, inherited.signatures
        if len(own) == len(base) == 1 and _adds_optional(own[0], base[0]):
            member = replace(member, signatures=(_as_far_as(own[0], base[0]),))
    return _taken_by(member, {}) == _taken_by(inherited, given)


def _adds_optional(own: Signature, base: Signature) -> bool:
    """Whether all that a signature has beside another's parameters may be left out, and stands in nobody's place."""
    names = {each.name for each in base.parameters}
    added = [each for each in own.parameters if each.name not in names]
    places = [each.name in names for each in own.parameters if each.kind in _POSITIONAL]
    return all(each.default is not None or each.kind in _VARIADIC for each in added) and places == sorted(
        places, reverse=True
    )


def _as_far_as(own: Signature, base: Signature) -> Signature:
    """A signature without what it has beside the parameters of another."""
    names = {each.name for each in base.parameters}
    return replace(own, parameters=tuple(each for each in own.parameters if each.name in names))


def _taken_by(member: Member, given: Mapping[str, Text]) -> object:
    """What a member takes, in a form that can be compared."""
    match member:
        case Field():
            return None if member.set_type is None else _substitute(member.set_type, given)
        case Node():
            return member.target
        case Method():
            return tuple(
                tuple(
                    (each.name, each.kind, _substitute(each.annotation, given), each.default is None)
                    for each in signature.parameters
                )
                for signature in member.signatures
            )


def _variables(method: Method) -> set[str]:
    texts = [
        text
        for signature in method.signatures
        for text in (signature.returns, *(parameter.annotation for parameter in signature.parameters))
    ]
    return {part.name for text in texts for part in text.parts if isinstance(part, TypeVariableUse)}


def _substitute(text: Text, given: Mapping[str, Text]) -> Text:
    """``text`` with the type variables of a base replaced by what the heir gives for them."""
    parts: list[str | Symbol | TypeVariableUse | ProxyUse] = []
    for part in text.parts:
        if isinstance(part, TypeVariableUse) and part.name in given:
            parts += given[part.name].parts
        else:
            parts.append(part)
    return Text(tuple(parts))
