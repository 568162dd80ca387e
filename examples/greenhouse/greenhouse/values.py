"""What the actors send each other: frozen, so that nobody can change what somebody else holds."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final

MINUTES_PER_DAY: Final = 24 * 60


class Mode(enum.Enum):
    """What a controller is doing for its zone."""

    IDLE = "idle"
    HEATING = "heating"
    VENTING = "venting"
    MISTING = "misting"
    BLIND = "blind"
    """The thermometer does not answer: heat a little and wait for help."""


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """How warm a zone was, and how hard it was being heated."""

    minute: int
    zone: str
    celsius: float
    heating: float = 0.0


@dataclass(frozen=True, slots=True, order=True)
class Alarm:
    """Something that somebody should look at."""

    minute: int
    zone: str
    text: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive readings of one zone, in the order of time."""

    zone: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What one batch comes to."""

    zone: str
    start: int
    lowest: float
    mean: float
    highest: float
    heating: float


@dataclass(frozen=True, slots=True)
class ZoneStatus:
    """One zone at one moment."""

    zone: str
    mode: Mode
    celsius: float | None
    target: float


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole house at one moment."""

    minute: int
    outside: float
    zones: tuple[ZoneStatus, ...]
    alarms: int


class SensorError(Exception):
    """A sensor has no answer."""


def clock(minute: int) -> str:
    """Return a minute of the day as a clock shows it: ``07:45``."""
    hours, minutes = divmod(minute, 60)
    return f"{hours:02}:{minutes:02}"
