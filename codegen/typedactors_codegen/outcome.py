"""What a run found out. ``pipeline`` and ``unchanged`` make one, ``cli`` shows it.

It imports ``model`` and ``writer``.
"""

from __future__ import annotations

from dataclasses import dataclass

from typedactors_codegen.model import Diagnostic, Origin, Severity
from typedactors_codegen.writer import GeneratedFile


@dataclass(frozen=True, slots=True)
class Timing:
    """How long one stage took, for ``--verbose``."""

    stage: str
    seconds: float


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A member that by rule has no place on the proxy, for ``--verbose``."""

    member: str
    reason: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a run found out; what to write is up to the caller.

    ``remarks`` are about the run itself, and no reason to refuse it.
    """

    files: tuple[GeneratedFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    left_out: tuple[LeftOut, ...]
    proxies: int
    parts: int
    members: int
    timings: tuple[Timing, ...]
    remarks: tuple[str, ...] = ()

    def refused(self, strict: bool) -> bool:
        """Whether the diagnostics forbid that anything is written."""
        return any(strict or each.severity is Severity.ERROR for each in self.diagnostics)
