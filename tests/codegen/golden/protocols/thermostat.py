"""What a thermostat offers."""

from __future__ import annotations

from typing import Protocol

from typedactors import ActorRef


class Observer(Protocol):
    def changed(self, temperature: float) -> None: ...


class Named(Protocol):
    name: str


class Thermostat(Protocol):
    """Holds a temperature."""

    target: float

    @property
    def current(self) -> float:
        """The temperature now."""
        ...

    def watch(self, observer: ActorRef[Observer]) -> None:
        """Tell ``observer`` of every change."""
        ...
