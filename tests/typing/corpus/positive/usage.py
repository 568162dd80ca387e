from __future__ import annotations

from typing import Any, assert_type

from actors.usage import Bare, Counter, Heir, Other
from proxies.usage import BareProxy, CounterProxy, HeirProxy, OtherProxy
from typedactors import ActorRef, DynamicProxy, Future, get_all, start


def longest(found: str, item: str) -> str:
    return max(found, item, key=len)


def add_length(found: int, item: str) -> int:
    return found + len(item)


def starting(kind: type[Counter]) -> None:
    assert_type(Counter.start(), ActorRef[Counter])
    assert_type(Counter.start(2, name="x"), ActorRef[Counter])
    assert_type(Counter.start(step=2), ActorRef[Counter])
    assert_type(Heir.start(2), ActorRef[Heir])
    assert_type(Bare.start(), ActorRef[Bare])
    assert_type(Other.start("x", 1, 2, a=1.0), ActorRef[Other])
    assert_type(kind.start(2), ActorRef[Counter])
    assert_type(start(kind, 2), ActorRef[Counter])
    assert_type(start(Counter, 2, name="x"), ActorRef[Counter])


def making_proxies(ref: ActorRef[Counter], heir: ActorRef[Heir], bare: ActorRef[Bare], other: ActorRef[Other]) -> None:
    assert_type(ref.proxy(CounterProxy), CounterProxy)
    assert_type(heir.proxy(CounterProxy), CounterProxy)
    assert_type(heir.proxy(HeirProxy), HeirProxy)
    assert_type(CounterProxy(ref), CounterProxy)
    assert_type(HeirProxy(actor_ref=heir), HeirProxy)
    assert_type(ref.proxy(), DynamicProxy[Counter])
    assert_type(bare.proxy(BareProxy).stop(), Future[None])
    assert_type(other.proxy(OtherProxy).count, Future[int])
    assert_type(Counter.start(1).proxy(CounterProxy).add(1).get(), int)
    assert_type(ref.proxy(CounterProxy).actor_ref, ActorRef[Counter])


def members(proxy: CounterProxy) -> None:
    assert_type(proxy.step, Future[int])
    assert_type(proxy.step.get(timeout=1.0), int)
    assert_type(proxy.add(by=1), Future[int])
    assert_type(proxy.stop(), Future[None])
    assert_type(proxy.actor_urn.get(), str)
    assert_type(proxy.on_receive("x"), Future[Any])
    proxy.step = 2
    proxy.limit = 3
    proxy.add.defer(1)
    proxy.add.defer(by=1)
    proxy.stop.defer()


async def awaiting(proxy: CounterProxy) -> None:
    assert_type(await proxy.step, int)
    assert_type(await proxy.add(1), int)
    assert_type(await proxy.items(), list[str])
    assert_type(await proxy.items().map(len), int)


def combining(proxy: CounterProxy, proxies: list[CounterProxy]) -> None:
    assert_type(get_all([proxy.add(1), proxy.step]), list[int])
    assert_type(get_all(each.add(1) for each in proxies), list[int])
    assert_type(get_all((each.items() for each in proxies), timeout=1.0), list[list[str]])
    assert_type(proxy.add(1).map(str), Future[str])
    assert_type(proxy.items().map(lambda items: items[0]), Future[str])
    assert_type(proxy.items().filter(lambda item: item.isdigit()), Future[list[str]])
    assert_type(proxy.items().filter(str.isdigit).map(len).get(), int)
    assert_type(proxy.items().reduce(longest), Future[str])
    assert_type(proxy.items().reduce(add_length, 0), Future[int])
    assert_type(proxy.add(1).join(proxy.add(2), proxy.step), Future[list[int]])
    assert_type(proxy.add(1).join(proxy.step).get(), list[int])


def mixed(proxy: CounterProxy) -> None:
    assert_type(proxy.add(1).join(proxy.items()), Future[list[int | list[str]]])
    assert_type(proxy.add(1).join(proxy.items(), proxy.actor_urn), Future[list[int | list[str] | str]])
    values: list[int | list[str]] = get_all([proxy.add(1), proxy.items()])
    print(values)


def stopping(ref: ActorRef[Counter]) -> None:
    assert_type(ref.stop(), bool)
    assert_type(ref.stop(timeout=1.0), bool)
    assert_type(ref.stop(block=False), Future[bool])
    assert_type(ref.actor_class, type[Counter])
    assert_type(ref.is_alive(), bool)
