"""From which module, and by which name, a generated file can import a class or an alias.

May be imported by the front end alone.
"""

from __future__ import annotations

from mypy.nodes import SymbolNode, TypeAlias, TypeInfo
from mypy.types import Instance, get_proper_type

from typedactors_codegen.frontend.build import Program
from typedactors_codegen.model import Symbol

# Typing names whose home since Python 3.9 is elsewhere.
_COLLECTIONS_ABC = frozenset(
    {
        "AsyncGenerator",
        "AsyncIterable",
        "AsyncIterator",
        "Awaitable",
        "Collection",
        "Container",
        "Coroutine",
        "Generator",
        "Hashable",
        "ItemsView",
        "Iterable",
        "Iterator",
        "KeysView",
        "Mapping",
        "MappingView",
        "MutableMapping",
        "MutableSequence",
        "MutableSet",
        "Reversible",
        "Sequence",
        "Sized",
        "ValuesView",
    }
)
_MOVED = {
    "typing.AbstractSet": Symbol("collections.abc", "Set"),
    "builtins.function": Symbol("types", "FunctionType"),
    "builtins.ellipsis": Symbol("types", "EllipsisType"),
    "_typeshed.Incomplete": Symbol("typing", "Any"),
} | {f"typing.{name}": Symbol("collections.abc", name) for name in sorted(_COLLECTIONS_ABC)}

# Where the public name of a private module of the standard library is, if not at the name without "_".
_PUBLIC_HOME = {"_thread": "threading", "_collections_abc": "collections.abc", "_weakref": "weakref"}


def symbol_of(program: Program, info: TypeInfo) -> Symbol | None:
    """The symbol that a generated file imports for a class.

    Returns:
        ``None`` for a class that no file can import: one inside a function, or a private one of a
        library that no public module shows.
    """
    moved = _MOVED.get(info.fullname)
    if moved is not None:
        return moved
    return _importable(program, info, info.module_name, info.fullname)


def alias_symbol(program: Program, alias: TypeAlias) -> Symbol | None:
    """The symbol of a type alias, or ``None`` for one whose name is private or local, or typeshed's own."""
    # What typeshed calls a type among its own files is no name of other checkers' typesheds.
    if alias.eager or is_type_only(alias.module):
        return None
    symbol = _importable(program, alias, alias.module, alias.fullname)
    if symbol is None or symbol.name.split(".")[-1].startswith("_"):
        return None
    return symbol


def is_type_only(module: str) -> bool:
    """Whether a module exists for type checkers alone, and only a stub can import it."""
    return module == "_typeshed" or module.startswith("_typeshed.")


def _importable(program: Program, node: SymbolNode, module: str, fullname: str) -> Symbol | None:
    if fullname not in program.symbols:
        program.symbols[fullname] = _find_importable(program, node, module, fullname)
    return program.symbols[fullname]


def _find_importable(program: Program, node: SymbolNode, module: str, fullname: str) -> Symbol | None:
    name = fullname[len(module) + 1 :]
    if "@" in name or not fullname.startswith(f"{module}."):
        return None
    if not all(part.isidentifier() for part in name.split(".")):
        return None
    if program.is_user_module(module):
        return Symbol(module, name)
    private_name = any(part.startswith("_") for part in name.split("."))
    private_module = any(part.startswith("_") for part in module.split("."))
    if is_type_only(module):
        return Symbol(module, name)
    if not private_module:
        return None if private_name else Symbol(module, name)
    for home in _public_homes(module):
        shown = _shown_as(program, home, node, name)
        if shown is not None:
            return Symbol(home, shown)
    return None if private_name or program.is_standard_library(module) else Symbol(module, name)


def _public_homes(module: str) -> list[str]:
    """Public modules that may show what a private module defines, likeliest first."""
    parts = module.split(".")
    homes = [_PUBLIC_HOME[module]] if module in _PUBLIC_HOME else []
    first_private = next(index for index, part in enumerate(parts) if part.startswith("_"))
    # The nearest public package, then the ones above it.
    homes += [".".join(parts[:length]) for length in range(first_private, 0, -1)]
    stripped = [part.lstrip("_") for part in parts]
    if all(stripped):
        homes.append(".".join(stripped))
    return homes


def _shown_as(program: Program, home: str, node: SymbolNode, name: str) -> str | None:
    tree = program.module(home)
    if tree is None or "." in name:
        return None
    candidates = [name, *sorted(other for other in tree.names if other != name)]
    for candidate in candidates:
        entry = tree.names.get(candidate)
        if entry is None or candidate.startswith("_") or entry.module_hidden or not entry.module_public:
            continue
        shown = entry.node
        if shown is node:
            return candidate
        if isinstance(shown, TypeAlias) and not shown.alias_tvars:
            target = get_proper_type(shown.target)
            if isinstance(target, Instance) and target.type is node and (not target.args or shown.no_args):
                return candidate
    return None
