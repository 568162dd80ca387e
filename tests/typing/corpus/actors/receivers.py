"""Methods whose ``self`` has a type: each actor has those that can be called on it."""

from __future__ import annotations

from typing import Any, Generic, Protocol, TypeVar, overload

from typedactors import ThreadingActor

T = TypeVar("T")


class Named(Protocol):
    @property
    def name(self) -> str: ...


class Greeting(ThreadingActor):
    def greet(self: Named, other: str = "") -> str:
        return self.name + other

    def part(self) -> int:
        return 1


class Known(Greeting):
    name = "x"


class _Bag(ThreadingActor, Generic[T]):
    def __init__(self, *items: T) -> None:
        super().__init__()
        self.items = items

    def total(self: _Bag[int], start: int = 0) -> int:
        return sum(self.items, start)

    @property
    def longest(self: _Bag[str]) -> str:
        return max(self.items, key=len)

    @overload
    def joined(self: _Bag[str], separator: str = "") -> str: ...
    @overload
    def joined(self: _Bag[bytes], separator: bytes = b"") -> bytes: ...
    def joined(self: _Bag[str] | _Bag[bytes], separator: Any = None) -> Any:
        return separator.join(self.items)

    @overload
    def at(self: _Bag[int], index: int, times: int = 1) -> int: ...
    @overload
    def at(self, index: int) -> T: ...
    def at(self, index: int, times: int = 1) -> Any:
        return self.items[index]

    def first(self: _Bag[T]) -> T:
        return self.items[0]


class Texts(_Bag[str]): ...


class Chunks(_Bag[bytes]): ...


class Numbers(_Bag[int]): ...
