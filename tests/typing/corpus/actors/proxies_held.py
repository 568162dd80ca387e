"""Actors that hold other actors' generated proxies, and proxies of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typedactors import ActorRef, Future, ThreadingActor

if TYPE_CHECKING:
    from proxies.proxies_held import PingProxy, PongProxy


class Ping(ThreadingActor):
    def __init__(self, pong: PongProxy) -> None:
        super().__init__()
        self.pong = pong
        self.count = pong.count.get()
        self.answers = [pong.play(1)]

    def play(self, ball: int) -> Future[str]:
        return self.pong.play(ball)

    def partner(self) -> PongProxy:
        return self.pong

    def again(self, other: PingProxy | None = None) -> list[PingProxy]:
        return [other] if other is not None else []

    def ref(self) -> ActorRef[Ping]:
        return self.actor_ref


class Pong(ThreadingActor):
    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.known: dict[str, PingProxy] = {}

    def on_start(self) -> None:
        from proxies.proxies_held import PongProxy

        self.own = self.actor_ref.proxy(PongProxy)

    def play(self, ball: int) -> str:
        return str(ball)

    def meet(self, ping: PingProxy) -> int:
        return ping.count.get()
