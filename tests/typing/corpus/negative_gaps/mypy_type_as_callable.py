from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Counter:
    def __init__(self, step: int) -> None:
        self.step = step


def call(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    return function(*args, **kwargs)


def use(kind: type[Counter]) -> None:
    call(kind, 2)
    call(kind, "x")  # silent
