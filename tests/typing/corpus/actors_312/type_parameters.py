"""The type parameters of Python 3.12: of methods, of classes, of protocols."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Protocol

from typedactors import ThreadingActor


class Source[T](Protocol):
    def read(self) -> T: ...


class Methods(ThreadingActor):
    def echo[T](self, value: T) -> T:
        return value

    def longest[S: Sequence[object]](self, left: S, right: S) -> S:
        return max(left, right, key=len)

    def add[N: (int, Decimal)](self, left: N, right: N) -> N:
        return left + right

    def run[**P, R](self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    def gather[*Ts](self, *values: *Ts) -> tuple[*Ts]:
        return values

    async def load[T](self, value: T, count: int = 1) -> list[T]:
        return [value] * count


class Box[T, K: int](ThreadingActor):
    def __init__(self, content: T) -> None:
        super().__init__()
        self.content = content

    def swap[U](self, content: T, other: U, key: K | None = None) -> tuple[T, U]:
        return content, other


class Words(Box[str, bool]):
    def longest(self) -> str:
        return ""


class Reader[T](ThreadingActor, Source[T]):
    def __init__(self, value: T) -> None:
        super().__init__()
        self._value = value

    def read(self) -> T:
        return self._value


class Paired[A]:
    def pair[B](self, left: A, right: B) -> tuple[A, B]:
        return left, right


class Pairs[B](ThreadingActor, Paired[B]):
    """Gives its own variable the name of one that its base class's method has."""
