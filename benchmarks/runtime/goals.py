"""What the runtime aims at, as ratios in one run.

Imported by what shows the results. Imports `benchmarks.runtime.results`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.runtime.results import Results
from benchmarks.runtime.row import FLOOR


def _unknown(_results: Results) -> None:
    return None


@dataclass(frozen=True)
class Goal:
    """One aim.

    Arguments:
        text: what is aimed at.
        measure: the figure; ``None`` where the run has it not.
        limit: what the figure is compared with.
        at_least: whether the figure is to be no less than the limit, and not no more.
        floor: the same figure of the floor; ``None`` where it has none.
    """

    text: str
    measure: Callable[[Results], float | None]
    limit: float
    at_least: bool
    floor: Callable[[Results], float | None] = _unknown

    def reached(self, figure: float) -> bool:
        return figure >= self.limit if self.at_least else figure <= self.limit


def _ratio(row: str, of: str, to: str) -> Callable[[Results], float | None]:
    def measure(results: Results) -> float | None:
        found = results.ratio(row, of, to)
        return None if found is None else found.median

    return measure


def times_faster(row: str, limit: float, library: str = "threads") -> Goal:
    """Pykka is to take at least that many times as long."""
    text = f"{row}, {library}: at least {limit:g} times as fast as Pykka"
    return Goal(text, _ratio(row, "pykka", library), limit, at_least=True, floor=_ratio(row, "pykka", FLOOR))


def times_floor(row: str, limit: float, library: str = "threads") -> Goal:
    """It is to take at most that many times as long as the floor."""
    return Goal(f"{row}, {library}: at most {limit:g} x floor", _ratio(row, library, FLOOR), limit, at_least=False)


def _cost(row: str, library: str, scale: float) -> Callable[[Results], float | None]:
    def measure(results: Results) -> float | None:
        found = results.cost(row, library)
        return None if found is None else found * scale

    return measure


def _size_matters(results: Results) -> float | None:
    small = results.cost("proxy creation, 10 attributes", "threads")
    large = results.cost("proxy creation, 200 attributes", "threads")
    return None if small is None or large is None else large / small


GOALS = (
    times_floor("ask, blocking", 1.15),
    times_faster("ask, blocking", 2.5),
    times_floor("proxy.m().get(), generated", 1.4),
    times_floor("proxy.m().get(), dynamic", 1.4),
    times_faster("attribute get, generated", 2.3),
    times_faster("attribute get, dynamic", 2.3),
    times_faster("tell, one sender", 8),
    times_faster("tell, four senders", 9),
    times_faster("defer, generated", 6),
    times_faster("defer, dynamic", 6),
    times_faster("ask, pipelined", 6),
    times_faster("future set + get", 7.5),
    times_faster("proxy creation, 10 attributes", 120),
    # A twentieth is noise.
    Goal("proxy creation, 200 attributes to 10: the same", _size_matters, 1.05, at_least=False),
    times_faster("start + stop", 5),
    times_faster("ask, blocking", 8, "pool"),
    times_floor("ask, blocking", 0.5, "pool"),
    times_faster("ask, while two threads burn the CPU", 100, "pool"),
    Goal(
        "an idle actor, pool: at most 1300 bytes",
        _cost("memory: an idle actor, its objects", "pool", 1.0),
        1300,
        at_least=False,
    ),
    Goal(
        "worst stall of an event loop, threads: at most 10 ms",
        _cost("worst stall of an event loop", "threads", 1000.0),
        10,
        at_least=False,
    ),
    Goal(
        "worst stall of an event loop, pool: at most 10 ms",
        _cost("worst stall of an event loop", "pool", 1000.0),
        10,
        at_least=False,
    ),
)
