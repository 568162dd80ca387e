"""What the controllers ask of others, whoever they are."""

from __future__ import annotations

from typing import Protocol


class Thermometer(Protocol):
    """An actor that measures how warm one zone is.

    `typedactors generate` makes ``ThermometerProxy`` from it, which works with each actor that
    implements it: ``SimulatedThermometer.start(...).proxy(ThermometerProxy)``.
    """

    correction: float
    """Degrees to add to what the instrument shows. Set when the instrument is calibrated."""

    @property
    def zone(self) -> str:
        """The zone that it hangs in."""
        ...

    def read(self) -> float:
        """Measure now; return degrees Celsius.

        Raises:
            SensorError: the instrument has no answer.
        """
        ...

    def describe(self, *, verbose: bool = False) -> str:
        """Say what kind of instrument it is."""
        ...
