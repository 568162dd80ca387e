"""Actor classes that mypy does not see, since an import binds their name. May be imported by the front end alone.

mypy keeps what a name is bound to first: of ``from fast import Worker`` and a ``class Worker`` below it, the import.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mypy.nodes import MypyFile, TypeInfo

from typedactors_codegen.frontend.anys import Issue
from typedactors_codegen.frontend.catalogue import Catalogue
from typedactors_codegen.frontend.members import ACTOR
from typedactors_codegen.frontend.resemblance import uses_an_actors_names
from typedactors_codegen.frontend.sources import ClassSource, dotted_name


@dataclass(frozen=True, slots=True)
class HiddenActor:
    """A class statement that mypy does not see: the class's name, its line, and what hides it."""

    name: str
    line: int
    issue: Issue


def hidden_actors(catalogue: Catalogue, tree: MypyFile) -> Iterator[HiddenActor]:
    """The public classes at a module's top level that are actors, as far as can be said, and that an import hides."""
    source = catalogue.module(tree.fullname)
    found: set[str] = set()
    if source is None:
        return
    for name, definition in source.classes.items():
        entry = tree.names.get(name)
        if "." in name or name.startswith("_") or entry is None:
            continue
        if isinstance(entry.node, TypeInfo) and entry.node.fullname == f"{tree.fullname}.{name}":
            continue
        line = _line_of_import(catalogue, tree, name)
        if line is not None and _looks_like_an_actor(catalogue, tree, definition, found):
            found.add(name)
            yield HiddenActor(name, definition.line, _issue(line))


def _line_of_import(catalogue: Catalogue, tree: MypyFile, name: str) -> int | None:
    for found in catalogue.imports(tree.fullname, name):
        return found.line
    for found in catalogue.imports(tree.fullname, "*"):
        module = catalogue.program.module(found.module)
        if module is None or name in module.names:
            return found.line
    return None


def _looks_like_an_actor(catalogue: Catalogue, tree: MypyFile, definition: ClassSource, found: set[str]) -> bool:
    """Whether a class has an actor among its bases, or an unknown base and the looks of an actor."""
    has_unknown_base = False
    for base in definition.bases:
        name = dotted_name(base) or ""
        node = catalogue.program.resolve(tree.fullname, name)
        if name in found or (isinstance(node, TypeInfo) and node.has_base(ACTOR)):
            return True
        if not isinstance(node, TypeInfo) or node.fallback_to_any:
            has_unknown_base = True
            if name.endswith("Actor"):
                return True
    return has_unknown_base and uses_an_actors_names(definition)


def _issue(line: int) -> Issue:
    return Issue(
        f"no proxy: the import in line {line} binds the same name, and type checkers see only what is imported",
        "Rename the class or the import, or move the class to a module of its own. If what is imported is the actor, "
        "name the module's other actors one by one.",
    )
