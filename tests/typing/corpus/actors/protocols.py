"""Protocols first: many implementations, protocols that extend protocols, and parts that are protocols."""

from __future__ import annotations

from typing import Protocol, overload

from typedactors import Future, ThreadingActor, traversable


class Thermometer(Protocol):
    """Measures."""

    @property
    def current(self) -> float:
        """The temperature."""
        ...

    unit: str


@traversable
class Gauge(Protocol):
    def level(self, of: int) -> float: ...


class Thermostat(Thermometer, Protocol):
    """Heats, too."""

    target: float

    @property
    def gauge(self) -> Gauge: ...

    def heat(self, to: float, *, fast: bool = False) -> bool:
        """Heat."""
        ...

    @overload
    def history(self, days: int) -> list[float]: ...
    @overload
    def history(self, days: None = None) -> float: ...

    async def wait(self) -> str: ...

    def later(self) -> Future[int]: ...


@traversable
class Dial:
    def level(self, of: int) -> float:
        return of

    def reset(self) -> None: ...


class Simulated(ThreadingActor, Thermostat):
    def __init__(self, start: float) -> None:
        super().__init__()
        self.target = start
        self.unit = "C"

    @property
    def current(self) -> float:
        return self.target

    @property
    def gauge(self) -> Dial:
        return Dial()

    def heat(self, to: float, *, fast: bool = False) -> bool:
        return fast

    @overload
    def history(self, days: int) -> list[float]: ...
    @overload
    def history(self, days: None = None) -> float: ...
    def history(self, days: int | None = None) -> list[float] | float:
        return 0.0 if days is None else []

    async def wait(self) -> str:
        return ""

    def later(self) -> Future[int]:
        raise NotImplementedError


class Precise(Simulated):
    def heat(self, to: float, *, fast: bool = False, steps: int = 1) -> bool:
        return fast and steps > to

    def calibrate(self) -> int:
        return 1


class Structural(ThreadingActor):
    """Implements a protocol without having it as a base."""

    unit = "F"

    @property
    def current(self) -> float:
        return 0.0


class Panel(ThreadingActor):
    """Has a part that only a protocol describes."""

    def __init__(self, gauge: Gauge) -> None:
        super().__init__()
        self.gauge: Gauge = traversable(gauge)
