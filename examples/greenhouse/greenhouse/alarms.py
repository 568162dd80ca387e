"""What is wrong, and who has seen it."""

from __future__ import annotations

from typing import Final

from typedactors import ThreadingActor, traversable

from greenhouse.values import Alarm, Reading, clock


class Limits:
    """The temperatures between which nobody needs to be called."""

    def __init__(self, low: float, high: float) -> None:
        self.low = low
        self.high = high

    def holds(self, celsius: float) -> bool:
        """Tell whether a temperature is within the limits."""
        return self.low <= celsius <= self.high


class AlarmPanel(ThreadingActor):
    """Collects the alarms of all zones until somebody acknowledges them."""

    site: Final = "the north house"

    def __init__(self, *, low: float = 12.0, high: float = 27.0) -> None:
        super().__init__()
        self.limits = traversable(Limits(low, high))
        self._operator = "nobody"
        self._pending: list[Alarm] = []
        self._log: list[str] = []
        self._out_of_limits: set[str] = set()

    @property
    def operator(self) -> str:
        """Who is on duty."""
        return self._operator

    @operator.setter
    def operator(self, name: str) -> None:
        if not name.strip():
            raise ValueError("somebody must be on duty")
        self._operator = name

    @property
    def pending(self) -> tuple[Alarm, ...]:
        """The alarms that nobody has acknowledged, in the order of time and zone."""
        return tuple(sorted(self._pending))

    @property
    def log(self) -> tuple[str, ...]:
        """One line for each acknowledgement."""
        return tuple(self._log)

    def check(self, reading: Reading) -> None:
        """Raise an alarm when a zone leaves the limits; once, until it has been back within them."""
        if self.limits.holds(reading.celsius):
            self._out_of_limits.discard(reading.zone)
        elif reading.zone not in self._out_of_limits:
            self._out_of_limits.add(reading.zone)
            self.raise_alarm(Alarm(reading.minute, reading.zone, f"{reading.celsius:.1f} °C"))

    def raise_alarm(self, alarm: Alarm) -> None:
        """Add an alarm."""
        self._pending.append(alarm)

    def acknowledge(self, *zones: str, at: int, remark: str = "seen") -> int:
        """Take the alarms of the zones, or of all, off the panel; return how many there were."""
        seen = [alarm for alarm in self.pending if not zones or alarm.zone in zones]
        self._pending = [alarm for alarm in self._pending if alarm not in seen]
        self._log.extend(
            f"{clock(alarm.minute)} {alarm.zone}: {alarm.text} ({remark} by {self._operator} at {clock(at)})"
            for alarm in seen
        )
        return len(seen)
