"""What the source says of a class whose bases mypy does not know. May be imported by the front end alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from mypy.nodes import TypeInfo

from typedactors_codegen.frontend.catalogue import Catalogue, qualified_name
from typedactors_codegen.frontend.sources import ClassSource, dotted_name

# Hooks and attributes that an actor has, and few other classes.
_HOOKS = frozenset({"on_start", "on_stop", "on_failure", "on_receive", "use_daemon_thread"})
_ATTRIBUTES = frozenset({"actor_ref", "actor_urn", "actor_inbox", "actor_stopped"})


def resembles_an_actor(catalogue: Catalogue, info: TypeInfo, base: str | None, outputs: list[Path]) -> bool:
    """Whether a class with an unknown base is, for all that can be seen, meant as an actor.

    Arguments:
        catalogue: the source text.
        info: the class.
        base: its unknown base, as the source calls it.
        outputs: the stubs that the class's proxy would be in, as an earlier run has left them: what
            had a proxy must not lose it without a word.
    """
    if base is not None and base.rpartition(".")[2].endswith("Actor"):
        return True
    sources = (catalogue.class_source(holder) for holder in info.mro)
    return any(source is not None and uses_an_actors_names(source) for source in sources) or any(
        _had_a_proxy(info, path) for path in outputs
    )


def uses_an_actors_names(source: ClassSource) -> bool:
    """Whether a class statement defines a hook of actors, or reads what only an actor has of itself."""
    if _HOOKS & source.members.keys():
        return True
    for member in source.members.values():
        for node in (found for function in member.functions for found in ast.walk(function)):
            if isinstance(node, ast.Attribute) and node.attr in _ATTRIBUTES and dotted_name(node.value) == "self":
                return True
    return False


def _had_a_proxy(info: TypeInfo, path: Path) -> bool:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False
    name = re.escape(info.name)
    imported = re.search(
        rf"^from {re.escape(info.module_name)} import (?:\([^)]*?\b{name}\b|.*\b{name}\b)", text, re.MULTILINE
    )
    return imported is not None and re.search(rf"^class {name}Proxy\(", text, re.MULTILINE) is not None


def circle_of_bases(catalogue: Catalogue, info: TypeInfo) -> list[str] | None:
    """The classes from one to itself, where its bases lead back to it; ``None`` where they do not."""
    start = (info.module_name, qualified_name(info))
    seen = {start}
    waiting = [[start]]
    while waiting:
        way = waiting.pop(0)
        for following in _bases_in_source(catalogue, *way[-1]):
            if following == start:
                return [".".join(each) for each in [*way, start]]
            if following not in seen:
                seen.add(following)
                waiting.append([*way, following])
    return None


def _bases_in_source(catalogue: Catalogue, module: str, name: str) -> Iterator[tuple[str, str]]:
    source = catalogue.module(module)
    found: ClassSource | None = None if source is None else source.classes.get(name)
    if source is None or found is None:
        return
    for expression in found.bases:
        base = dotted_name(expression)
        if base is None:
            continue
        head, _, rest = base.partition(".")
        imports = source.imports.get(head, [])
        # `class Name(Name)` derives from what is imported by that name.
        if base in source.classes and not (base == name and imports):
            yield module, base
            continue
        for each in imports:
            full = f"{each.target}.{rest}" if rest else each.target
            holder, _, inner = full.rpartition(".")
            if holder:
                yield holder, inner
