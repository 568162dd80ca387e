"""What the runtimes aim at, as ratios in one run: of time, and of processor time beside it.

Imported by `benchmarks.runtimes.page` and the entry point. Imports `benchmarks.runtime.results`.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.runtime.results import Ratio, Results
from benchmarks.runtimes.contenders import CONTENDERS
from benchmarks.runtimes.measure import PROCESSOR


@dataclass(frozen=True)
class Goal:
    """One aim: ``upper`` takes at least, or at the most, ``limit`` times as long as ``lower``.

    Args:
        operation: what is done.
        upper: the contender whose time is divided.
        lower: the one by whose time it is divided.
        limit: what the ratio is compared with.
        at_least: whether the ratio is to be no less than the limit, and not no more.
    """

    operation: str
    upper: str
    lower: str
    limit: float
    at_least: bool = False

    @property
    def text(self) -> str:
        """The aim in words."""
        if self.at_least:
            faster, slower = CONTENDERS[self.lower].description, CONTENDERS[self.upper].description
            return f"{self.operation}, {faster}: at least {self.limit:g} times as fast as {slower}"
        slower, faster = CONTENDERS[self.upper].description, CONTENDERS[self.lower].description
        return f"{self.operation}, {slower}: at most {self.limit:g} times as long as {faster}"

    def ratio(self, results: Results) -> Ratio | None:
        """The figure; ``None`` where the run has it not."""
        return results.ratio(self.operation, self.upper, self.lower)

    def processor_ratio(self, results: Results) -> Ratio | None:
        """The same of processor time."""
        return results.ratio(self.operation + PROCESSOR, self.upper, self.lower)

    def reached(self, figure: float) -> bool:
        return figure >= self.limit if self.at_least else figure <= self.limit


GOALS = (
    Goal("ask", "pool", "threads", 1.3),
    Goal("tell", "pool", "threads", 1.3),
    Goal("ask", "pykka-gevent", "gevent", 1.5, at_least=True),
    Goal("tell", "pykka-gevent", "gevent", 1.5, at_least=True),
    Goal("tell", "pactor", "process", 2, at_least=True),
    Goal("ask", "process", "pipe", 2.5),
    Goal("ask", "ray", "plain-ray", 1.15),
    Goal("tell", "plain-ray", "ray", 10, at_least=True),
)
