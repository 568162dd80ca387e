"""Two actors that implement `Thermometer`: a simulated one, and one for a device file."""

from __future__ import annotations

from pathlib import Path

from typedactors import ThreadingActor

from greenhouse.protocols import Thermometer
from greenhouse.proxies import WorldProxy
from greenhouse.values import SensorError


class SimulatedThermometer(ThreadingActor, Thermometer):
    """A thermometer that hangs in the simulated world."""

    def __init__(self, zone: str, world: WorldProxy, *, correction: float = 0.0) -> None:
        super().__init__()
        self._zone = zone
        self._world = world
        self.correction = correction

    @property
    def zone(self) -> str:
        return self._zone

    def read(self) -> float:
        return self._world.temperature(self._zone).get() + self.correction

    def describe(self, *, verbose: bool = False) -> str:
        return f"simulated, in {self._zone}" if verbose else "simulated"


class DeviceThermometer(ThreadingActor, Thermometer):
    """A thermometer that the system shows as a file with thousandths of a degree in it."""

    def __init__(self, zone: str, device: Path, *, correction: float = 0.0) -> None:
        super().__init__()
        self._zone = zone
        self._device = device
        self.correction = correction
        self.failures = 0
        """How often the device had no answer."""

    @property
    def zone(self) -> str:
        return self._zone

    def read(self) -> float:
        try:
            return int(self._device.read_text(encoding="ascii")) / 1000 + self.correction
        except (OSError, ValueError) as error:
            self.failures += 1
            raise SensorError(f"no reading from {self._device.name}") from error

    def describe(self, *, verbose: bool = False) -> str:
        return f"device {self._device.name}, in {self._zone}" if verbose else f"device {self._device.name}"
