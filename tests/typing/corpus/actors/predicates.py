"""Functions that narrow a type, ``TypeGuard`` and ``TypeIs``: given to an actor, given by it, and its own methods."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeGuard, TypeVar

from typing_extensions import TypeIs

from typedactors import ThreadingActor

T = TypeVar("T")


def is_name(value: object) -> TypeIs[str]:
    return isinstance(value, str)


def are_names(values: Sequence[object]) -> TypeGuard[Sequence[str]]:
    return all(map(is_name, values))


class Predicates(ThreadingActor):
    def __init__(self) -> None:
        super().__init__()
        self._values: list[object] = [1, "x"]

    def pick(self, wanted: Callable[[object], TypeIs[T]]) -> list[T]:
        return [value for value in self._values if wanted(value)]

    def whole(self, wanted: Callable[[Sequence[object]], TypeGuard[T]]) -> T | None:
        return self._values if wanted(self._values) else None

    def narrower(self) -> Callable[[object], TypeIs[str]]:
        return is_name

    def guard(self) -> Callable[[Sequence[object]], TypeGuard[Sequence[str]]]:
        return are_names

    def is_known(self, value: object) -> TypeIs[str]:
        return value in self._values

    def is_number(self, value: object) -> TypeGuard[int]:
        return isinstance(value, int)
