"""``typedactors generate``. ``application`` imports it; it imports what the commands share."""

from __future__ import annotations

from pathlib import Path

import click

from typedactors_codegen import config, writer
from typedactors_codegen.commands import formats, machine, options
from typedactors_codegen.commands.findings import contents, report_findings, report_refusal
from typedactors_codegen.commands.running import run
from typedactors_codegen.commands.terminal import count, shown, write
from typedactors_codegen.errors import UsageError

_EXAMPLES = """\
A TARGET is one of
  package.module          each public actor class in it, and the Protocols they implement
  package.module:Class    one actor class or Protocol
  package.*               every module of the package

Examples:
  typedactors generate
  typedactors generate --strict --verbose
  typedactors generate --watch
  typedactors generate --config path/to/pyproject.toml
  typedactors generate --source src --output hub.proxies hub.sensors "hub.devices.*"
"""


@click.command(
    cls=options.WithOutputs, short_help="Write the proxies.", epilog=_EXAMPLES, context_settings=options.CONTEXT
)
@options.common_options
@options.run_options
@options.format_option(formats.TEXT, formats.JSON)
@click.option("--watch", is_flag=True, help="Go on, and generate again on each change of a source.")
@click.pass_obj
def generate(
    watched: writer.Watched,
    config: Path | None,
    source: tuple[str, ...],
    outputs: tuple[str, ...],
    strict: bool,
    verbose: bool,
    traceback: bool,
    format_: str,
    watch: bool,
) -> int:
    """Write the proxies that are missing or out of date."""
    arguments = options.arguments(config, source, outputs, strict)
    if watch:
        if format_ != formats.TEXT:
            raise UsageError(f"--watch prints lines, and not {format_}", hint="leave one of the two out")
        # Its library would have to be there for the other commands as well.
        from typedactors_codegen.commands import watching  # noqa: PLC0415

        return watching.watch(arguments, Path.cwd(), watched)
    return formats.answered("generate", format_, lambda: _generate(arguments, watched, verbose, format_))


def _generate(arguments: config.Arguments, watched: writer.Watched, verbose: bool, format_: str) -> int:
    outcome, refused = run(arguments)
    changed = () if refused else writer.changed_files(outcome.files)
    if changed:
        watched.add(changed)
        writer.write_files(changed)
    if format_ == formats.JSON:
        paths = [file.path for file in changed]
        unchanged = [] if refused else [file.path for file in outcome.files if file.path not in paths]
        found = {"written": machine.files(paths), "unchanged": machine.files(unchanged)}
        machine.print_document("generate", int(refused), {**machine.of_outcome(outcome), **found})
        return int(refused)
    report_findings(outcome, verbose)
    if refused:
        report_refusal(outcome)
        return 1
    if verbose:
        for file in changed:
            write(f"wrote {shown(file.path)}")
    unchanged_count = len(outcome.files) - len(changed)
    write(f"{contents(outcome)}, {count(len(changed), 'file')} written, {unchanged_count} unchanged")
    return 0
