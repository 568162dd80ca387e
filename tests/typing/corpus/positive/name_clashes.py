from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

from actors.name_clashes import Counter, CounterProxy, NameClashes

if TYPE_CHECKING:
    import proxies.name_clashes as generated
    from typedactors import ActorRef, Future


def calls(proxy: generated.NameClashesProxy, text: str) -> None:
    assert_type(proxy.NameClashesProxy, Future[int])
    assert_type(proxy.ActorProxy, Future[str])
    assert_type(proxy.defer(1.0), Future[float])
    assert_type(proxy.get(), Future[CounterProxy])
    assert_type(proxy.value(text), Future[str])
    assert_type(proxy.cls(1, cls=2), Future[int])
    assert_type(proxy.cls(self_=1, cls=2), Future[int])
    assert_type(proxy.ActorRef(), Future[ActorRef[NameClashes]])
    assert_type(proxy.annotations(), Future[int])
    assert_type(proxy.tell("x"), Future[int])
    assert_type(proxy.ask(), Future[str])
    assert_type(proxy.proxy(), Future[bytes])
    assert_type(proxy.on_start(), Future[None])
    assert_type(proxy.stop(), Future[None])
    assert_type(proxy.actor_urn, Future[str])
    assert_type(proxy.actor_ref, ActorRef[NameClashes])
    proxy.NameClashesProxy = 1
    proxy.defer.defer(1.0)
    proxy.stop.defer()


def calls_of_others(counter: generated.CounterProxy, other: generated.Counter_addProxy) -> None:
    assert_type(counter.add(), Future[int])
    assert_type(counter.actor_ref, ActorRef[Counter])
    assert_type(other.call(), Future[str])
    assert_type(other.counters.size, Future[int])
