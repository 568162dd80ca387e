from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

from actors.protocols import Dial, Panel, Precise, Simulated, Structural
from proxies.protocols import PanelProxy, PreciseProxy, ThermometerProxy, ThermostatProxy

if TYPE_CHECKING:
    from actors.protocols import Thermometer, Thermostat
    from typedactors import ActorRef, Future


def of_protocol(proxy: ThermostatProxy) -> None:
    assert_type(proxy.current, Future[float])
    assert_type(proxy.unit, Future[str])
    assert_type(proxy.target, Future[float])
    assert_type(proxy.heat(1.0, fast=True), Future[bool])
    assert_type(proxy.history(1), Future[list[float]])
    assert_type(proxy.history(), Future[float])
    assert_type(proxy.wait(), Future[str])
    assert_type(proxy.later(), Future[Future[int]])
    assert_type(proxy.gauge.level(1), Future[float])
    assert_type(proxy.actor_ref, ActorRef[Thermostat])
    proxy.target = 1.0
    proxy.unit = "K"
    proxy.heat.defer(1.0, fast=True)


def implementations(simulated: ActorRef[Simulated], precise: ActorRef[Precise]) -> None:
    assert_type(simulated.proxy(ThermostatProxy), ThermostatProxy)
    assert_type(precise.proxy(ThermostatProxy), ThermostatProxy)
    assert_type(precise.proxy(ThermometerProxy).current, Future[float])
    assert_type(precise.proxy(PreciseProxy).heat(1.0, steps=2), Future[bool])
    assert_type(precise.proxy(PreciseProxy).calibrate(), Future[int])
    assert_type(precise.proxy(PreciseProxy).gauge.reset(), Future[None])
    assert_type(Structural.start().proxy(ThermometerProxy).current, Future[float])
    assert_type(Simulated.start(20.0).proxy(ThermostatProxy).heat(1.0), Future[bool])
    thermometer: ThermometerProxy = simulated.proxy(ThermostatProxy)
    thermostat: ThermostatProxy = precise.proxy(PreciseProxy)
    reference: ActorRef[Thermometer] = precise
    print(thermometer, thermostat, reference)


def parts() -> None:
    assert_type(Panel.start(Dial()).proxy(PanelProxy).gauge.level(1), Future[float])
