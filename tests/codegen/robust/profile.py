"""How long the tests of this folder run, and what Hypothesis is told.

Short by default, and the same in each run. ``TYPEDACTORS_SOAK=50`` makes them fifty times as long, and looks at new
packages each time; what fails is made as small as it gets.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

SOAK = int(os.environ.get("TYPEDACTORS_SOAK", "0"))


def examples(number: int) -> settings:
    """The settings for a number of examples in a short run."""
    return settings(
        max_examples=number * (SOAK or 1),
        derandomize=not SOAK,
        database=None,
        deadline=None,
        # An example is a whole package and several runs of mypy: all of it is slow and large, and meant to be.
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
        phases=(Phase.generate, Phase.shrink) if SOAK else (Phase.generate,),
    )
