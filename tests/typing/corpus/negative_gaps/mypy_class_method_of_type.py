from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, overload

P = ParamSpec("P")
T = TypeVar("T")


class Unknown: ...


class Base:
    # The first arm alone is a false alarm in mypy: it takes P for Never.
    @overload
    @classmethod
    def make(cls: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T: ...
    @overload
    @classmethod
    def make(cls: Callable[[Unknown], T], *args: Any, **kwargs: Any) -> T: ...
    @classmethod
    def make(cls: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        return cls(*args, **kwargs)


class Heir(Base):
    def __init__(self, step: int) -> None:
        self.step = step


def use(kind: type[Heir]) -> None:
    Heir.make(2)
    kind.make(2)
    kind.make("x")  # silent
