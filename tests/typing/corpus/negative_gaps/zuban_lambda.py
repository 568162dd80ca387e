from collections.abc import Callable
from typing import TypeVar, assert_type

T = TypeVar("T")


def apply(function: Callable[[int], T]) -> T:
    return function(1)


assert_type(apply(lambda number: str(number)), str)
assert_type(apply(lambda number: number + 1), int)  # false alarm
