from __future__ import annotations

from typing import TYPE_CHECKING

from proxies_312.type_parameters import BoxProxy, SourceProxy, WordsProxy

if TYPE_CHECKING:
    from actors_312.type_parameters import Box, Reader
    from proxies_312.type_parameters import MethodsProxy, PairsProxy
    from typedactors import ActorRef


def count(number: int, text: str) -> float:
    return number + len(text)


def methods(proxy: MethodsProxy) -> None:
    proxy.echo(1).get().upper()  # error: an int, not a str
    proxy.longest(1, 2)  # error: outside the bound
    proxy.add("x", "y")  # error: not among the constraints
    proxy.run(count, "x")  # error: not the function's parameters
    proxy.run(count, 1, txet="x")  # error: misspelt keyword of the function
    proxy.gather(1).get()[0].upper()  # error: an int, not a str
    proxy.load(1, count="x")  # error: a str for an int
    proxy.run.defer(count, "x")  # error: not the function's parameters


def generic(box: BoxProxy[bytes, bool], words: WordsProxy, ref: ActorRef[Box[bytes, int]]) -> None:
    box.content = 1  # error: an int for bytes
    box.swap(1, 1)  # error: an int for bytes
    box.swap.defer(1, 1)  # error: an int for bytes
    words.content = 1  # error: an int for a str
    ref.proxy(WordsProxy)  # error: not that actor
    ref.proxy(BoxProxy[str, int])  # error: another type


def protocols(ref: ActorRef[Reader[bytes]]) -> None:
    ref.proxy(SourceProxy[str])  # error: another type


def variables_of_one_name(pairs: PairsProxy[int]) -> None:
    pairs.pair("x", "y")  # error: a str for an int
    pairs.pair(1, "y").get()[1].real  # error: a str, not an int
