"""``typedactors migrate``. ``application`` imports it; it imports what the commands share, and ``migrate``."""

from __future__ import annotations

from pathlib import Path

import click

from typedactors_codegen.commands import options, terminal
from typedactors_codegen.migrate import command
from typedactors_codegen.writer import Watched


@click.command(
    cls=options.Examples,
    short_help="Rewrite a program for Pykka.",
    help=f"{command.HELP[0].upper()}{command.HELP[1:]}.",
    epilog=command.EXAMPLES,
    context_settings=options.CONTEXT,
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--diff", is_flag=True, help="Write nothing; print what would be changed.")
@click.option("--keep-classes", is_flag=True, help="Leave hand-written proxy classes as they are.")
@click.option("--traceback", is_flag=True, help="Show where an error comes from, for bug reports.")
@click.pass_obj
def migrate(watched: Watched, paths: tuple[Path, ...], diff: bool, keep_classes: bool, traceback: bool) -> int:
    """Hand over to the migration; what it prints in one piece goes out before its remarks."""
    asked = command.MigrateArguments(paths, diff, keep_classes)
    return command.execute(asked, Path.cwd(), watched, show=_show, report=terminal.report)


def _show(text: str) -> None:
    terminal.write(text, end="")
    terminal.flush()
