"""Attributes whose value takes part in how they are read: descriptors, as those of ORMs and of configuration libraries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Generic, Self, TypeVar, overload

from typedactors import ThreadingActor

T = TypeVar("T")
I = TypeVar("I")
A = TypeVar("A", bound=ThreadingActor)


class Setting(Generic[T]):
    def __init__(self, default: T) -> None:
        self._default = default
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_{name}"

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object, owner: type) -> Any:
        return self if instance is None else getattr(instance, self._name, self._default)

    def __set__(self, instance: object, value: T) -> None:
        setattr(instance, self._name, value)


class Counted:
    """A descriptor whose value depends on the instance."""

    def __get__(self, instance: I, owner: type[I] | None = None) -> tuple[I, int]:
        return instance, 1


class Ordered(Generic[T]):
    """A descriptor whose overload for the instance comes first."""

    def __init__(self, value: T) -> None:
        self._value = value

    @overload
    def __get__(self, instance: A, owner: type[A]) -> T: ...
    @overload
    def __get__(self, instance: None, owner: type[A]) -> Self: ...
    def __get__(self, instance: object, owner: object) -> Any:
        return self if instance is None else self._value


class Length:
    """A descriptor that takes more than it gives."""

    def __get__(self, instance: object, owner: type) -> int:
        return 0

    @overload
    def __set__(self, instance: ThreadingActor, value: int) -> None: ...
    @overload
    def __set__(self, instance: ThreadingActor, value: str) -> None: ...
    @overload
    def __set__(self, instance: type, value: bytes) -> None: ...
    def __set__(self, instance: object, value: object) -> None: ...


class Settings(ThreadingActor):
    inferred = Setting(3)
    annotated: Setting[int] = Setting(3)
    declared: Setting[str]
    hook: Setting[Callable[[int], str]] = Setting(str)
    length = Length()
    shared: ClassVar[Setting[int]] = Setting(3)

    def __init__(self) -> None:
        super().__init__()
        self.held: Setting[int] = Setting(3)


class Instances(ThreadingActor):
    own = Counted()
    order = Ordered(3)


class Heir(Instances):
    pass


class Generically(ThreadingActor, Generic[T]):
    own = Counted()
