"""Properties: read-only, settable, asymmetric and cached."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property, lru_cache

from typedactors import ThreadingActor


class Properties(ThreadingActor):
    def __init__(self) -> None:
        super().__init__()
        self._size = 0
        self._tags: list[str] = []

    @property
    def area(self) -> float:
        """The area."""
        return float(self._size**2)

    @property
    def size(self) -> int:
        return self._size

    @size.setter
    def size(self, value: int) -> None:
        self._size = value

    @property
    def tags(self) -> list[str]:
        return self._tags

    @tags.setter
    def tags(self, value: Iterable[str]) -> None:
        self._tags = list(value)

    @property
    def removable(self) -> str | None:
        return "x"

    @removable.setter
    def removable(self, value: str | None) -> None: ...

    @removable.deleter
    def removable(self) -> None: ...

    @cached_property
    def digest(self) -> bytes:
        """Computed once."""
        return b""

    @property
    @cache
    def checksum(self) -> int:
        """A cache is no function, and is called all the same."""
        return 0

    @property
    @lru_cache(maxsize=8)
    def label(self) -> str:
        return "x"
