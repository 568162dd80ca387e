from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

from actors.constructors import Calling, Heir, Holding, HoldingText, Keywords, OfAnyType, Overloaded
from proxies.constructors import HoldingProxy, HoldingTextProxy, OverloadedProxy
from typedactors import ActorRef, start

if TYPE_CHECKING:
    from typedactors import Future


def measure(text: str, *, times: int = 1) -> int:
    return len(text) * times


def by_method() -> None:
    assert_type(Overloaded.start(1), ActorRef[Overloaded])
    assert_type(Overloaded.start("x", exact=True), ActorRef[Overloaded])
    assert_type(Keywords.start("x"), ActorRef[Keywords])
    assert_type(Keywords.start("x", width=1), ActorRef[Keywords])
    assert_type(OfAnyType.start(1, [2]), ActorRef[OfAnyType])
    assert_type(HoldingText.start("x", times=2), ActorRef[HoldingText])
    assert_type(HoldingText.start("x").proxy(HoldingTextProxy).things, Future[list[str]])
    assert_type(Heir.start(1, 2, 3), ActorRef[Heir])


def by_function() -> None:
    assert_type(start(Overloaded, 1), ActorRef[Overloaded])
    assert_type(start(Overloaded, "x", exact=True), ActorRef[Overloaded])
    assert_type(start(Overloaded, "x", exact=True).proxy(OverloadedProxy).size, Future[int])
    assert_type(start(Keywords, "x", width=1), ActorRef[Keywords])
    assert_type(start(OfAnyType, 1, [2]), ActorRef[OfAnyType])
    assert_type(start(Calling, measure, "x", times=2), ActorRef[Calling])
    assert_type(start(Holding[bytes], b"x", times=2), ActorRef[Holding[bytes]])
    assert_type(start(Holding[bytes], b"x").proxy(HoldingProxy[bytes]).things, Future[list[bytes]])
    assert_type(start(Heir, 1, 2), ActorRef[Heir])
