from __future__ import annotations

from typing import TYPE_CHECKING

from actors.proxies_held import Ping, Pong
from proxies.proxies_held import PongProxy

if TYPE_CHECKING:
    from proxies.proxies_held import PingProxy


def calls(ping: PingProxy, pong: PongProxy) -> None:
    ping.pong.play(1)  # error: a future of the proxy, not the proxy
    ping.pong.get().play("x")  # error: a str for an int
    ping.partner().get().paly(1)  # error: unknown member
    ping.again(pong)  # error: another actor's proxy
    ping.play(1).get().upper()  # error: a future, not a str
    pong.meet(pong)  # error: another actor's proxy
    pong.meet.defer(pong)  # error: another actor's proxy
    pong.own = ping  # error: another actor's proxy
    pong.known = {"x": pong}  # error: another actor's proxies


def starting(ping: PingProxy) -> None:
    Ping.start()  # error: an argument is missing
    Ping.start(ping)  # error: another actor's proxy
    Pong.start(1)  # error: too many arguments
    ping.actor_ref.proxy(PongProxy)  # error: not that actor
