"""What actors are started with: constructors of every kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec, TypedDict, TypeVar, Unpack, overload

from typedactors import ThreadingActor

T = TypeVar("T")
P = ParamSpec("P")


class Options(TypedDict, total=False):
    width: int



class Overloaded(ThreadingActor):
    @overload
    def __init__(self, size: int, /) -> None: ...
    @overload
    def __init__(self, name: str, /, *, exact: bool) -> None: ...
    def __init__(self, given: int | str, /, *, exact: bool = False) -> None:
        super().__init__()
        self.size = given if isinstance(given, int) else len(given) + exact


class Keywords(ThreadingActor):
    def __init__(self, name: str, /, **options: Unpack[Options]) -> None:
        super().__init__()
        self.options = options


class OfAnyType(ThreadingActor):
    """Has a type variable in its constructor alone."""

    def __init__(self, first: T, others: list[T]) -> None:
        super().__init__()
        self.count = len([first, *others])


class Calling(ThreadingActor):
    def __init__(self, function: Callable[P, int], *args: P.args, **kwargs: P.kwargs) -> None:
        super().__init__()
        self.result = function(*args, **kwargs)


class Holding(ThreadingActor, Generic[T]):
    def __init__(self, thing: T, *, times: int = 1) -> None:
        super().__init__()
        self.things = [thing] * times


class HoldingText(Holding[str]):
    """Takes what its base takes, of one type."""


class Heir(Overloaded):
    def __init__(self, *sizes: int) -> None:
        super().__init__(sum(sizes))
