"""What a run found, for people: warnings, errors, notes, counts. It imports ``terminal`` and the outcome."""

from __future__ import annotations

import sys
from pathlib import Path

from typedactors_codegen.commands.terminal import coloured, count, report, shown
from typedactors_codegen.errors import CodegenError
from typedactors_codegen.model import Diagnostic, Origin, Severity
from typedactors_codegen.outcome import Outcome

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


def report_error(error: CodegenError) -> None:
    """Show why a run is refused."""
    place = ""
    if error.path is not None:
        place = shown(Path(error.path)) + (f":{error.line}" if error.line else "") + ": "
    report(f"{place}{severity('error')}: {error.message}")
    if error.hint:
        report(f"  hint: {error.hint}")


def report_findings(outcome: Outcome, verbose: bool) -> None:
    """Show the diagnostics, and, if asked for, what was left out and how long it took."""
    for each in outcome.diagnostics:
        report_diagnostic(each)
    for remark in outcome.remarks:
        report(f"{severity('warning')}: {remark}")
    if not verbose:
        return
    for left_out in outcome.left_out:
        report(f"{place_of(left_out.origin)}: {severity('note')}: {left_out.member}: left out: {left_out.reason}")
    for note in outcome.notes:
        report(f"{place_of(note.origin)}: {severity('note')}: {note.member}: {note.reason}")
    for timing in outcome.timings:
        report(f"{timing.stage}: {timing.seconds:.2f} s")


def report_diagnostic(diagnostic: Diagnostic) -> None:
    """Show one thing that could not be told exactly."""
    kind = severity(diagnostic.severity.value)
    report(f"{place_of(diagnostic.origin)}: {kind}: {diagnostic.member}: {diagnostic.reason}")
    report(f"  remedy: {diagnostic.remedy}")


def report_refusal(outcome: Outcome) -> None:
    """Say how much there is that forbids to write anything."""
    errors = sum(each.severity is Severity.ERROR for each in outcome.diagnostics)
    warnings = len(outcome.diagnostics) - errors
    why = " (strict: warnings are errors)" if not errors else ""
    report(f"refused: {count(errors, 'error')}, {count(warnings, 'warning')}{why}; no file was changed")


def severity(word: str) -> str:
    """How serious something is, in its colour."""
    return coloured(word, _COLOURS[word], sys.stderr)


def place_of(origin: Origin) -> str:
    """File and line, for a terminal that can be clicked on."""
    return f"{shown(Path(origin.path))}:{origin.line}"


def contents(outcome: Outcome) -> str:
    """How much there is in the outputs."""
    parts = f", {count(outcome.parts, 'traversable part')}" if outcome.parts else ""
    proxies = f"{outcome.proxies} {'proxy' if outcome.proxies == 1 else 'proxies'}"
    return f"{proxies}{parts}, {count(outcome.members, 'member')}"
