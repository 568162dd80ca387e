from __future__ import annotations

from typing import TYPE_CHECKING

from actors.packages.values import Mode, Reading
from proxies.packages.parts.heir import LedProxy as PartLedProxy
from proxies.packages.whole import HiddenProxy, LedProxy  # error: a private actor has no proxy

if TYPE_CHECKING:
    from actors.packages import Lamp
    from proxies.packages.whole import HubProxy
    from typedactors import ActorRef


def whole_package(hub: HubProxy, lamp: ActorRef[Lamp]) -> None:
    hub.leds = [1]  # error: ints for actors
    hub.read(1)  # error: an int for a Mode
    hub.read(mdoe=Mode.ON)  # error: misspelt keyword
    hub.read().get().vlaue  # error: unknown attribute of the value
    lamp.proxy(LedProxy)  # error: not that actor


def several_outputs(lamp: ActorRef[Lamp], proxy: PartLedProxy) -> None:
    lamp.proxy(PartLedProxy)  # error: not that actor
    proxy.shine(1)  # error: an int for a Reading
    proxy.shine.defer(Mode.ON)  # error: a Mode for a Reading
    proxy.color(Reading(1.0))  # error: a Reading for a Mode
