"""What a run found, for machines: ``--format json``. docs/site/command-line.md describes it.

``generate``, ``check`` and ``explain`` use it; it imports ``terminal`` and the outcome.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from typedactors_codegen.commands.terminal import shown, write
from typedactors_codegen.errors import CodegenError
from typedactors_codegen.model import Diagnostic, Origin
from typedactors_codegen.outcome import Outcome, Remark

VERSION = 1
"""The version of the documents' form; a new one takes something away or gives it another meaning."""

Document = dict[str, object]


def print_document(command: str, status: int, content: Mapping[str, object]) -> None:
    """Print one document: what was run, how it ended, and what there is to say."""
    document = {"version": VERSION, "command": command, "status": status, **content}
    write(json.dumps(document, indent=2, ensure_ascii=False))


def of_outcome(outcome: Outcome) -> Document:
    """What every run has found."""
    return {
        "diagnostics": [of_diagnostic(each) for each in outcome.diagnostics],
        "remarks": list(outcome.remarks),
        "left_out": [of_remark(each) for each in outcome.left_out],
        "notes": [of_remark(each) for each in outcome.notes],
        "proxies": outcome.proxies,
        "parts": outcome.parts,
        "members": outcome.members,
    }


def of_error(error: CodegenError) -> Document:
    """A run that was refused for one reason, in the form of the others."""
    origin = None if error.path is None else Origin(error.path, error.line or 0)
    diagnostic = {
        "severity": "error",
        **of_place(origin),
        "actor": None,
        "member": None,
        "reason": error.message,
        "remedy": error.hint,
    }
    return {"diagnostics": [diagnostic]}


def of_diagnostic(diagnostic: Diagnostic) -> Document:
    """One thing that could not be told exactly."""
    holder, member = split(diagnostic.member, diagnostic.holder)
    return {
        "severity": diagnostic.severity.value,
        **of_place(diagnostic.origin),
        "actor": holder,
        "member": member,
        "reason": diagnostic.reason,
        "remedy": diagnostic.remedy,
    }


def of_remark(remark: Remark) -> Document:
    """One class or member that is left out, or not what one might expect."""
    return {**of_place(remark.origin), "name": remark.member, "reason": remark.reason}


def of_place(origin: Origin | None) -> Document:
    """File, line and column; ``None`` for what is not known, as the column never is so far."""
    return {
        "file": None if origin is None else Path(shown(Path(origin.path))).as_posix(),
        "line": (origin.line or None) if origin is not None else None,
        "column": None,
    }


def split(name: str, holder: str) -> tuple[str, str | None]:
    """The class and the member of a diagnostic, which is about a class where it names no member."""
    if holder and name.startswith(f"{holder}."):
        return holder, name[len(holder) + 1 :]
    return name, None


def files(paths: Iterable[Path]) -> list[str]:
    """Paths as they are shown in every document."""
    return [Path(shown(path)).as_posix() for path in paths]
