from __future__ import annotations

from typing import TYPE_CHECKING

from actors.protocols import Panel, Simulated
from proxies.protocols import PreciseProxy, ThermometerProxy, ThermostatProxy

if TYPE_CHECKING:
    from actors.protocols import Structural, Thermometer, Thermostat
    from proxies.protocols import PanelProxy
    from typedactors import ActorRef


def of_protocol(proxy: ThermostatProxy) -> None:
    proxy.current = 1.0  # error: assignment to a read-only property
    proxy.target = "x"  # error: a str for a float
    proxy.heat("x")  # error: a str for a float
    proxy.heat(1.0, steps=2)  # error: only an implementation takes it
    proxy.calibrate()  # error: only an implementation has it
    proxy.history("x")  # error: no overload takes a str
    proxy.gauge.reset()  # error: only an implementation has it
    proxy.gauge.level("x")  # error: a str for an int
    proxy.heat.defer("x")  # error: a str for a float


def implementations(simulated: ActorRef[Simulated], other: ActorRef[Structural], protocol: ActorRef[Thermostat]) -> None:
    other.proxy(ThermostatProxy)  # error: it does not implement the protocol
    simulated.proxy(PreciseProxy)  # error: not that actor
    protocol.proxy(PreciseProxy)  # error: the protocol is not the implementation
    ThermostatProxy(other)  # error: it does not implement the protocol
    reference: ActorRef[Simulated] = protocol  # error: the protocol is not the implementation
    print(reference)


def wider(ref: ActorRef[Thermometer], proxy: PanelProxy) -> None:
    ref.proxy(ThermostatProxy)  # error: the base protocol has less
    ref.proxy(ThermometerProxy).target  # error: unknown member
    proxy.gauge.reset()  # error: the protocol does not have it
    Panel.start(1)  # error: an int for a Gauge
    Simulated.start("x")  # error: a str for a float
