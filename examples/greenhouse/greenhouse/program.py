"""The temperatures that a zone shall have: parts of a controller, which proxies reach into.

``controller.program.night.target = 17.0`` through a proxy assigns in the controller's own thread,
so nothing here needs a lock.
"""

from __future__ import annotations

from typedactors import traversable

from greenhouse.values import clock


@traversable
class Period:
    """A part of the day, and the temperature to keep in it."""

    def __init__(self, starts: int, target: float) -> None:
        self.starts = starts
        """The minute of the day at which it begins."""
        self.target = target
        """Degrees Celsius."""

    def shift(self, minutes: int) -> str:
        """Begin earlier or later from now on; return the new beginning as a clock shows it."""
        self.starts += minutes
        return clock(self.starts)


@traversable
class ClimateProgram:
    """A day and a night."""

    def __init__(self, *, day: float, night: float) -> None:
        self.day = Period(6 * 60, day)
        self.night = Period(20 * 60, night)

    def target_at(self, minute: int) -> float:
        """Return the temperature to keep at a minute of the day."""
        return self.day.target if self.day.starts <= minute < self.night.starts else self.night.target
