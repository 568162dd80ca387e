from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

from actors.packages.values import Mode, Reading
from proxies.packages.parts.base import LampProxy as PartLampProxy
from proxies.packages.parts.heir import LedProxy as PartLedProxy
from proxies.packages.whole import LampProxy, LedProxy

if TYPE_CHECKING:
    from actors.packages import Lamp
    from actors.packages.devices.lamps.led import Led
    from proxies.packages.whole import HubProxy, ReaderProxy
    from typedactors import ActorRef, Future


def whole_package(hub: HubProxy, reader: ReaderProxy, lamp: ActorRef[Lamp], led: ActorRef[Led]) -> None:
    assert_type(hub.leds, Future[list[Led]])
    assert_type(hub.read(), Future[Reading])
    assert_type(hub.read(mode=Mode.OFF), Future[Reading])
    assert_type(reader.latest(), Future[list[Reading]])
    assert_type(lamp.proxy(LampProxy).shine(Reading(1.0)), Future[bool])
    assert_type(led.proxy(LedProxy).color(Mode.ON), Future[tuple[Reading, str]])
    assert_type(led.proxy(LedProxy).shine(Reading(1.0)), Future[bool])
    base: LampProxy = led.proxy(LedProxy)
    print(base)


def several_outputs(led: ActorRef[Led]) -> None:
    assert_type(led.proxy(PartLedProxy).color(Mode.ON), Future[tuple[Reading, str]])
    # The base proxies of an output are those of the first output that has them.
    base: LampProxy = led.proxy(PartLedProxy)
    base.shine.defer(Reading(1.0))
    assert_type(led.proxy(PartLampProxy).shine(Reading(1.0)), Future[bool])
