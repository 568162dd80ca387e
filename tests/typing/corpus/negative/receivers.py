from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proxies.receivers import ChunksProxy, GreetingProxy, KnownProxy, NumbersProxy, TextsProxy


def some(texts: TextsProxy, chunks: ChunksProxy, numbers: NumbersProxy) -> None:
    texts.total()  # error: for numbers alone
    chunks.total.defer(1)  # error: for numbers alone
    texts.joined(b"x")  # error: bytes for a str
    chunks.joined("x")  # error: a str for bytes
    chunks.joined.defer("x")  # error: a str for bytes
    numbers.joined()  # error: for texts and for chunks alone
    numbers.longest  # error: for texts alone
    numbers.total("x")  # error: a str for an int


def every(texts: TextsProxy, numbers: NumbersProxy) -> None:
    texts.at(1, 2)  # error: the number of times is for numbers
    numbers.at("x")  # error: a str for an int
    texts.first(1)  # error: takes nothing


def protocols(greeting: GreetingProxy, known: KnownProxy) -> None:
    greeting.greet()  # error: it has no name
    known.greet(1)  # error: an int for a str
