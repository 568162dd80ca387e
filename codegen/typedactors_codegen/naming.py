"""Which name each generated class gets. One place, by rule, the same in every run.

``pipeline`` calls `name_proxies`; ``imports`` and ``render`` ask the answer. The front end asks how a type
variable will be called. It imports ``model`` and ``errors``.

The rules:

- the proxy of an actor or of a Protocol is ``<Class>Proxy``. Two of one name in one output are
  refused: the user must say which is which.
- the class of a traversable part is ``<Class>Proxy``, too. Where another class of the output has
  that name, the part's class is prefixed with the name of the first proxy that has it as a member:
  ``CounterSettingsProxy``. Should that be taken, its module is the prefix.
- the class that types a method is ``_<Proxy>_<method>``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from typedactors_codegen.errors import CodegenError
from typedactors_codegen.model import Analysis, Node, OutputModule, ProxyClass, ProxyKind, Symbol

SUFFIX = "Proxy"


@dataclass(frozen=True, slots=True)
class ProxyNames:
    """The names of all generated classes: by output module, then by the class they stand for."""

    by_output: Mapping[str, Mapping[Symbol, str]]

    def local(self, output: str, key: Symbol) -> str | None:
        """The name of the proxy for ``key`` in ``output``, or ``None`` if another output holds it."""
        return self.by_output[output].get(key)

    def holder(self, output: str, key: Symbol) -> str | None:
        """The output that holds the proxy for ``key``: ``output`` itself if it can, else the first."""
        if key in self.by_output[output]:
            return output
        return next((module for module, names in self.by_output.items() if key in names), None)


def name_proxies(analysis: Analysis) -> ProxyNames:
    """Name every generated class of every output.

    Raises:
        CodegenError: two actors want one name in one output.
    """
    return ProxyNames({output.module: _name_output(output) for output in analysis.outputs})


def method_class_name(proxy_name: str, method: str) -> str:
    """The name of the class that types ``method`` of the proxy called ``proxy_name``."""
    return f"_{proxy_name}_{method}"


def type_variable_name(name: str) -> str:
    """The private name under which an output declares a type variable."""
    return name if name.startswith("_") else f"_{name}"


def _name_output(output: OutputModule) -> dict[Symbol, str]:
    names: dict[Symbol, str] = {}
    owners_of_names: dict[str, ProxyClass] = {}
    for proxy in output.classes:
        if proxy.kind is not ProxyKind.ACTOR:
            continue
        other = owners_of_names.setdefault(proxy.wanted_name, proxy)
        if other is not proxy:
            raise CodegenError(
                f'two actors would both have the proxy "{proxy.wanted_name}" in the output "{output.module}": '
                f"{proxy.key} and {other.key} ({other.origin})",
                path=proxy.origin.path,
                line=proxy.origin.line,
                hint="give each an output of its own, or rename one of the classes",
            )
        names[proxy.key] = proxy.wanted_name
    nodes = [proxy for proxy in output.classes if proxy.kind is ProxyKind.NODE]
    wanted = Counter(proxy.wanted_name for proxy in output.classes)
    for node in nodes:
        if wanted[node.wanted_name] == 1:
            names[node.key] = node.wanted_name
    owners = _owners(output.classes)
    contested = [node for node in nodes if node.key not in names]
    # An owner's name is needed before its part's name, and an owner can be a contested part itself.
    while contested:
        ready = [node for node in contested if owners.get(node.key) is None or owners[node.key] in names]
        node = (ready or contested)[0]
        owner = names.get(owners.get(node.key, node.key))
        names[node.key] = _free_name(node, owner, set(names.values()) | set(wanted))
        contested.remove(node)
    return names


def _owners(classes: Iterable[ProxyClass]) -> dict[Symbol, Symbol]:
    """For each part, the first class in the output that has it as a member."""
    owners: dict[Symbol, Symbol] = {}
    for proxy in classes:
        for member in proxy.members:
            if isinstance(member, Node) and member.target != proxy.key:
                owners.setdefault(member.target, proxy.key)
    return owners


def _free_name(node: ProxyClass, owner: str | None, taken: set[str]) -> str:
    candidates: list[str] = []
    if owner is not None:
        candidates.append(owner.removesuffix(SUFFIX) + node.wanted_name)
    parts = [part.title().replace("_", "") for part in node.key.module.split(".")]
    candidates.append(parts[-1] + node.wanted_name)
    candidates.append("".join(parts) + node.wanted_name)
    for candidate in candidates:
        if candidate not in taken:
            return candidate
    number = 2
    while f"{candidates[-1]}{number}" in taken:
        number += 1
    return f"{candidates[-1]}{number}"
