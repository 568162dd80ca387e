"""Two implementations, one display, and actors that mention their own proxies."""

from __future__ import annotations

from protocols.proxies import ObserverProxy, ThermostatProxy
from protocols.thermostat import Named, Observer, Thermostat
from typedactors import ActorRef, ThreadingActor


class SimulatedThermostat(ThreadingActor, Thermostat):
    def __init__(self, start: float) -> None:
        super().__init__()
        self.target = start
        self._observers: list[ObserverProxy] = []

    @property
    def current(self) -> float:
        return self.target

    def watch(self, observer: ActorRef[Observer]) -> None:
        self._observers.append(observer.proxy(ObserverProxy))


class RealThermostat(ThreadingActor, Thermostat):
    def __init__(self) -> None:
        super().__init__()
        self.target = 20.0

    @property
    def current(self) -> float:
        return 19.5

    def watch(self, observer: ActorRef[Observer]) -> None:
        pass

    def calibrate(self, offset: float = 0.0) -> bool:
        return offset == 0.0


class Display(ThreadingActor, Observer, Named):
    name = "display"

    def __init__(self, thermostat: ThermostatProxy) -> None:
        super().__init__()
        self.thermostat = thermostat
        # Inferred through a generated proxy.
        self.shown = thermostat.current.get()

    def changed(self, temperature: float) -> None:
        self.shown = temperature
