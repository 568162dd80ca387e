"""The command ``typedactors``: its group of commands, and how words become a call of one.

``cli`` imports it; it imports each command.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Sequence

import click
from click.shell_completion import shell_complete

from typedactors import __version__
from typedactors_codegen.commands import options
from typedactors_codegen.commands.check import check
from typedactors_codegen.commands.completion import NAME, VARIABLE, completion
from typedactors_codegen.commands.explain import explain
from typedactors_codegen.commands.generate import generate
from typedactors_codegen.commands.init import init
from typedactors_codegen.commands.migrate import migrate
from typedactors_codegen.errors import UsageError
from typedactors_codegen.writer import Watched

_EXAMPLES = """\
Examples:
  typedactors init                         write [tool.typedactors] for the packages found here
  typedactors generate                     write the configured outputs
  typedactors check                        exit 1 and show a diff if an output is out of date
  typedactors explain hub.sensors:Sensor   what its proxy has, and why it lacks what it lacks
  typedactors migrate --diff src           show how a program for Pykka is rewritten
  typedactors generate --source src --output hub.proxies hub.sensors hub.thermostat:Thermostat
                                           without a configuration

Exit status: 0 all is well, 1 refused or out of date, 2 wrong usage, 130 interrupted.
"""


class _Group(click.Group):
    """The commands, in the order in which one needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options.write_examples(self.epilog, formatter)


@click.group(cls=_Group, epilog=_EXAMPLES, no_args_is_help=False, context_settings=options.CONTEXT)
@click.version_option(__version__, message="typedactors %(version)s")
def application() -> None:
    """Generate typed proxies for actors, and keep them in step with their sources."""


for _command in (init, generate, check, explain, migrate, completion):
    application.add_command(_command)


def run(words: Sequence[str], watched: Watched) -> int:
    """Do what the words say, and return the exit status.

    Arguments:
        words: the arguments of the command line.
        watched: is told which files are about to be written.

    Raises:
        UsageError: the words are no command.
        CodegenError: the command refuses.
    """
    instruction = os.environ.get(VARIABLE)
    if instruction:
        return shell_complete(application, {}, NAME, VARIABLE, instruction)
    try:
        with application.make_context(NAME, list(words), obj=watched) as context:
            status: int = application.invoke(context)  # what the commands return; Click does not type it
            return status
    except click.exceptions.Exit as answered:  # after --help and --version
        return answered.exit_code
    except click.NoSuchOption as error:
        # Which words Click has for it changes from one of its releases to the next.
        near = difflib.get_close_matches(error.option_name, error.possibilities or (), 1)
        raise _usage_error(error, f"No such option '{error.option_name}'", *near) from None
    except click.UsageError as error:
        raise _usage_error(error, error.format_message().rstrip(".")) from None


def _usage_error(error: click.UsageError, message: str, *meant: str) -> UsageError:
    command = NAME if error.ctx is None else error.ctx.command_path
    question = "".join(f"did you mean {each}? " for each in meant)
    return UsageError(message, hint=f'{question}see "{command} --help"')
