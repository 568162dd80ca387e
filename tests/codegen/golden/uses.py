"""The proxies in use: both checkers must see exactly these types."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import assert_type

from fields.actors import Store
from fields.proxies import StoreProxy
from generics.actors import Counts
from generics.proxies import CountsProxy
from inheritance.actors import Base, Leaf
from inheritance.more import Further
from inheritance.more_proxies import FurtherProxy
from inheritance.proxies import BaseProxy, LeafProxy
from methods.actors import Calculator, Mode
from methods.proxies import CalculatorProxy
from parts.actors import Player
from parts.proxies import PlayerProxy
from protocols.actors import Display, RealThermostat, SimulatedThermostat
from protocols.proxies import DisplayProxy, NamedProxy, ObserverProxy, RealThermostatProxy, ThermostatProxy

from typedactors import ActorRef, Future


def methods() -> None:
    calculator = Calculator.start().proxy(CalculatorProxy)
    assert_type(calculator, CalculatorProxy)
    assert_type(calculator.add(1, 2, scale=2.0, name="x"), Future[int])
    assert_type(calculator.add.defer(1), None)
    assert_type(calculator.configure(Mode.SLOW, limit=None), Future[None])
    assert_type(calculator.apply(str.upper, "a"), Future[str])
    assert_type(calculator.list([Decimal(1)]), Future[set[Decimal]])
    assert_type(calculator.find(1), Future[str])
    assert_type(calculator.find("a"), Future[int])
    assert_type(calculator.fetch("x"), Future[bytes])
    assert_type(calculator.later(), Future[Future[int]])
    assert_type(calculator.version(), Future[str])


def fields() -> None:
    store = Store.start(Path()).proxy(StoreProxy)
    assert_type(store.count, Future[int])
    assert_type(store.folder, Future[Path])
    assert_type(store.items, Future[dict[str, list[int]]])
    assert_type(store.size, Future[int])
    store.count = 3
    store.title = "x"
    store.property_ = b""


def parts() -> None:
    player = Player.start().proxy(PlayerProxy)
    assert_type(player.settings.volume.level, Future[int])
    assert_type(player.settings.volume.raise_by(1), Future[int])
    assert_type(player.own_settings.dark, Future[bool])
    assert_type(player.library.browse(), Future[list[str]])
    player.settings.volume.level = 3


def inheritance(leaf: ActorRef[Leaf]) -> None:
    proxy = leaf.proxy(LeafProxy)
    assert_type(proxy.work(1, twice=True), Future[int])
    assert_type(proxy.greet(), Future[str])
    assert_type(proxy.ping(), Future[float])
    assert_type(proxy.actor_ref, ActorRef[Leaf])
    base(proxy)
    further = Further.start().proxy(FurtherProxy)
    assert_type(further.go(Leaf()), Future[Leaf])
    assert_type(further.extra, Future[str])


def base(proxy: BaseProxy) -> None:
    assert_type(proxy.work(1), Future[float])
    assert_type(proxy.actor_ref, ActorRef[Base])


def named(proxy: NamedProxy) -> None:
    assert_type(proxy.name, Future[str])


def observer(proxy: ObserverProxy) -> None:
    assert_type(proxy.changed(1.0), Future[None])


def protocols() -> None:
    simulated = SimulatedThermostat.start(20.0)
    for ref in (simulated, RealThermostat.start()):
        thermostat = ref.proxy(ThermostatProxy)
        assert_type(thermostat.current, Future[float])
        display = Display.start(thermostat)
        assert_type(thermostat.watch(display), Future[None])
        assert_type(display.proxy(DisplayProxy).shown, Future[float])
        assert_type(display.proxy(DisplayProxy).actor_ref, ActorRef[Display])
        # One actor, two Protocols: its proxy is a proxy for both, and so is its ref.
        named(display.proxy(DisplayProxy))
        observer(display.proxy(DisplayProxy))
        named(display.proxy(NamedProxy))
        observer(display.proxy(ObserverProxy))
    real = RealThermostat.start().proxy(RealThermostatProxy)
    assert_type(real.calibrate(), Future[bool])


def generics() -> None:
    counts = Counts.start().proxy(CountsProxy)
    assert_type(counts.put("a", 1), Future[int])
    assert_type(counts.swap("a", b""), Future[tuple[int, bytes]])
    assert_type(counts.items, Future[dict[str, int]])
