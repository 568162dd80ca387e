"""Actors that inherit from each other, and from what has no proxy."""

from __future__ import annotations

from typedactors import ThreadingActor


class Named:
    name: str = "nobody"

    def greet(self) -> str:
        return self.name


class _Hidden(ThreadingActor):
    def ping(self) -> float:
        """Answer."""
        return 1.0


class Base(Named, _Hidden):
    """The base."""

    limit: int = 1

    def work(self, amount: int) -> float:
        return amount * 1.0


class Middle(Base):
    def work(self, amount: int, *, twice: bool = False) -> int:
        return amount * (2 if twice else 1)


class Leaf(Middle):
    extra: str = ""

    def ping(self) -> float:
        return 2.0
