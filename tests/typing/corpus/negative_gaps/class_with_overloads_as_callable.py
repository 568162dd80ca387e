"""A class whose constructor has overloads, taken for a `Callable[P, T]`."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, overload

P = ParamSpec("P")
T = TypeVar("T")


class Base:
    @classmethod
    def make(cls: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return cls(*args, **kwargs)


class Overloaded(Base):
    @overload
    def __init__(self, size: int, /) -> None: ...
    @overload
    def __init__(self, name: str, /, *, exact: bool) -> None: ...
    def __init__(self, given: int | str, /, *, exact: bool = False) -> None:
        self.given = given


def call(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    return function(*args, **kwargs)


Overloaded.make(1)
Overloaded.make("x", exact=True)  # false alarm
Overloaded.make(b"")  # silent
call(Overloaded, 1)
call(Overloaded, "x", exact=True)
call(Overloaded, b"")  # silent
