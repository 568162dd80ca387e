"""The simulated world: the weather outside, and the air of each zone."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from typedactors import ThreadingActor

from greenhouse.values import MINUTES_PER_DAY


class _Air:
    """The air of one zone, and what is being done to it."""

    def __init__(self, celsius: float) -> None:
        self.celsius = celsius
        self.heating = 0.0
        self.opening = 0.0
        self.mist = 0.0

    def pass_one_minute(self, outside: float, sun: float) -> None:
        exchange = (outside - self.celsius) * (0.004 + 0.03 * self.opening)
        self.celsius += exchange + 0.2 * self.heating + 0.13 * sun - 0.08 * self.mist


class World(ThreadingActor):
    """The weather, and the zones' air, minute by minute. Time passes when `advance` is called.

    Where a zone has a device file, the world writes the temperature into it, in thousandths of a
    degree, as the kernel does for a thermometer on a 1-wire bus.
    """

    start_temperature: Final = 15.0

    def __init__(self, zones: Iterable[str], *, coldest: float = 4.0, warmest: float = 21.0) -> None:
        super().__init__()
        self._minute = 0
        self.coldest = coldest
        """The temperature outside before dawn."""
        self.warmest = warmest
        """The temperature outside in the afternoon."""
        self._airs = {zone: _Air(self.start_temperature) for zone in zones}
        self._devices: dict[str, Path] = {}

    @property
    def minute(self) -> int:
        """The minute of the day."""
        return self._minute

    @property
    def outside(self) -> float:
        """The temperature outside, lowest at 3 and highest at 15 o'clock."""
        mean, swing = (self.coldest + self.warmest) / 2, (self.warmest - self.coldest) / 2
        return mean - swing * math.cos(self._angle(self._minute - 3 * 60))

    @property
    def sun(self) -> float:
        """How strong the sun is, from 0 at night to 1 at noon."""
        return max(0.0, -math.cos(self._angle(self._minute)))

    @property
    def zones(self) -> tuple[str, ...]:
        """The names of the zones, in the order in which they were given."""
        return tuple(self._airs)

    def advance(self, until: int, /) -> float:
        """Let time pass until a minute of the day; return the temperature outside then."""
        while self._minute < until:
            for air in self._airs.values():
                air.pass_one_minute(self.outside, self.sun)
            self._minute += 1
        for zone in self._devices:
            self._write_device(zone)
        return self.outside

    def temperature(self, zone: str) -> float:
        """Return the temperature of a zone's air."""
        return self._airs[zone].celsius

    def drive(self, zone: str, *, heating: float = 0.0, opening: float = 0.0, mist: float = 0.0) -> None:
        """Set a zone's heater, vents and nozzles, each from 0 to 1, until told otherwise."""
        air = self._airs[zone]
        air.heating, air.opening, air.mist = heating, opening, mist

    def plug(self, zone: str, device: Path) -> None:
        """Connect a device file to a zone."""
        self._devices[zone] = device
        self._write_device(zone)

    def unplug(self, zone: str) -> None:
        """Take a zone's device file away, as when its cable is cut."""
        self._devices.pop(zone).unlink()

    def _write_device(self, zone: str) -> None:
        self._devices[zone].write_text(f"{round(self.temperature(zone) * 1000)}\n", encoding="ascii")

    @staticmethod
    def _angle(minute: int) -> float:
        return math.tau * minute / MINUTES_PER_DAY
