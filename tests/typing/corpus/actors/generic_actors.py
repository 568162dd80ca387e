"""Generic actors, generic protocols, and bases whose type variables are given."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar

from typedactors import ThreadingActor

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Number = TypeVar("Number", int, float)


class Source(Protocol[T_co]):
    def read(self) -> T_co: ...

    @property
    def last(self) -> T_co | None: ...


class Cache(ThreadingActor, Generic[K, V]):
    """Keeps values."""

    def __init__(self, key: K, value: V) -> None:
        super().__init__()
        self.items: dict[K, V] = {key: value}
        self.latest = value

    def put(self, key: K, value: V) -> V:
        """Put it."""
        return value

    def swap(self, key: K, other: T) -> tuple[V, T]:
        return self.items[key], other

    def size(self) -> int:
        return 0

    def compute(self, function: Callable[[V], T]) -> dict[K, T]:
        return {key: function(value) for key, value in self.items.items()}

    @property
    def keys(self) -> list[K]:
        return []


class Counts(Cache[str, int]):
    def total(self) -> int:
        return 0


class Named(Cache[str, V]):
    def find(self, key: str) -> V | None:
        return self.items.get(key)


class Nested(Named[list[V]], Generic[V, T]):
    def other(self, value: T) -> tuple[V, T] | None:
        return None


class Sum(ThreadingActor, Generic[Number]):
    def add(self, value: Number) -> Number:
        return value


class Reader(ThreadingActor, Source[bytes]):
    def read(self) -> bytes:
        return b""

    @property
    def last(self) -> bytes | None:
        return None


class AnyReader(ThreadingActor, Source[T], Generic[T]):
    def __init__(self, value: T) -> None:
        super().__init__()
        self._value = value

    def read(self) -> T:
        return self._value

    @property
    def last(self) -> T | None:
        return None
