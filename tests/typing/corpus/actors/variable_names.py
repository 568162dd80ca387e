"""Type variables that are not one, under one name or under names that differ by an underscore."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, Generic, ParamSpec, TypeVar, overload

from typedactors import ThreadingActor, traversable

T = TypeVar("T")
_T = TypeVar("_T")
U = TypeVar("U")
_U = TypeVar("_U", bound=float)
A = TypeVar("A")
P = ParamSpec("P")
R = TypeVar("R")


def labelled(method: Callable[Concatenate[A, P], R]) -> Callable[Concatenate[A, T, P], tuple[T, R]]:
    def with_label(actor: A, label: T, /, *args: P.args, **kwargs: P.kwargs) -> tuple[T, R]:
        return label, method(actor, *args, **kwargs)

    return with_label


class Mapped(Generic[T]):
    def __init__(self, content: T) -> None:
        super().__init__()
        self.content = content

    def map(self, function: Callable[[T], U]) -> list[U]:
        return [function(self.content)]


class Worker(Mapped[U], ThreadingActor, Generic[U]):
    """Gives its own variable the name of one that its base class's method has."""

    def pair(self, other: T) -> tuple[U, T]:
        return self.content, other


class Foreman(Worker[T]):
    def replace(self, content: T) -> T:
        return content


@traversable
class Box(Generic[T]):
    def __init__(self, content: T) -> None:
        self.content = content

    def map(self, function: Callable[[T], U]) -> list[U]:
        return [function(self.content)]


class Owner(ThreadingActor, Generic[U]):
    def __init__(self, content: U) -> None:
        super().__init__()
        self.box = Box(content)


class Labels(ThreadingActor):
    @labelled
    def repeat(self, value: T, count: int) -> list[T]:
        return [value] * count

    @overload
    def either(self, value: T) -> list[T]: ...
    @overload
    def either(self, value: U, other: T) -> tuple[U, T]: ...
    def either(self, value: object, other: object = None) -> object:
        return [value] if other is None else (value, other)


class Underscores(ThreadingActor, Generic[T]):
    def both(self, own: T, other: _T) -> tuple[T, _T]:
        return own, other

    def plain(self, value: U) -> list[U]:
        return [value]

    def bounded(self, value: _U) -> list[_U]:
        return [value]
