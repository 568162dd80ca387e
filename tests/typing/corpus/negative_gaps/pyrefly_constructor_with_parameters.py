"""A class whose constructor has a ParamSpec, taken for a `Callable[P, T]`."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
Q = ParamSpec("Q")
T = TypeVar("T")


class Calling:
    def __init__(self, function: Callable[Q, int], *args: Q.args, **kwargs: Q.kwargs) -> None:
        self.result = function(*args, **kwargs)


def call(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    return function(*args, **kwargs)


def measure(text: str) -> int:
    return len(text)


call(Calling, measure, "x")
call(Calling, measure, 1)  # silent
