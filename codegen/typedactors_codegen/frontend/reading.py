"""What an analysis has read, so that a later run can tell whether it would read the same.

`Reading` is plain data, for any module of the package; the rest is for the front end alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from typedactors_codegen.model import Origin, UnresolvedImport

if TYPE_CHECKING:
    from typedactors_codegen.frontend.build import Program


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything outside of the request that an answer depends on.

    Attributes:
        files: the absolute path of each file that mypy took its types from.
        search_path: the folders that modules were looked for in, in any order.
        modules: the names of all modules that were looked for, found or not.
        consistent: whether each file still has the content that mypy knows. It has not when it was
            changed during the run, or so that mypy, which looks at dates and sizes, did not notice.
    """

    files: frozenset[str]
    search_path: frozenset[str]
    modules: frozenset[str]
    consistent: bool


def reading_of(program: Program) -> Reading:
    """What the analysis of a program has read."""
    graph, manager = program.result.graph, program.result.manager
    files: set[str] = set()
    modules: set[str] = set()
    consistent = True
    for name, state in graph.items():
        modules |= {name, *state.dependencies, *state.suppressed}
        path = program.path(name)
        if path is None:
            continue
        files.add(str(path))
        # Of a module from the cache, only the hash that the cache has is known.
        known = state.source_hash or getattr(state, "meta_source_hash", None)
        consistent = consistent and known is not None and known == _digest(path)
    paths = manager.search_paths
    search_path = frozenset(str(Path(folder).absolute()) for folder in _folders(paths))
    return Reading(frozenset(files), search_path, frozenset(modules), consistent)


def unresolved_imports(program: Program) -> tuple[UnresolvedImport, ...]:
    """The imports of the user's modules that lead nowhere, so that what comes from them is ``Any``."""
    found: set[UnresolvedImport] = set()
    for name, state in program.result.graph.items():
        path = program.path(name)
        if path is None or not program.is_user_module(name):
            continue
        for module in state.suppressed:
            reason = program.missing_reason(module)
            if reason is not None:
                origin = Origin(program.display_path(path), state.dep_line_map.get(module, 1))
                found.add(UnresolvedImport(module, origin, reason == "untyped"))
    return tuple(sorted(found))


def _folders(paths: object) -> Iterator[str]:
    for kind in ("python_path", "mypy_path", "package_path", "typeshed_path"):
        yield from getattr(paths, kind)


def _digest(path: Path) -> str | None:
    """The content's hash as mypy makes it, or ``None`` for a file that is gone."""
    try:
        return hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest()
    except OSError:
        return None
