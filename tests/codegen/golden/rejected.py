"""Wrong uses: both checkers must reject each line that is marked, and no other."""

from __future__ import annotations

from pathlib import Path

from fields.actors import Store
from fields.proxies import StoreProxy
from generics.actors import Counts
from generics.proxies import CountsProxy
from inheritance.actors import Base
from inheritance.proxies import BaseProxy, MiddleProxy
from methods.actors import Calculator
from methods.proxies import CalculatorProxy
from parts.actors import Player
from parts.proxies import PlayerProxy
from protocols.actors import RealThermostat
from protocols.proxies import ObserverProxy

Base.start().proxy(MiddleProxy)  # error
MiddleProxy(Base.start())  # error
RealThermostat.start().proxy(ObserverProxy)  # error

store = Store.start(Path()).proxy(StoreProxy)
store.size = 3  # error
store.LIMIT = 3  # error
store.VERSION = "2"  # error
store.count = "x"  # error
store.cuont.get()  # error
store.actor_ref = Store.start(Path())  # error

base = Base.start().proxy(BaseProxy)
base.work("x")  # error
base.work.defer("x")  # error
base.work.defer(1).get()  # error
base.work(1).get().upper()  # error

calculator = Calculator.start().proxy(CalculatorProxy)
calculator.add(number=1)  # error
calculator.find(b"")  # error
calculator.fetch("x").get().upper().encode()  # error
calculator.list = None  # error

player = Player.start().proxy(PlayerProxy)
player.settings.volume.raise_by("x")  # error
player.settings.volume.level = "x"  # error
player.settings = player.settings  # error
player.settings.volume.missing.get()  # error

Counts.start().proxy(CountsProxy).put(1, 1)  # error
