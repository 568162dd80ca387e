"""How a generated file refers to what it does not define: local names, aliases, import lines.

``render`` asks a `NameTable` for every name that it writes. It imports ``model``.

A generated class has members with any name at all, and inside a class body a member hides the
module's name: after ``def list(self)``, ``list[int]`` means the method. So a name that is also the
name of a member, or of a class of the output, gets an alias: ``from builtins import list as _list``.
"""

from __future__ import annotations

import builtins
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from typedactors_codegen.model import Symbol

# What these modules do not have in Python 3.11, the oldest that the generated files must serve. A
# stub may import from typing_extensions without it being installed: every type checker bundles it.
_NEWER_THAN_3_11 = {
    "typing": frozenset({"NoDefault", "ReadOnly", "TypeAliasType", "TypeIs", "override", "get_protocol_members"}),
    "collections.abc": frozenset({"Buffer"}),
    "warnings": frozenset({"deprecated"}),
}
# The generated file's own machinery keeps its plain names where it can.
_FRAMEWORK_MODULES = ("builtins", "typing", "typing_extensions", "typedactors", "typedactors.typing")
_BUILTIN_NAMES = frozenset(dir(builtins))


@dataclass(frozen=True, slots=True)
class NameTable:
    """The local name of each symbol in one file, and the lines that import them.

    ``names`` maps a symbol's module and the first part of its name, which is what gets imported.
    """

    module: str
    names: Mapping[Symbol, str]
    import_lines: tuple[str, ...]

    @property
    def imports_private_name(self) -> bool:
        """Whether a name is imported that its module calls private, by an underscore."""
        return any(symbol.name.startswith("_") and symbol.module != self.module for symbol in self.names)

    def of(self, symbol: Symbol) -> str:
        """How the file writes ``symbol``; raises `KeyError` for one that was not announced."""
        head, dot, rest = symbol.name.partition(".")
        return self.names[_importable(symbol.module, head)] + dot + rest


def make_name_table(module: str, symbols: Iterable[Symbol], taken: Collection[str], width: int) -> NameTable:
    """Decide the local names of ``symbols`` in the generated ``module``.

    Arguments:
        module: the output; a symbol of its own needs no import.
        symbols: all that the file refers to.
        taken: names that no import may have: the members and the module's own classes.
        width: import lines longer than this are broken, one name a line.
    """
    heads = sorted({_importable(symbol.module, symbol.name.partition(".")[0]) for symbol in symbols})
    names: dict[Symbol, str] = {}
    used = set(taken)
    by_name: defaultdict[str, list[Symbol]] = defaultdict(list)
    for head in heads:
        if head.module == module:
            names[head] = head.name
            used.add(head.name)
        elif head.module in _FRAMEWORK_MODULES:
            names[head] = _first_free([head.name, f"_{head.name}", *_qualified(head)], used)
            used.add(names[head])
        else:
            by_name[head.name].append(head)
    for name, group in sorted(by_name.items()):
        for head in group:
            # Neither of two modules' classes of one name gets the plain name: which one would have
            # it would depend on the other's presence.
            plain = [name, f"_{name}"] if len(group) == 1 and name not in _BUILTIN_NAMES else []
            names[head] = _first_free([*plain, *_qualified(head)], used)
            used.add(names[head])
    return NameTable(module, names, tuple(_import_lines(module, names, width)))


def _importable(module: str, head: str) -> Symbol:
    if head in _NEWER_THAN_3_11.get(module, ()):
        return Symbol("typing_extensions", head)
    return Symbol(module, head)


def _qualified(symbol: Symbol) -> list[str]:
    """Longer and longer aliases for a symbol: ``_decimal_Context``, then the whole module's path."""
    parts = [part.strip("_") or "_" for part in symbol.module.split(".")]
    return [f"_{'_'.join(parts[start:])}_{symbol.name}" for start in reversed(range(len(parts)))]


def _first_free(candidates: Sequence[str], used: Collection[str]) -> str:
    for candidate in candidates:
        if candidate not in used:
            return candidate
    number = 2
    while f"{candidates[-1]}_{number}" in used:
        number += 1
    return f"{candidates[-1]}_{number}"


def _import_lines(module: str, names: Mapping[Symbol, str], width: int) -> Iterable[str]:
    by_module: defaultdict[str, list[str]] = defaultdict(list)
    for symbol, local in sorted(names.items()):
        if symbol.module == module or (symbol.module == "builtins" and local == symbol.name):
            continue
        by_module[symbol.module].append(symbol.name if local == symbol.name else f"{symbol.name} as {local}")
    for source, entries in sorted(by_module.items()):
        line = f"from {source} import {', '.join(entries)}"
        if len(line) <= width:
            yield line
            continue
        yield f"from {source} import ("
        for entry in entries:
            yield f"    {entry},"
        yield ")"
