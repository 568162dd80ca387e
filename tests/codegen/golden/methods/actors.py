"""Methods: every kind of parameter and default, results, overloads, names that are in the way."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeVar, overload

from typedactors import Future, ThreadingActor, ThreadingFuture

T = TypeVar("T")


class Mode(enum.Enum):
    FAST = "fast"
    SLOW = "slow"


class Calculator(ThreadingActor):
    """Calculates.

    With a second paragraph, and a "quote".
    """

    def add(self, number: int = 1, /, *more: int, scale: float = 1.0, **names: str) -> int:
        """Add to the total."""
        return int(scale) * (number + sum(more)) + len(names)

    def configure(self, mode: Mode = Mode.FAST, *, limit: int | None = None, words: tuple[str, ...] = ()) -> None:
        r"""Set the mode.

        Arguments:
            mode: how fast.
            limit: how much; "None" for no limit.
            words: which words \ none.
        """

    def apply(self, function: Callable[[T], T], value: T) -> T:
        return function(value)

    def list(self, of: Iterable[Decimal] = ()) -> set[Decimal]:
        return set(of)

    @overload
    def find(self, key: int) -> str: ...
    @overload
    def find(self, key: str) -> int: ...
    def find(self, key: int | str) -> int | str:
        """Find by either."""
        return key

    async def fetch(self, url: str) -> bytes:
        return url.encode()

    def later(self) -> Future[int]:
        future = ThreadingFuture[int]()
        future.set(3)
        return future

    @staticmethod
    def version() -> str:
        return "1"

    @classmethod
    def create(cls, self_: int = 0) -> int:
        return self_

    def _secret(self) -> None: ...
