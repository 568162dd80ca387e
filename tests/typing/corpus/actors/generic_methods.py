"""Methods with type variables of their own, and callbacks that they take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import AnyStr, Concatenate, ParamSpec, TypeVar, TypeVarTuple

from typedactors import ThreadingActor

T = TypeVar("T")
K = TypeVar("K")
Bounded = TypeVar("Bounded", bound=Sequence[object])
Number = TypeVar("Number", int, Decimal)
P = ParamSpec("P")
Ts = TypeVarTuple("Ts")


class GenericMethods(ThreadingActor):
    def echo(self, value: T) -> T:
        return value

    def pair(self, key: K, value: T, *, swapped: bool = False) -> tuple[K, T]:
        return key, value

    def first_of(self, values: Iterable[T], default: T | None = None) -> T | None:
        return next(iter(values), default)

    def longest(self, left: Bounded, right: Bounded) -> Bounded:
        return max(left, right, key=len)

    def add(self, left: Number, right: Number) -> Number:
        return left + right

    def join(self, left: AnyStr, right: AnyStr) -> AnyStr:
        return left + right

    def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs)

    def run_here(self, function: Callable[Concatenate[int, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return function(1, *args, **kwargs)

    def gather(self, *values: *Ts) -> tuple[*Ts]:
        return values

    def spread(self, function: Callable[[*Ts], T], values: tuple[*Ts]) -> T:
        return function(*values)

    def identity_of(self, kind: type[T]) -> T:
        return kind()

    def decorate(self, function: Callable[P, T]) -> Callable[P, list[T]]:
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> list[T]:
            return [function(*args, **kwargs)]

        return wrapper
