"""How to test actors: start them with real parts and typed stand-ins, and ask them.

A stand-in for an actor is one more implementation of its Protocol, which mypy and pyright check, so
it cannot fall behind what it stands for. Run with ``python -m pytest test_greenhouse.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from typedactors import ActorRegistry, ThreadingActor, get_all

from greenhouse.alarms import AlarmPanel
from greenhouse.analysis import AnalysisPool
from greenhouse.controller import ZoneController
from greenhouse.protocols import Thermometer
from greenhouse.proxies import (
    AlarmPanelProxy,
    AnalysisPoolProxy,
    RecorderProxy,
    ThermometerProxy,
    WorldProxy,
    ZoneControllerProxy,
)
from greenhouse.recorder import Recorder
from greenhouse.values import Alarm, Batch, Mode, Reading, SensorError
from greenhouse.world import World

ZONE = "bench"


class ScriptedThermometer(ThreadingActor, Thermometer):
    """Shows what the test has put into ``correction``, and fails when that is below zero."""

    def __init__(self) -> None:
        super().__init__()
        self.correction = 20.0

    @property
    def zone(self) -> str:
        return ZONE

    def read(self) -> float:
        if self.correction < 0:
            raise SensorError("out of order")
        return self.correction

    def describe(self, *, verbose: bool = False) -> str:
        return "scripted"


@pytest.fixture(autouse=True)
def _stop_all() -> Iterator[None]:
    yield
    ActorRegistry.stop_all()


@pytest.fixture
def thermometer() -> ThermometerProxy:
    return ScriptedThermometer.start().proxy(ThermometerProxy)


@pytest.fixture
def recorder() -> RecorderProxy:
    return Recorder.start().proxy(RecorderProxy)


@pytest.fixture
def alarms() -> AlarmPanelProxy:
    return AlarmPanel.start().proxy(AlarmPanelProxy)


@pytest.fixture
def controller(thermometer: ThermometerProxy, recorder: RecorderProxy, alarms: AlarmPanelProxy) -> ZoneControllerProxy:
    world = World.start([ZONE]).proxy(WorldProxy)
    return ZoneController.start(ZONE, thermometer, world, recorder=recorder, alarms=alarms, night=20.0).proxy(
        ZoneControllerProxy
    )


@pytest.mark.parametrize(
    ("celsius", "mode"), [(15.0, Mode.HEATING), (19.6, Mode.IDLE), (20.4, Mode.IDLE), (25.0, Mode.VENTING)]
)
def test_the_controller_follows_the_thermometer(
    controller: ZoneControllerProxy, thermometer: ThermometerProxy, celsius: float, mode: Mode
) -> None:
    thermometer.correction = celsius
    assert controller.step(0).get() is mode
    assert controller.mode.get() is mode


def test_the_controller_follows_its_program(controller: ZoneControllerProxy) -> None:
    assert controller.step(0).get() is Mode.IDLE
    controller.program.night.target = 24.0
    assert controller.step(15).get() is Mode.HEATING
    assert controller.program.target_at(0).get() == 24.0


def test_a_reading_reaches_the_recorder(controller: ZoneControllerProxy, recorder: RecorderProxy) -> None:
    controller.step(45).get()
    assert recorder.latest(ZONE).get() == Reading(45, ZONE, 20.0)
    assert recorder.statistics.temperature.count.get() == 1
    assert recorder.statistics.heating.span().get() == (0.0, 0.0)


def test_a_dead_thermometer_raises_one_alarm(
    controller: ZoneControllerProxy, thermometer: ThermometerProxy, alarms: AlarmPanelProxy, recorder: RecorderProxy
) -> None:
    thermometer.correction = -1.0
    assert [controller.step(minute).get() for minute in (0, 15)] == [Mode.BLIND, Mode.BLIND]
    assert alarms.pending.get() == (Alarm(0, ZONE, "out of order"),)
    assert recorder.latest(ZONE).get() is None


def test_the_operator_must_have_a_name(alarms: AlarmPanelProxy) -> None:
    with pytest.raises(ValueError, match="on duty"):
        alarms.operator = " "
    assert alarms.operator.get() == "nobody"


def test_the_pool_answers_each_batch_and_reports_a_bad_one() -> None:
    pool = AnalysisPool.start(size=2).proxy(AnalysisPoolProxy)
    batches = [Batch(ZONE, (Reading(minute, ZONE, float(minute)),)) for minute in range(20)]
    bad = pool.submit(Batch(ZONE, ())).get()
    summaries = get_all(get_all([pool.submit(batch) for batch in batches]))
    assert [summary.mean for summary in summaries] == [float(minute) for minute in range(20)]
    with pytest.raises(ValueError, match="empty"):
        bad.get()
