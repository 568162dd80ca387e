"""The errors of the generator: one message, a place in the user's files, and a hint.

Every stage raises `CodegenError`; ``cli`` alone turns it into text and an exit status. Any module
of the package may import this one; it imports nothing of the package.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typedactors_codegen.model import UnresolvedImport


class CodegenError(Exception):
    """The generator refuses: nothing is written, and the command exits with status 1.

    Arguments:
        message: what is wrong, in one sentence that names the object.
        path: the file the message is about, if there is one.
        line: the 1-based line in that file, or ``None`` when no line can be named.
        hint: what to do about it, in one sentence.
    """

    exit_status = 1

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = None if path is None else str(path)
        self.line = line
        self.hint = hint
        self.unresolved: tuple[UnresolvedImport, ...] = ()
        """The imports that lead nowhere in the sources that were analysed, any of which may be the cause."""

    def __str__(self) -> str:
        """The message as the command prints it, without the hint."""
        if self.path is None:
            return f"error: {self.message}"
        place = self.path if not self.line else f"{self.path}:{self.line}"
        return f"{place}: error: {self.message}"


class UsageError(CodegenError):
    """The command was called wrongly: the command exits with status 2."""

    exit_status = 2
