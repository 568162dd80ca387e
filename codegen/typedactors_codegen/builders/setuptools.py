"""The integration with setuptools: a first sub-command of ``build``, which ``sdist`` runs as well.

setuptools imports it, by the entry point group ``setuptools.finalize_distribution_options``, in every build of every
project in whose environment this distribution is; see ``request``. It imports that and ``step``.

It is not a ``build_py`` of our own: of what such a class raises, an editable build makes a warning.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import ClassVar, cast

import setuptools
from setuptools import Command, Distribution
from setuptools.command.build import build
from setuptools.command.sdist import sdist
from setuptools.errors import SetupError

from typedactors_codegen.builders.request import asks_for_proxies
from typedactors_codegen.builders.step import StepRefusedError, bring_up_to_date, say

_COMMAND = "build_typedactors"
# Older ones leave .pyi and py.typed out of the wheel.
_OLDEST_SETUPTOOLS = 69


def finalize(distribution: Distribution) -> None:
    """Add the step to the commands of a project that asks for it."""
    if not asks_for_proxies(Path.cwd()):
        return
    commands = distribution.cmdclass
    building = cast("type[build]", commands.get("build", build))  # setuptools itself relies on the base class
    archiving = cast("type[sdist]", commands.get("sdist", sdist))  # as above

    def run(self: sdist) -> None:
        self.run_command(_COMMAND)
        archiving.run(self)

    commands[_COMMAND] = BuildTypedactors
    # Before all others: `build_py` looks for files on disk.
    commands["build"] = type("build", (building,), {"sub_commands": [(_COMMAND, None), *building.sub_commands]})
    commands["sdist"] = type("sdist", (archiving,), {"run": run})


class BuildTypedactors(Command):
    """Generate the proxies where they belong among the sources, from where ``build_py`` takes them."""

    description = "generate typed proxies of actors"
    user_options: ClassVar[list[tuple[str, str, str]] | list[tuple[str, str | None, str]]] = []

    # What setuptools asks of a sub-command of `build`, in setuptools.command.build.SubCommand.
    editable_mode: bool = False
    build_lib: str = ""

    def initialize_options(self) -> None:
        """There are no options."""

    def finalize_options(self) -> None:
        """There are no options."""

    def run(self) -> None:
        """Bring the outputs up to date.

        Raises:
            SetupError: the build is refused.
        """
        if int(setuptools.__version__.partition(".")[0]) < _OLDEST_SETUPTOOLS:
            raise SetupError(
                f"typedactors: setuptools {setuptools.__version__} would leave the types out of the wheel\n"
                f'  hint: write "setuptools>={_OLDEST_SETUPTOOLS}" into build-system.requires'
            )
        try:
            step = bring_up_to_date(Path.cwd())
        except StepRefusedError as error:
            raise SetupError(f"typedactors: {error}") from error
        say(step.remarks, lambda text: self.announce(text, logging.INFO))

    def get_source_files(self) -> list[str]:
        """Return what a source archive has to hold: nothing that ``build_py`` does not name already."""
        return []

    def get_outputs(self) -> list[str]:
        """Return what is in the build folder: nothing, since ``build_py`` copies the files."""
        return []

    def get_output_mapping(self) -> dict[str, str]:
        """Return where the files in the build folder come from."""
        return {}
