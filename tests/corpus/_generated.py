"""Reads a generated ``.pyi`` with ``ast``, and counts what it offers.

It imports only the standard library, and anything in the corpus may import it. It counts what is in
the file, not what the generator says of it.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

BASE_MEMBERS = frozenset({"__init__", "actor_ref"})


@dataclass(frozen=True, slots=True)
class Proxy:
    """One generated proxy class.

    ``stands_for`` is the actor's (module, name) when the class is the proxy of an actor, and ``None``
    for a node; ``bases`` are (module, name) each. ``members`` maps each declared member to
    ``method``, ``open method`` (one that takes any keyword), ``field`` or ``node``; what a base
    declares is not repeated.
    """

    module: str
    name: str
    stands_for: tuple[str, str] | None
    bases: tuple[tuple[str, str], ...]
    members: dict[str, str]

    @property
    def full_name(self) -> str:
        """The name by which a program that imports the module can say it."""
        return f"{self.module}.{self.name}"


Proxies = dict[tuple[str, str], Proxy]


def read_proxies(source: Path, module: str) -> Proxies:
    """The proxy classes of a generated stub below ``source``, by (module, name), in the order of the file."""
    stub = source.joinpath(*module.split(".")).with_suffix(".pyi")
    tree = ast.parse(stub.read_text(encoding="utf-8"))
    names = _imported_names(tree)
    names.update({node.name: (module, node.name) for node in tree.body if isinstance(node, ast.ClassDef)})
    proxies: Proxies = {}
    calls = {node.name: kind for node in tree.body if isinstance(node, ast.ClassDef) and (kind := _call_kind(node))}
    for node in tree.body:
        if not isinstance(node, ast.ClassDef) or node.name in calls:
            continue
        actor = _actor_of(node)
        bases = [_resolve(base, names) for base in node.bases]
        proxies[module, node.name] = Proxy(
            module=module,
            name=node.name,
            stands_for=None if actor is None else _resolve(actor, names),
            bases=tuple(base for base in bases if base is not None),
            members=_members(node, calls),
        )
    return proxies


def all_members(proxies: Proxies, proxy: Proxy) -> dict[str, str]:
    """The members of a proxy class with those of the generated classes that it inherits from."""
    members: dict[str, str] = {}
    for base in reversed(proxy.bases):
        if base in proxies:
            members.update(all_members(proxies, proxies[base]))
    members.update(proxy.members)
    return members


def _call_kind(node: ast.ClassDef) -> str | None:
    """The kind of method that a class describes, or ``None`` when it is no method class."""
    calls = [item for item in node.body if isinstance(item, ast.FunctionDef) and item.name == "__call__"]
    if not calls:
        return None
    return "open method" if any(call.args.kwarg is not None for call in calls) else "method"


def _actor_of(node: ast.ClassDef) -> ast.expr | None:
    """The class named by ``ActorProxy[X]``, or, for a derived proxy, by its own ``actor_ref``."""
    for base in node.bases:
        if isinstance(base, ast.Subscript) and ast.unparse(base.value).endswith("ActorProxy"):
            return base.slice
    for item in node.body:
        if isinstance(item, ast.FunctionDef) and item.name == "actor_ref" and isinstance(item.returns, ast.Subscript):
            return item.returns.slice
    return None


def _members(node: ast.ClassDef, calls: dict[str, str]) -> dict[str, str]:
    members: dict[str, str] = {}
    for item in node.body:
        if not isinstance(item, ast.FunctionDef) or item.name in BASE_MEMBERS:
            continue
        if not any(isinstance(one, ast.Name) and one.id.endswith("property") for one in item.decorator_list):
            continue
        returns = item.returns
        head = ast.unparse(returns.value if isinstance(returns, ast.Subscript) else returns) if returns else ""
        if head in calls:
            members[item.name] = calls[head]
        else:
            members[item.name] = "field" if head.split(".")[-1].endswith("Future") else "node"
    return members


def _imported_names(tree: ast.Module) -> dict[str, tuple[str, str]]:
    names: dict[str, tuple[str, str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            for alias in node.names:
                names[alias.asname or alias.name] = (node.module, alias.name)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name] = (alias.name, "")
    return names


def _resolve(expression: ast.expr, names: dict[str, tuple[str, str]]) -> tuple[str, str] | None:
    """Where the named class lives: its import is followed from the longest known prefix of the name."""
    if isinstance(expression, ast.Subscript):
        return _resolve(expression.value, names)
    parts = ast.unparse(expression).split(".")
    for length in range(len(parts), 0, -1):
        known = names.get(".".join(parts[:length]))
        if known is not None:
            module, name = known
            return module, ".".join(part for part in (name, *parts[length:]) if part)
    return None
