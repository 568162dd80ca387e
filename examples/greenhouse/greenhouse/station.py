"""The station: all actors, started in the order in which they need each other."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from greenhouse.alarms import AlarmPanel
from greenhouse.analysis import AnalysisPool
from greenhouse.controller import MistingController, ZoneController
from greenhouse.dashboard import Dashboard
from greenhouse.proxies import (
    AlarmPanelProxy,
    AnalysisPoolProxy,
    DashboardProxy,
    MistingControllerProxy,
    RecorderProxy,
    ThermometerProxy,
    WorldProxy,
    ZoneControllerProxy,
)
from greenhouse.recorder import Recorder
from greenhouse.sensors import DeviceThermometer, SimulatedThermometer
from greenhouse.world import World

SEEDLINGS: Final = "seedlings"
TOMATOES: Final = "tomatoes"
ORCHIDS: Final = "orchids"


class Station:
    """The running house: the proxies of its actors, which making it starts.

    Args:
        directory: where the device file and the journal are.
    """

    def __init__(self, directory: Path) -> None:
        self.device = directory / "28-000005e2fdc3"
        self.journal = directory / "journal.csv"

        self.world = World.start([SEEDLINGS, TOMATOES, ORCHIDS]).proxy(WorldProxy)
        self.world.plug(ORCHIDS, self.device).get()

        # One proxy class for both kinds of thermometer.
        self.thermometers = {
            SEEDLINGS: SimulatedThermometer.start(SEEDLINGS, self.world).proxy(ThermometerProxy),
            TOMATOES: SimulatedThermometer.start(TOMATOES, self.world, correction=-0.2).proxy(ThermometerProxy),
            ORCHIDS: DeviceThermometer.start(ORCHIDS, self.device).proxy(ThermometerProxy),
        }
        self.recorder = Recorder.start(self.journal).proxy(RecorderProxy)
        self.alarms = AlarmPanel.start(high=26.0).proxy(AlarmPanelProxy)

        self.seedlings = self._start_controller(SEEDLINGS, day=23.0, night=19.0)
        self.tomatoes = self._start_controller(TOMATOES, day=21.0, night=16.0)
        self.orchids = MistingController.start(
            ORCHIDS,
            self.thermometers[ORCHIDS],
            self.world,
            recorder=self.recorder,
            alarms=self.alarms,
            day=22.0,
            tank=4.0,
        ).proxy(MistingControllerProxy)
        # The proxy of an actor is also one of the actor that it inherits from.
        self.controllers: tuple[ZoneControllerProxy, ...] = (self.seedlings, self.tomatoes, self.orchids)

        self.dashboard = Dashboard.start(self.world, self.controllers, self.alarms).proxy(DashboardProxy)
        self.pool = AnalysisPool.start(size=3).proxy(AnalysisPoolProxy)

    def _start_controller(self, zone: str, *, day: float, night: float) -> ZoneControllerProxy:
        return ZoneController.start(
            zone,
            self.thermometers[zone],
            self.world,
            recorder=self.recorder,
            alarms=self.alarms,
            day=day,
            night=night,
        ).proxy(ZoneControllerProxy)
