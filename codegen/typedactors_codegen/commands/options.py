"""The arguments that several commands share, and how they become a configuration.

The commands import it; it imports ``config`` and ``errors``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from typedactors_codegen import config

CONTEXT = {"max_content_width": 100}
_SEPARATOR = "\0"
_CommandT = TypeVar("_CommandT", bound=Callable[..., Any])  # Click calls it with what its decorators declare


class Examples(click.Command):
    """A command whose help ends in examples, laid out as they are written."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples; Click would join their lines."""
        write_examples(self.epilog, formatter)


class WithOutputs(Examples):
    """A command with ``--output MODULE TARGET...``, an option with as many values as are given to it.

    Click has no such option, so the values are joined before it sees them. The commands that have it have
    no argument that could follow.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Join the values of each ``--output``."""
        joined: list[str] = []
        waiting = iter(args)
        for word in waiting:
            if word.startswith("-") or not joined or not joined[-1].startswith("--output="):
                joined.append("--output=" if word == "--output" else word)
            else:
                joined[-1] += word if joined[-1] == "--output=" else _SEPARATOR + word
        if "--output=" in joined:
            raise click.UsageError("Option '--output' requires a module and its targets.", ctx)
        return super().parse_args(ctx, joined)


def write_examples(text: str | None, formatter: click.HelpFormatter) -> None:
    """Write the end of a help text as it is."""
    if text:
        formatter.write_paragraph()
        formatter.write(text)


def common_options(command: _CommandT) -> _CommandT:
    """The options of every command that reads a configuration."""
    for option in (
        click.option("--traceback", is_flag=True, help="Show where an error comes from, for bug reports."),
        click.option("--verbose", is_flag=True, help="Also report what was left out, and why, and timing."),
        click.option(
            "--source", multiple=True, metavar="DIR", type=click.Path(), help="A root of imports; repeatable."
        ),
        click.option(
            "--config",
            metavar="PATH",
            type=click.Path(path_type=Path),
            help="The pyproject.toml to use, or its folder.",
        ),
    ):
        command = option(command)
    return command


def run_options(command: _CommandT) -> _CommandT:
    """The options of the commands that generate."""
    command = click.option("--strict", is_flag=True, help="Refuse on warnings, too.")(command)
    return click.option(
        "--output",
        "outputs",
        multiple=True,
        metavar="MODULE TARGET...",
        help="An output and what it is made from, instead of the configured ones; repeatable.",
        shell_complete=complete_targets,
    )(command)


def format_option(*formats: str) -> Callable[[_CommandT], _CommandT]:
    """The choice of a format; the first is for people, and the default."""
    help_text = "How to print what was found: text for people, the others for machines."
    return click.option(
        "--format", "format_", type=click.Choice(formats), default=formats[0], show_default=True, help=help_text
    )


def arguments(path: Path | None, source: Iterable[str], outputs: Iterable[str], strict: bool) -> config.Arguments:
    """What the configuration is told of the command's options."""
    return config.Arguments(
        config=path,
        source=tuple(source),
        outputs=tuple(tuple(output.split(_SEPARATOR)) for output in outputs),
        strict=strict,
    )


def complete_targets(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The actors that could be meant, as ``module:Class``, found without importing anything."""
    # What only completion needs.
    from typedactors_codegen.inspection import find_all  # noqa: PLC0415

    try:
        given = arguments(context.params.get("config"), context.params.get("source") or (), (), strict=False)
        configuration = config.load(given, Path.cwd(), outputs_required=False)
        found = [f"{each.module}:{each.name}" for root in configuration.source for each in find_all(root)]
    # A completion that fails would print its error into the line that is being typed.
    except Exception:  # noqa: BLE001
        return []
    return [each for each in found if each.startswith(incomplete)]
