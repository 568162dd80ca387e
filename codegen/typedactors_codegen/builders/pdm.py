"""The build hook of PDM's back end.

pdm-backend imports it, by the entry point group ``pdm.build.hook``, in every build of every project in whose
environment this distribution is; see ``request``. It imports that and ``step``.
"""

from __future__ import annotations

import sys

from pdm.backend.hooks.base import Context

from typedactors_codegen.builders.request import asks_for_proxies
from typedactors_codegen.builders.step import StepRefusedError, bring_up_to_date, say


def pdm_build_hook_enabled(context: Context) -> bool:
    """Whether the project asks for the step."""
    return asks_for_proxies(context.root)


def pdm_build_initialize(context: Context) -> None:
    """Generate in place, before the back end looks for files; it takes those too that Git ignores."""
    try:
        step = bring_up_to_date(context.root)
    except StepRefusedError as error:
        sys.exit(f"typedactors: {error}")
    say(step.remarks, lambda text: print(text, file=sys.stderr))
