from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from proxies.receivers import ChunksProxy, GreetingProxy, KnownProxy, NumbersProxy, TextsProxy
    from typedactors import Future


def some(texts: TextsProxy, chunks: ChunksProxy, numbers: NumbersProxy) -> None:
    assert_type(texts.joined("x"), Future[str])
    assert_type(texts.joined(), Future[str])
    assert_type(chunks.joined(), Future[bytes])
    assert_type(chunks.joined(separator=b"x"), Future[bytes])
    chunks.joined.defer(b"x")
    assert_type(texts.longest, Future[str])
    assert_type(numbers.total(start=1), Future[int])


def every(texts: TextsProxy, chunks: ChunksProxy, numbers: NumbersProxy) -> None:
    assert_type(texts.at(1), Future[str])
    assert_type(chunks.at(1), Future[bytes])
    assert_type(numbers.at(1, times=2), Future[int])
    assert_type(texts.first(), Future[str])
    assert_type(numbers.first(), Future[int])


def protocols(greeting: GreetingProxy, known: KnownProxy) -> None:
    assert_type(greeting.part(), Future[int])
    assert_type(known.greet("x"), Future[str])
    assert_type(known.part(), Future[int])
