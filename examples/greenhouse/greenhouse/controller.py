"""The controllers: one actor for each zone, which holds the proxies of all that it works with."""

from __future__ import annotations

from typing import ClassVar, Final

from typedactors import ThreadingActor, traversable

from greenhouse.program import ClimateProgram
from greenhouse.proxies import AlarmPanelProxy, RecorderProxy, ThermometerProxy, WorldProxy
from greenhouse.values import Alarm, Mode, Reading, SensorError, ZoneStatus


class ZoneController(ThreadingActor):
    """Keeps one zone as warm as its program says.

    It asks its thermometer and waits for the answer; it tells the recorder and the alarm panel and
    does not wait. It never asks somebody who asks it, so it cannot be in a deadlock.
    """

    kind: ClassVar[str] = "heater and vents"
    tolerance: float = 0.5
    """How far from the target, in degrees, is near enough."""

    def __init__(
        self,
        zone: str,
        thermometer: ThermometerProxy,
        world: WorldProxy,
        *,
        recorder: RecorderProxy,
        alarms: AlarmPanelProxy,
        day: float = 21.0,
        night: float = 17.0,
    ) -> None:
        super().__init__()
        self.zone: Final = zone
        self.program = traversable(ClimateProgram(day=day, night=night))
        self._mode = Mode.IDLE
        self._thermometer = thermometer
        self._world = world
        self._recorder = recorder
        self._alarms = alarms
        self._celsius: float | None = None

    @property
    def mode(self) -> Mode:
        """What is being done for the zone."""
        return self._mode

    def step(self, minute: int) -> Mode:
        """Measure, decide and act; return what is being done from now on."""
        try:
            celsius = self._thermometer.read().get()
        except SensorError as error:
            self._go_blind(minute, error)
        else:
            self._celsius = celsius
            self._control(minute, celsius)
        return self._mode

    def status(self, minute: int) -> ZoneStatus:
        """Return how the zone is."""
        return ZoneStatus(self.zone, self._mode, self._celsius, self.program.target_at(minute))

    def _control(self, minute: int, celsius: float) -> None:
        error = celsius - self.program.target_at(minute)
        strength = min(1.0, abs(error) / 4)
        heating = 0.0
        if error < -self.tolerance:
            self._mode, heating = Mode.HEATING, strength
            self._world.drive(self.zone, heating=heating)
        elif error > self.tolerance:
            self._cool(strength)
        else:
            self._mode = Mode.IDLE
            self._world.drive(self.zone)
        reading = Reading(minute, self.zone, celsius, heating)
        self._recorder.record.defer(reading)
        self._alarms.check.defer(reading)

    def _cool(self, strength: float) -> None:
        self._mode = Mode.VENTING
        self._world.drive(self.zone, opening=strength)

    def _go_blind(self, minute: int, error: SensorError) -> None:
        if self._mode is not Mode.BLIND:
            self._alarms.raise_alarm.defer(Alarm(minute, self.zone, str(error)))
        self._mode, self._celsius = Mode.BLIND, None
        self._world.drive(self.zone, heating=0.1)


class MistingController(ZoneController):
    """A controller that can also mist, which cools more than open vents on a warm day."""

    kind: ClassVar[str] = "heater, vents and nozzles"

    misting_from: float = 0.7
    """From which strength of cooling on the nozzles are opened too, from 0 to 1."""

    def __init__(
        self,
        zone: str,
        thermometer: ThermometerProxy,
        world: WorldProxy,
        *,
        recorder: RecorderProxy,
        alarms: AlarmPanelProxy,
        day: float = 21.0,
        night: float = 17.0,
        tank: float = 60.0,
    ) -> None:
        super().__init__(zone, thermometer, world, recorder=recorder, alarms=alarms, day=day, night=night)
        self.tank = tank
        """Litres of water that are left."""

    def refill(self, litres: float) -> float:
        """Fill water in; return how much there is now."""
        self.tank += litres
        return self.tank

    def _cool(self, strength: float) -> None:
        if strength < self.misting_from or self.tank < 1.0:
            super()._cool(strength)
            return
        self._mode = Mode.MISTING
        self.tank -= 1.0
        self._world.drive(self.zone, opening=strength, mist=1.0)
