"""What a migration did, what it left, and why: plain values, and their text.

``run`` makes a report, ``command`` prints it. It imports ``writer``.
"""

from __future__ import annotations

import difflib
import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from typedactors_codegen.writer import GeneratedFile


class Kind(enum.Enum):
    """How much a remark matters.

    ``ERROR``: a file could not be read, so nothing in it was looked at. ``LEFT``: it does not run, or not as
    it did, until somebody changes it by hand. ``NOTE``: it runs as it is; what could be done is said.
    """

    ERROR = "error"
    LEFT = "left"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Remark:
    """One place that was not rewritten, with the reason and what to do."""

    kind: Kind
    path: Path
    line: int | None
    message: str
    remedy: str = ""

    def in_order(self) -> tuple[str, int, str]:
        """By file, then line."""
        return (str(self.path), self.line or 0, self.message)


@dataclass(frozen=True, slots=True)
class Changed(GeneratedFile):
    """A file as it should be on disk, and what it was; ``before`` is ``None`` for a new one."""

    before: bytes | None = None
    encoding: str = "utf-8"

    @property
    def content(self) -> bytes:
        """The bytes that are written, in the encoding that the file had."""
        return self.text.encode(self.encoding)


@dataclass(slots=True)
class Counts:
    """How many of each were rewritten."""

    imports: int = 0
    uses: int = 0
    casts: int = 0
    classes: int = 0
    strings: int = 0


@dataclass(frozen=True, slots=True)
class MigrationReport:
    """All that a run found out; ``files`` are to be written, those that are new included."""

    files: tuple[Changed, ...]
    remarks: tuple[Remark, ...]
    counts: Counts = field(default_factory=Counts)
    looked_at: int = 0

    @property
    def exit_status(self) -> int:
        """0: all that there is runs on typedactors; 1: something waits for a hand."""
        return 1 if any(each.kind is not Kind.NOTE for each in self.remarks) else 0

    def diff(self, directory: Path) -> str:
        """What would be written, as one unified diff whose paths are relative to ``directory``."""
        return "".join(_diff(each, directory) for each in self.files)


def in_order(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Each remark once, by file and line."""
    return tuple(sorted(dict.fromkeys(remarks), key=Remark.in_order))


def _diff(file: Changed, directory: Path) -> str:
    try:
        name = file.path.relative_to(directory).as_posix()
        old, new = f"a/{name}", f"b/{name}"
    except ValueError:
        old = new = file.path.as_posix()
    # Not splitlines, which also splits at a form feed and at what only some languages call a line end.
    before = "" if file.before is None else file.before.decode(file.encoding)
    lines = difflib.unified_diff(
        _lines(before),
        _lines(file.text),
        fromfile="/dev/null" if file.before is None else old,
        tofile=new,
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
