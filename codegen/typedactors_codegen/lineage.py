"""Which generated class inherits which member from which other, across outputs.

``render`` imports it; it imports ``model``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from typedactors_codegen.model import (
    Analysis,
    Method,
    ProxyBase,
    ProxyClass,
    ProxyUse,
    Symbol,
    Text,
    TypeVariableUse,
)


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
