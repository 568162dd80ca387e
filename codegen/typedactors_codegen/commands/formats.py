"""The formats that a run can be printed in: which there are, and what an error looks like in each.

``generate``, ``check`` and ``explain`` use it; it imports ``github``, ``machine`` and ``sarif``.
"""

from __future__ import annotations

from collections.abc import Callable

from typedactors_codegen.commands import github, machine, sarif
from typedactors_codegen.errors import CodegenError
from typedactors_codegen.model import Diagnostic, Origin, Rule, Severity

TEXT, JSON, GITHUB, SARIF = "text", "json", "github", "sarif"


def answered(command: str, format_: str, run: Callable[[], int]) -> int:
    """Run a command's work; an error of the user's is printed in the format that was asked for."""
    try:
        return run()
    except CodegenError as error:
        if format_ == TEXT:
            raise
        if format_ == JSON:
            machine.print_document(command, error.exit_status, machine.of_error(error))
        else:
            origin = Origin(error.path or "", error.line or 0)
            print_annotations(
                format_, [Diagnostic(Severity.ERROR, origin, "", error.message, error.hint or "", rule=Rule.REFUSED)]
            )
        return error.exit_status


def print_annotations(format_: str, diagnostics: list[Diagnostic]) -> None:
    """Print the diagnostics as GitHub's annotations, or as SARIF."""
    if format_ == GITHUB:
        github.print_annotations(diagnostics)
    else:
        sarif.print_log(diagnostics)
