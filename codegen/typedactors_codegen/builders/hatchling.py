"""The build hook of hatchling: ``[tool.hatch.build.hooks.typedactors]``.

hatchling imports it, by the entry point group ``hatch``; it imports ``step``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.plugin import hookimpl

from typedactors_codegen.builders.step import IN_A_BUILD, StepRefusedError, bring_up_to_date, say

_REMEDY = f"write `require-runtime-dependencies = true` into [tool.hatch.build.hooks.typedactors], or {IN_A_BUILD}"
_SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\*?[]!# "})


class TypedactorsBuildHook(BuildHookInterface[BuilderConfig]):
    """Brings the outputs up to date before a wheel or a source archive is made, and has them put into it."""

    PLUGIN_NAME = "typedactors"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # as hatchling declares it
        """Generate in place, and name each file as an artifact, so that it is taken where Git ignores it."""
        root = Path(self.root).resolve()
        inside = (path for path in map(Path.resolve, self._generate()) if path.is_relative_to(root))
        # Patterns as in a .gitignore.
        build_data["artifacts"] += [f"/{path.relative_to(root).as_posix().translate(_SPECIAL)}" for path in inside]

    def _generate(self) -> tuple[Path, ...]:
        try:
            step = bring_up_to_date(Path(self.root), remedy=_REMEDY)
        except StepRefusedError as error:
            self.app.abort(f"typedactors: {error}")
            raise  # `abort` ends the process
        say(step.remarks, self.app.display_info)
        return step.files


@hookimpl
def hatch_register_build_hook() -> type[TypedactorsBuildHook]:
    """Name the hook to hatchling."""
    return TypedactorsBuildHook
