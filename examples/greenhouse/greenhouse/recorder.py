"""The journal of readings, and statistics of them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import ClassVar, TextIO

from typedactors import ThreadingActor, traversable

from greenhouse.values import Batch, Reading


class Series:
    """The statistics of one quantity."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self._values: list[float] = []

    @property
    def count(self) -> int:
        """How many values there are."""
        return len(self._values)

    def add(self, value: float) -> None:
        """Take one more value in."""
        self._values.append(value)

    def mean(self, *, digits: int = 2) -> float:
        """Return the mean, which does not depend on the order in which the values came; 0 without values."""
        return round(math.fsum(self._values) / max(1, self.count), digits)

    def span(self) -> tuple[float, float]:
        """Return the lowest and the highest value.

        Raises:
            ValueError: there are no values.
        """
        return min(self._values), max(self._values)


class Statistics:
    """The statistics of the whole house."""

    def __init__(self) -> None:
        self.temperature = traversable(Series("°C"))
        self.heating = traversable(Series("of full power"))

    def add(self, reading: Reading) -> None:
        """Take one more reading in."""
        self.temperature.add(reading.celsius)
        self.heating.add(reading.heating)


class Recorder(ThreadingActor):
    """Keeps all readings, and writes them to a journal if it has one.

    Controllers tell it their readings with ``recorder.record.defer(reading)``: they need no answer.
    """

    header: ClassVar[str] = "minute,zone,celsius,heating"

    def __init__(self, journal: Path | None = None) -> None:
        super().__init__()
        self.statistics = traversable(Statistics())
        self._readings: dict[str, list[Reading]] = {}
        self._journal = journal
        self._file: TextIO | None = None

    def on_start(self) -> None:
        if self._journal is not None:
            self._file = self._journal.open("w", encoding="utf-8")
            print(self.header, file=self._file)

    def on_stop(self) -> None:
        if self._file is not None:
            self._file.close()

    def record(self, reading: Reading) -> None:
        """Keep a reading."""
        self._readings.setdefault(reading.zone, []).append(reading)
        self.statistics.add(reading)
        if self._file is not None:
            print(reading.minute, reading.zone, reading.celsius, reading.heating, sep=",", file=self._file)

    def latest(self, zone: str) -> Reading | None:
        """Return the last reading of a zone, or ``None`` if there is none yet."""
        readings = self._readings.get(zone)
        return readings[-1] if readings else None

    def batches(self, size: int = 24, /, *zones: str) -> list[Batch]:
        """Return the readings of the zones, or of all, in batches of ``size`` readings."""
        return [
            Batch(zone, tuple(readings[start : start + size]))
            for zone, readings in sorted(self._readings.items())
            if not zones or zone in zones
            for start in range(0, len(readings), size)
        ]
