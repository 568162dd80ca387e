"""One run of the generator, as the commands begin it. ``generate`` and ``check`` use it; it imports ``progress``."""

from __future__ import annotations

from pathlib import Path

from typedactors_codegen import config, pipeline
from typedactors_codegen.commands.progress import progress
from typedactors_codegen.outcome import Outcome


def run(arguments: config.Arguments) -> tuple[Outcome, bool]:
    """Run as asked for, from the working directory, and show what is being done.

    Returns:
        What was found out, and whether it forbids that anything is written.

    Raises:
        CodegenError: the configuration or a source cannot be used.
    """
    configuration = config.load(arguments, Path.cwd())
    with progress() as tell:
        outcome = pipeline.run(configuration, tell)
    return outcome, outcome.refused(configuration.strict)
