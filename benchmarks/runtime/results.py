"""Ratios out of samples.

Imported by what shows the results. Imports `benchmarks.runtime.store`.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path

from benchmarks.runtime import store

FACT = "fact_"


@dataclass(frozen=True)
class Ratio:
    """How many times as much one contender takes as another: the median of the ratios of samples taken together.

    Arguments:
        median: of all.
        low: a quarter of them is below.
        high: a quarter of them is above.
    """

    median: float
    low: float
    high: float


class Results:
    """All samples of a run on one Python.

    Arguments:
        path: the file that the run wrote.
    """

    def __init__(self, path: Path) -> None:
        all_series, facts = store.load(path)
        self.facts = {name.removeprefix(FACT): value for name, value in facts.items()}
        self._values: dict[tuple[str, str], list[float]] = {}
        self._units: dict[str, str] = {}
        for series in all_series:
            # Runs follow each other in the same order for all contenders, so places in the whole agree too.
            self._values.setdefault((series.row, series.contender), []).extend(series.values)
            self._units[series.row] = series.unit

    @property
    def python(self) -> str:
        """The feature version, ``3.12``."""
        return ".".join(self.facts["python"].split()[-1].split(".")[:2])

    @property
    def rows(self) -> list[str]:
        return list(self._units)

    def unit(self, row: str) -> str:
        return self._units[row]

    def has(self, row: str, contender: str) -> bool:
        return (row, contender) in self._values

    def cost(self, row: str, contender: str) -> float | None:
        """The median, in seconds or bytes; ``None`` where there is none."""
        values = self._values.get((row, contender))
        return statistics.median(values) if values else None

    def ratio(self, row: str, of: str, to: str) -> Ratio | None:
        """How many times as much ``of`` takes as ``to``; ``None`` where one of them was not sampled."""
        upper, lower = self._values.get((row, of)), self._values.get((row, to))
        if not upper or not lower:
            return None
        ratios = [one / other for one, other in zip(upper, lower, strict=True)]
        if len(ratios) == 1:
            return Ratio(ratios[0], ratios[0], ratios[0])
        low, median, high = statistics.quantiles(ratios, n=4, method="inclusive")
        return Ratio(median, low, high)
