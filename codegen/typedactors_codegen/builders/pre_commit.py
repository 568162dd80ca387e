"""The hooks of pre-commit: ``python -m typedactors_codegen.builders.pre_commit``, as .pre-commit-hooks.yaml has it.

pre-commit runs a hook in an environment of the hook's own, which knows what a project imports as little as an isolated
build does. So the hooks run the same step, and refuse where the command would warn. It imports ``step``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from typedactors_codegen.builders.step import StepRefusedError, bring_up_to_date, say
from typedactors_codegen.config import BUILD_MODES

_REMEDY = "add what installs {modules} to the hook's additional_dependencies, after .[codegen], which must stay there"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the step for pre-commit.

    Returns:
        0 if everything was current, 1 if it was not or the step was refused.
    """
    parser = argparse.ArgumentParser("typedactors-hook", description="Run by pre-commit.")
    parser.add_argument("mode", choices=BUILD_MODES)
    parser.add_argument("--config", type=Path, metavar="PATH", help="the pyproject.toml to use")
    options = parser.parse_args(arguments)
    try:
        step = bring_up_to_date(Path.cwd(), remedy=_REMEDY, mode=options.mode, file=options.config)
    except StepRefusedError as error:
        print(f"typedactors: {error}", file=sys.stderr)
        return 1
    say(step.remarks, print)
    return 1 if step.written else 0


if __name__ == "__main__":
    sys.exit(main())
