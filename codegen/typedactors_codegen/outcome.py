"""What a run found out. ``pipeline`` and ``unchanged`` make one, ``cli`` shows it.

It imports ``model`` and ``writer``.
"""

from __future__ import annotations

from dataclasses import dataclass

from typedactors_codegen.model import Diagnostic, Origin, Severity, UnresolvedImport
from typedactors_codegen.writer import GeneratedFile


@dataclass(frozen=True, slots=True)
class Timing:
    """How long one stage took, for ``--verbose``."""

    stage: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Remark:
    """What ``--verbose`` says of a member or a class that is left out, or not what one might expect."""

    member: str
    reason: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a run found out; what to write is up to the caller.

    ``remarks`` are about the run itself, and no reason to refuse it. ``unresolved`` are the imports that lead nowhere;
    it is left empty by a run that found everything as the last one did.
    """

    files: tuple[GeneratedFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    left_out: tuple[Remark, ...]
    proxies: int
    parts: int
    members: int
    timings: tuple[Timing, ...]
    remarks: tuple[str, ...] = ()
    notes: tuple[Remark, ...] = ()
    unresolved: tuple[UnresolvedImport, ...] = ()

    def refused(self, strict: bool) -> bool:
        """Whether the diagnostics forbid that anything is written."""
        return any(strict or each.severity is Severity.ERROR for each in self.diagnostics)
