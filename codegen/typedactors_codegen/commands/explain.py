"""``typedactors explain``. ``application`` imports it; it imports what the commands share."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from typedactors_codegen import config as configurations
from typedactors_codegen import explaining
from typedactors_codegen.commands import formats, machine, options
from typedactors_codegen.commands.findings import place_of, report_diagnostic
from typedactors_codegen.commands.progress import progress
from typedactors_codegen.commands.terminal import coloured, write
from typedactors_codegen.explaining import ExplainedMember, Explanation
from typedactors_codegen.model import Origin

_EXAMPLES = """\
Nothing is written, and the class need not be the target of an output.

Examples:
  typedactors explain hub.sensors:Sensor
  typedactors explain hub.sensors:Sensor --format json
  typedactors explain --source src hub.sensors:Sensor
"""


@click.command(
    cls=options.Examples,
    short_help="Show what a proxy has, and why.",
    epilog=_EXAMPLES,
    context_settings=options.CONTEXT,
)
@click.argument("target", metavar="MODULE:CLASS", shell_complete=options.complete_targets)
@options.common_options
@options.format_option(formats.TEXT, formats.JSON)
def explain(
    target: str, config: Path | None, source: tuple[str, ...], verbose: bool, traceback: bool, format_: str
) -> int:
    """Show what the proxy of an actor or a Protocol has, and why it lacks what it lacks."""
    arguments = options.arguments(config, source, (), strict=False)
    return formats.answered("explain", format_, lambda: _explain(arguments, target, format_))


def _explain(arguments: configurations.Arguments, target: str, format_: str) -> int:
    configuration = configurations.load(arguments, Path.cwd(), outputs_required=False)
    with progress() as tell:
        found = explaining.explain(configuration, target, tell)
    if format_ == formats.JSON:
        machine.print_document("explain", 0, _document(found))
    else:
        _show(found)
    return 0


def _show(found: Explanation) -> None:
    where = f"in the output {found.output}" if found.output else "in no output of the configuration"
    write(f"{_heading(found.target)} ({place_of(found.origin)})")
    write(f"proxy: {found.proxy}, {where}")
    if found.bases:
        write(f"derives from: {', '.join(found.bases)}")
    _section("members", [(each.name, _described(each), each.origin) for each in found.members])
    if not found.is_part:
        write("  and what every proxy of an actor has: stop, on_start, on_stop, on_failure, on_receive, actor_urn,")
        write("  actor_stopped, actor_inbox, actor_ref")
    _section("left out", [(each.name, [each.reason], each.origin) for each in found.left_out])
    _section("notes", [(each.member, [each.reason], each.origin) for each in found.notes])
    for diagnostic in found.diagnostics:
        report_diagnostic(diagnostic)


def _described(member: ExplainedMember) -> list[str]:
    origin = "" if member.proxy is None else f", from {member.proxy}"
    return [*member.types, f"{member.kind}{origin}"]


def _section(title: str, entries: list[tuple[str, list[str], Origin]]) -> None:
    if not entries:
        return
    write(f"{_heading(title)}:")
    for name, lines, origin in entries:
        write(f"  {name}  ({place_of(origin)})")
        for line in lines:
            write(f"      {line}")


def _heading(text: str) -> str:
    return coloured(text, "cyan", sys.stdout)


def _document(found: Explanation) -> machine.Document:
    return {
        "target": found.target,
        **machine.of_place(found.origin),
        "proxy": found.proxy,
        "output": found.output,
        "bases": list(found.bases),
        "members": [
            {
                "name": each.name,
                "kind": each.kind,
                "types": list(each.types),
                "proxy": each.proxy,
                **machine.of_place(each.origin),
            }
            for each in found.members
        ],
        "left_out": [
            {"name": each.name, "reason": each.reason, **machine.of_place(each.origin)} for each in found.left_out
        ],
        "notes": [machine.of_remark(each) for each in found.notes],
        "diagnostics": [machine.of_diagnostic(each) for each in found.diagnostics],
    }
