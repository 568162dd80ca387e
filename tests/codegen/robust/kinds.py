"""What the generated modules are made of: types, decorators, descriptors. Copied into each generated package.

`samples` has a value for each type, `members` a use for each decorator.
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import (
    TYPE_CHECKING,
    Any,
    Concatenate,
    Generic,
    NamedTuple,
    NewType,
    ParamSpec,
    Protocol,
    TypeAlias,
    TypedDict,
    TypeVar,
    TypeVarTuple,
    overload,
)

if TYPE_CHECKING:
    from typing import Self

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")
T = TypeVar("T")
K = TypeVar("K", bound="str | int")
N = TypeVar("N", int, str)
Ts = TypeVarTuple("Ts")


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Point(NamedTuple):
    x: int
    y: int = 0


class Options(TypedDict, total=False):
    depth: int
    label: str


@dataclass(frozen=True)
class Record:
    name: str
    size: int = 0

    @dataclass(frozen=True)
    class Key:
        number: int


@dataclass(frozen=True)
class Box(Generic[T]):
    content: T


class Handler(Protocol):
    def __call__(self, name: str, /, *, depth: int = 0) -> bool: ...


def handle(name: str, /, *, depth: int = 0) -> bool:
    return len(name) > depth


def visit(number: int, leave: Callable[[], None], /) -> list[str]:
    leave()
    return ["x"] * number


class _Hidden(Box[int]):  # pyright: ignore[reportUnusedClass]  # the generated actors use it
    def __init__(self) -> None:
        super().__init__(3)


_Scores: TypeAlias = dict[str, int]
UserId = NewType("UserId", int)
Pair: TypeAlias = tuple[int, str]
Names = dict[str, list[int]]
Boxed: TypeAlias = Box[list[T]]
Nested: TypeAlias = "dict[str, Nested] | int"


def traced(function: Callable[P, R]) -> Callable[P, R]:
    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    return wrapper


def stringly(function: Callable[P, object]) -> Callable[P, str]:
    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> str:
        return str(function(*args, **kwargs))

    return wrapper


def supplied(function: Callable[Concatenate[S, int, P], R]) -> Callable[Concatenate[S, P], R]:
    """Give the first argument."""

    @functools.wraps(function)
    def wrapper(instance: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return function(instance, 7, *args, **kwargs)

    return wrapper


def repeated(times: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            results = [function(*args, **kwargs) for _ in range(times)]
            return results[-1]

        return wrapper

    return decorate


@contextmanager
def opened(name: str) -> Generator[str, None, None]:
    yield name


class Constant(Generic[T]):
    """A descriptor that cannot be assigned."""

    def __init__(self, value: T) -> None:
        self._value = value

    @overload
    def __get__(self, instance: None, owner: type[Any]) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any]) -> T: ...
    def __get__(self, instance: object, owner: type[Any]) -> Self | T:
        return self if instance is None else self._value


class Converted:
    """A descriptor that takes a string and gives its length."""

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._name = f"_converted_{name}"

    @overload
    def __get__(self, instance: None, owner: type[Any]) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any]) -> int: ...
    def __get__(self, instance: object, owner: type[Any]) -> Self | int:
        return self if instance is None else int(instance.__dict__.get(self._name, 0))

    def __set__(self, instance: object, value: str) -> None:
        instance.__dict__[self._name] = len(value)
