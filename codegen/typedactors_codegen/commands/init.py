"""``typedactors init``. ``application`` imports it; it imports what the commands share."""

from __future__ import annotations

from pathlib import Path

import click

from typedactors_codegen import writer
from typedactors_codegen.commands import options
from typedactors_codegen.commands.terminal import count, shown, write

_EXAMPLES = """\
The sources are read, never imported.

Examples:
  typedactors init                      all packages under src/, or here, that have actors
  typedactors init hub                  the package hub
  typedactors init hub --output hub.typed_proxies
  typedactors init --force              replace a [tool.typedactors] that exists
"""


@click.command(
    cls=options.Examples, short_help="Write the configuration.", epilog=_EXAMPLES, context_settings=options.CONTEXT
)
@click.argument("package", required=False)
@options.common_options
@click.option("--output", metavar="MODULE", help="The output; default: PACKAGE.proxies.")
@click.option("--force", is_flag=True, help="Replace a [tool.typedactors] that exists.")
@click.pass_obj
def init(
    watched: writer.Watched,
    package: str | None,
    config: Path | None,
    source: tuple[str, ...],
    verbose: bool,
    traceback: bool,
    output: str | None,
    force: bool,
) -> int:
    """Write the configuration for a package into its pyproject.toml; without PACKAGE, for all."""
    # Its libraries would be imported for the other commands as well, which are to be quick.
    from typedactors_codegen import initialize  # noqa: PLC0415

    request = initialize.InitRequest(
        directory=Path.cwd(), config=config, source=source, package=package, output=output, force=force
    )
    result = initialize.initialize(request, watched)
    if verbose:
        for found in result.found:
            kind = "Protocol" if found.is_protocol else "actor"
            write(f"{shown(found.path)}:{found.line}: {kind} {found.name}")
        for found in result.tests:
            write(f"{shown(found.path)}:{found.line}: left out, since it is in a test module: {found.name}")
    actors = sum(not found.is_protocol for found in result.found)
    protocols = len(result.found) - actors
    verb = "created" if result.created else "updated"
    write(
        f"{verb} {shown(result.path)}: {count(actors, 'actor')}, {count(protocols, 'Protocol')}, "
        f"{count(len(result.outputs), 'output')} ({', '.join(result.outputs)})"
    )
    write("next: typedactors generate")
    return 0
