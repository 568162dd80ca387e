from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, assert_type

from proxies_312.type_parameters import BoxProxy, ReaderProxy, SourceProxy, WordsProxy

if TYPE_CHECKING:
    from actors_312.type_parameters import Box, Reader, Words
    from proxies_312.type_parameters import MethodsProxy, PairsProxy
    from typedactors import ActorRef, Future


def count(number: int, text: str) -> float:
    return number + len(text)


def methods(proxy: MethodsProxy, text: str, numbers: list[int]) -> None:
    assert_type(proxy.echo(text), Future[str])
    assert_type(proxy.longest(numbers, numbers), Future[list[int]])
    assert_type(proxy.add(Decimal(1), Decimal(2)), Future[Decimal])
    assert_type(proxy.run(count, 1, text="x"), Future[float])
    assert_type(proxy.gather(text, numbers), Future[tuple[str, list[int]]])
    assert_type(proxy.load(text, count=2), Future[list[str]])
    proxy.run.defer(count, 1, "x")
    proxy.add.defer(Decimal(1), Decimal(2))


def generic(box: BoxProxy[bytes, bool], text: str, words: ActorRef[Words], ref: ActorRef[Box[bytes, int]]) -> None:
    assert_type(box.content, Future[bytes])
    assert_type(box.swap(b"", text), Future[tuple[bytes, str]])
    assert_type(words.proxy(WordsProxy).longest(), Future[str])
    assert_type(words.proxy(WordsProxy).content, Future[str])
    assert_type(ref.proxy(BoxProxy[bytes, int]).content, Future[bytes])
    box.content = b""


def protocols(ref: ActorRef[Reader[bytes]]) -> None:
    assert_type(ref.proxy(ReaderProxy[bytes]).read(), Future[bytes])
    assert_type(ref.proxy(SourceProxy[bytes]).read(), Future[bytes])


def variables_of_one_name(pairs: PairsProxy[int], text: str) -> None:
    assert_type(pairs.pair(1, text), Future[tuple[int, str]])
    pairs.pair.defer(1, text)
