from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

from actors.variadic_actors import Pair
from proxies.variadic_actors import PairProxy, RowProxy, TaskProxy

if TYPE_CHECKING:
    from actors.variadic_actors import Row, Task
    from typedactors import ActorRef, Future


def count(number: int, text: str) -> float:
    return number + len(text)


def count_more(more: int, number: int, text: str) -> float:
    return more + number + len(text)


def parameters(proxy: TaskProxy[[int, str], float], ref: ActorRef[Task[[int, str], float]]) -> None:
    assert_type(proxy.run(1, "x"), Future[float])
    assert_type(proxy.function(1, "x"), Future[float])
    assert_type(proxy.replace(count).get()(1, "x"), list[float])
    assert_type(proxy.extend(count_more), Future[None])
    assert_type(ref.proxy(TaskProxy[[int, str], float]).run(1, ""), Future[float])
    assert_type(proxy.actor_ref, ActorRef[Task[[int, str], float]])
    proxy.run.defer(1, "x")


def types(proxy: RowProxy[int, str], ref: ActorRef[Row[int, str]]) -> None:
    assert_type(proxy.cells, Future[tuple[int, str]])
    assert_type(proxy.replace(1, "x"), Future[tuple[int, str]])
    assert_type(proxy.apply(count), Future[float])
    assert_type(proxy.with_key(1, (2, "x")), Future[tuple[int, int, str]])
    assert_type(ref.proxy(RowProxy[int, str]).cells, Future[tuple[int, str]])
    proxy.cells = (1, "x")
    proxy.replace.defer(1, "x")


def substituted(proxy: PairProxy) -> None:
    assert_type(proxy.cells, Future[tuple[int, str]])
    assert_type(proxy.replace(1, "x"), Future[tuple[int, str]])
    assert_type(proxy.swapped(), Future[tuple[str, int]])
    assert_type(Pair.start(1, "x").proxy(PairProxy), PairProxy)
