from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

from actors.proxies_held import Ping, Pong
from proxies.proxies_held import PingProxy, PongProxy

if TYPE_CHECKING:
    from typedactors import ActorRef, Future


def calls(ping: PingProxy, pong: PongProxy) -> None:
    assert_type(ping.count, Future[int])
    assert_type(ping.answers, Future[list[Future[str]]])
    assert_type(ping.play(1), Future[Future[str]])
    assert_type(ping.partner(), Future[PongProxy])
    assert_type(ping.partner().get().play(1), Future[str])
    assert_type(ping.pong, Future[PongProxy])
    assert_type(ping.pong.get().count, Future[int])
    assert_type(ping.again(ping), Future[list[PingProxy]])
    assert_type(ping.ref().get().proxy(PingProxy), PingProxy)
    assert_type(pong.known, Future[dict[str, PingProxy]])
    assert_type(pong.own, Future[PongProxy])
    assert_type(pong.own.get().play(1), Future[str])
    assert_type(pong.meet(ping), Future[int])
    pong.meet.defer(ping)


def starting() -> None:
    pong = Pong.start().proxy(PongProxy)
    assert_type(Ping.start(pong), ActorRef[Ping])
