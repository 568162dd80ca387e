from __future__ import annotations

from typing import TYPE_CHECKING

from actors.variadic_actors import Pair
from proxies.variadic_actors import PairProxy, RowProxy, TaskProxy

if TYPE_CHECKING:
    from actors.variadic_actors import Row, Task
    from typedactors import ActorRef


def count(number: int, text: str) -> float:
    return number + len(text)


def parameters(proxy: TaskProxy[[int, str], float], ref: ActorRef[Task[[int, str], float]]) -> None:
    proxy.run("x")  # error: a str for an int
    proxy.run(1)  # error: an argument is missing
    proxy.function(1, 2)  # error: an int for a str
    proxy.replace(len)  # error: not those parameters
    proxy.extend(count)  # error: the first parameter is missing
    proxy.run.defer(1)  # error: an argument is missing
    ref.proxy(TaskProxy[[int], float])  # error: another list of parameters


def types(proxy: RowProxy[int, str], ref: ActorRef[Row[int, str]]) -> None:
    proxy.cells = ("x", 1)  # error: in the wrong order
    proxy.replace(1)  # error: an argument is missing
    proxy.replace("x", 1)  # error: in the wrong order
    proxy.apply(len)  # error: not those parameters
    proxy.replace.defer(1, 2)  # error: an int for a str
    ref.proxy(RowProxy[int])  # error: another number of types


def substituted(proxy: PairProxy, ref: ActorRef[Row[int, str]]) -> None:
    proxy.replace("x", 1)  # error: in the wrong order
    ref.proxy(PairProxy)  # error: not that actor
    Pair.start("x", 1)  # error: in the wrong order
