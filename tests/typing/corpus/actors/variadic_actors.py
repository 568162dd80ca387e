"""Actors that are generic in a list of parameters, or in a number of types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, Generic, ParamSpec, TypeVar, TypeVarTuple

from typedactors import ThreadingActor

P = ParamSpec("P")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Task(ThreadingActor, Generic[P, T]):
    def __init__(self, function: Callable[P, T]) -> None:
        super().__init__()
        self.function = function

    def run(self, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.function(*args, **kwargs)

    def replace(self, function: Callable[P, T]) -> Callable[P, list[T]]:
        raise NotImplementedError

    def extend(self, function: Callable[Concatenate[int, P], T]) -> None: ...


class Row(ThreadingActor, Generic[*Ts]):
    def __init__(self, *cells: *Ts) -> None:
        super().__init__()
        self.cells = cells

    def replace(self, *cells: *Ts) -> tuple[*Ts]:
        return cells

    def apply(self, function: Callable[[*Ts], T]) -> T:
        return function(*self.cells)

    def with_key(self, key: int, cells: tuple[*Ts]) -> tuple[int, *Ts]:
        return key, *cells


class Pair(Row[int, str]):
    def swapped(self) -> tuple[str, int]:
        return "", 1
