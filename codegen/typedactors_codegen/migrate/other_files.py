"""Files that are no Python and name Pykka: requirements and configuration. They are reported, never changed.

``run`` imports it; it imports ``names`` and ``report``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from typedactors_codegen.migrate.names import NEW, OLD
from typedactors_codegen.migrate.report import Kind, Remark

_NAMES = frozenset({"Pipfile"})
_SUFFIXES = frozenset({".toml", ".cfg", ".ini", ".conf", ".yml", ".yaml"})
_REQUIREMENTS = re.compile(r".*(?:requirements|constraints).*\.(?:txt|in)|environment\.ya?ml", re.IGNORECASE)
_WORD = re.compile(rf"(?<![\w.-]){OLD}(?![\w-])", re.IGNORECASE)
# Another file of the same name is a lock or a log rather than somebody's work.
_LARGEST = 1_000_000


def remarks(paths: Iterable[Path]) -> Iterator[Remark]:
    """A note for each line of a file of requirements or configuration that names Pykka."""
    for path in paths:
        if not (path.name in _NAMES or path.suffix in _SUFFIXES or _REQUIREMENTS.fullmatch(path.name)):
            continue
        try:
            if path.stat().st_size > _LARGEST:
                continue
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        for number, line in enumerate(lines, 1):
            if _WORD.search(line.partition("#")[0]):
                yield Remark(Kind.NOTE, path, number, f"names {OLD}: {line.strip()}", f"require {NEW} instead, by hand")
