"""``typedactors check``. ``application`` imports it; it imports what the commands share."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from typedactors_codegen import check as drift
from typedactors_codegen import config
from typedactors_codegen.commands import formats, machine, options
from typedactors_codegen.commands.findings import contents, report_findings, report_refusal, severity
from typedactors_codegen.commands.running import run
from typedactors_codegen.commands.terminal import coloured, count, flush, report, shown, write
from typedactors_codegen.model import Diagnostic, Origin, Rule, Severity

_EXAMPLES = """\
A TARGET is one of
  package.module          each public actor class in it, and the Protocols they implement
  package.module:Class    one actor class or Protocol
  package.*               every module of the package

Examples:
  typedactors check
  typedactors check --strict --verbose
  typedactors check --format github
  typedactors check --format sarif > typedactors.sarif
  typedactors check --source src --output hub.proxies hub.sensors "hub.devices.*"
"""
_DIFF_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@click.command(
    cls=options.WithOutputs,
    short_help="Tell whether they are up to date.",
    epilog=_EXAMPLES,
    context_settings=options.CONTEXT,
)
@options.common_options
@options.run_options
@options.format_option(formats.TEXT, formats.JSON, formats.GITHUB, formats.SARIF)
@click.pass_context
def check(
    context: click.Context,
    config: Path | None,
    source: tuple[str, ...],
    outputs: tuple[str, ...],
    strict: bool,
    verbose: bool,
    traceback: bool,
    format_: str,
) -> int:
    """Write nothing; exit 1 and print a diff if an output is out of date."""
    arguments = options.arguments(config, source, outputs, strict)
    remedy = f"run: {_generate_command(arguments)}"
    return formats.answered("check", format_, lambda: _check(arguments, remedy, verbose, format_))


def _generate_command(arguments: config.Arguments) -> str:
    """The command that would bring up to date what this one checks."""
    words = ["typedactors", "generate"]
    if arguments.config is not None:
        words += ["--config", str(arguments.config)]
    for source in arguments.source:
        words += ["--source", source]
    for output in arguments.outputs:
        words += ["--output", *output]
    return shlex.join([*words, "--strict"] if arguments.strict else words)


def _check(arguments: config.Arguments, remedy: str, verbose: bool, format_: str) -> int:
    outcome, refused = run(arguments)
    drifts = () if refused else drift.find_drift(outcome.files, Path.cwd())
    status = int(refused or bool(drifts))
    if format_ == formats.JSON:
        found = [
            {"file": machine.files([each.path])[0], "reason": each.reason, "diff": each.diff, "remedy": remedy}
            for each in drifts
        ]
        machine.print_document("check", status, {**machine.of_outcome(outcome), "drift": found})
        return status
    if format_ != formats.TEXT:
        formats.print_annotations(format_, [*outcome.diagnostics, *(_diagnostic(each, remedy) for each in drifts)])
        return status
    report_findings(outcome, verbose)
    if refused:
        report_refusal(outcome)
    elif drifts:
        _show(drifts, remedy)
    else:
        write(f"{contents(outcome)}, {count(len(outcome.files), 'file')} up to date")
    return status


def _diagnostic(found: drift.Drift, remedy: str) -> Diagnostic:
    origin = Origin(str(found.path), found.line)
    return Diagnostic(Severity.ERROR, origin, "", f"this file {found.reason}", remedy, rule=Rule.DRIFT)


def _show(drifts: Iterable[drift.Drift], remedy: str) -> None:
    for each in drifts:
        for line in each.diff.splitlines(keepends=True):
            colour = _DIFF_COLOURS.get(line[:1])
            write(line if colour is None else coloured(line, colour, sys.stdout), end="")
    flush()
    for each in drifts:
        report(f"{shown(each.path)}: {severity('error')}: {each.reason}")
    report(f"  hint: {remedy}")
