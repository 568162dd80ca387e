"""Whether the files on disk are what their sources give: drift, as a unified diff.

Reads files and writes none. ``cli`` imports it; it imports ``writer``.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from typedactors_codegen.writer import GeneratedFile, read_existing


@dataclass(frozen=True, slots=True)
class Drift:
    """One file that is not as it should be: why, and what ``generate`` would change in it.

    ``line`` is the first that differs, 0 for a file that is missing.
    """

    path: Path
    reason: str
    diff: str
    line: int


def find_drift(files: Iterable[GeneratedFile], directory: Path) -> tuple[Drift, ...]:
    """Compare each file with the disk; the diff names files relative to ``directory``."""
    drifts: list[Drift] = []
    for file in files:
        existing = read_existing(file.path)
        if file.is_in(existing):
            continue
        if existing is not None:
            reason = "is not what its sources give now"
        else:
            partner = file.path.with_suffix(".py" if file.path.suffix == ".pyi" else ".pyi")
            alone = f", and {partner.name} stands without it" if partner.exists() else ""
            reason = f"is missing{alone}"
        drifts.append(Drift(file.path, reason, _diff(file, existing, directory), _first_line(file, existing)))
    return tuple(drifts)


def _first_line(file: GeneratedFile, existing: bytes | None) -> int:
    if existing is None:
        return 0
    before = existing.splitlines()
    pairs = zip(before, file.content.splitlines(), strict=False)
    return next((number for number, (old, new) in enumerate(pairs, 1) if old != new), max(len(before), 1))


def _diff(file: GeneratedFile, existing: bytes | None, directory: Path) -> str:
    try:
        name = file.path.relative_to(directory).as_posix()
    except ValueError:
        name = file.path.as_posix()
    before = "" if existing is None else existing.decode("utf-8", errors="replace")
    lines = difflib.unified_diff(
        before.splitlines(keepends=True),
        file.text.splitlines(keepends=True),
        fromfile="/dev/null" if existing is None else f"{name}\t(on disk)",
        tofile=f"{name}\t(from its sources)",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
