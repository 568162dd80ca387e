"""A generic actor, and one that fixes its types."""

from __future__ import annotations

from typing import Generic, TypeVar

from typedactors import ThreadingActor

K = TypeVar("K")
V = TypeVar("V", bound="int | str")
T = TypeVar("T")


class Cache(ThreadingActor, Generic[K, V]):
    def __init__(self) -> None:
        super().__init__()
        self.items: dict[K, V] = {}

    def put(self, key: K, value: V) -> V:
        self.items[key] = value
        return value

    def swap(self, key: K, other: T) -> tuple[V, T]:
        return self.items[key], other

    def size(self) -> int:
        return len(self.items)


class Counts(Cache[str, int]):
    def put(self, key: str, value: int) -> int:
        return super().put(key, value) + 1
