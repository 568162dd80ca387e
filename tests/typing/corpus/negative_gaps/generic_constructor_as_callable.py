"""A class whose constructor alone has a type variable, taken for a `Callable[P, T]`."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S")


class Base:
    @classmethod
    def make(cls: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return cls(*args, **kwargs)


class OfAnyType(Base):
    def __init__(self, first: S, others: list[S]) -> None:
        self.count = len([first, *others])


OfAnyType.make(1, [2])  # false alarm
OfAnyType.make(1, 2)  # silent
