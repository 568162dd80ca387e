"""``typedactors completion``: the script that a shell reads once. ``application`` imports it."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from typedactors_codegen.commands import options
from typedactors_codegen.commands.terminal import write

NAME = "typedactors"
VARIABLE = "_TYPEDACTORS_COMPLETE"
_EXAMPLES = """\
Examples:
  eval "$(typedactors completion bash)"                                        in ~/.bashrc
  eval "$(typedactors completion zsh)"                                         in ~/.zshrc
  typedactors completion fish > ~/.config/fish/completions/typedactors.fish
"""


@click.command(
    cls=options.Examples, short_help="Print a shell's completion.", epilog=_EXAMPLES, context_settings=options.CONTEXT
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print what a shell needs to complete commands, options and targets."""
    kind = get_completion_class(shell)
    assert kind is not None, "Click has each shell of the choice"
    root = context.find_root()
    write(kind(root.command, {}, NAME, VARIABLE).source())
    return 0
