"""Inheritance: overriding, mixins, several bases, abstract bases, private bases, and redefinition as something else."""

from __future__ import annotations

import abc
from typing import Generic, TypeVar

from typedactors import ThreadingActor

T = TypeVar("T")


class Named:
    name: str = ""

    def rename(self, name: str) -> str:
        return name


class Counting:
    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def add(self, by: int = 1) -> int:
        self.count += by
        return self.count


class Holder(Generic[T]):
    held: T

    def hold(self, thing: T) -> list[T]:
        return [thing]


class Base(ThreadingActor):
    """A base."""

    def work(self, a: int) -> float:
        """Work."""
        return a

    def keep(self) -> object:
        return None

    @property
    def size(self) -> float:
        return 1.0


class Middle(Base):
    def work(self, a: int, *, twice: bool = False) -> int:
        return a * (1 + twice)


class _Private(Middle):
    def hidden(self) -> str:
        return "x"


class Leaf(Named, Counting, Holder[bytes], _Private):
    def keep(self) -> list[str]:
        return []

    @property
    def size(self) -> int:
        return 1

    def own(self) -> None: ...


class Abstract(ThreadingActor, abc.ABC):
    @abc.abstractmethod
    def run(self, a: int) -> str: ...

    @property
    @abc.abstractmethod
    def state(self) -> str: ...


class Concrete(Abstract):
    @property
    def state(self) -> str:
        return "x"

    @state.setter
    def state(self, value: str) -> None: ...

    def run(self, a: int, b: int = 0) -> str:
        return str(a + b)


class Left(Base):
    def left(self) -> int:
        return 1


class Right(Base):
    def right(self) -> str:
        return ""


class Diamond(Left, Right):
    def both(self) -> bytes:
        return b""
