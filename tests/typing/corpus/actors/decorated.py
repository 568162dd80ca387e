"""Methods that decorators changed, and those that a decorator only marks."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, final

from typing_extensions import deprecated, override

from typedactors import ThreadingActor

P = ParamSpec("P")
T = TypeVar("T")
ActorT = TypeVar("ActorT")


class Base(Protocol):
    def work(self, a: int) -> int: ...


def logged(function: Callable[P, T]) -> Callable[P, T]:
    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs)

    return wrapper


def listed(function: Callable[Concatenate[ActorT, P], T]) -> Callable[Concatenate[ActorT, P], list[T]]:
    @wraps(function)
    def wrapper(actor: ActorT, /, *args: P.args, **kwargs: P.kwargs) -> list[T]:
        return [function(actor, *args, **kwargs)]

    return wrapper


def with_session(function: Callable[Concatenate[ActorT, str, P], T]) -> Callable[Concatenate[ActorT, P], T]:
    def wrapper(actor: ActorT, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return function(actor, "session", *args, **kwargs)

    return wrapper


def retried(times: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        return logged(function) if times else function

    return decorate


def anything(function: Callable[..., Any]) -> Callable[[Any], int]:  # what the decorated functions are is lost on purpose
    return lambda actor: int(bool(function) and bool(actor))


class Decorated(ThreadingActor, Base):
    @logged
    def add(self, a: int, /, b: int = 1, *, c: float = 1.0) -> float:
        """Add them."""
        return a + b + c

    @listed
    def one(self, a: int, b: str = "x") -> str:
        return b * a

    @with_session
    def query(self, session: str, sql: str, *, limit: int = 1) -> bytes:
        return (session + sql).encode()[:limit]

    @retried(3)
    def retry(self, a: int) -> int:
        return a

    @lru_cache(maxsize=8)
    def cached(self, key: int) -> str:
        return str(key)

    @contextmanager
    def opened(self, path: str) -> Generator[bytes, None, None]:
        yield path.encode()

    @deprecated("Use `add` instead.")
    def plus(self, a: int) -> int:
        return a

    @override
    def work(self, a: int) -> int:
        return a

    @final
    def last(self, a: int) -> int:
        return a

    @anything
    def lost(self, a: int) -> str:
        return str(a)

    @logged
    async def load(self, a: int) -> bytes:
        return bytes(a)

    @property
    @logged
    def size(self) -> int:
        return 1

    def manager(self) -> AbstractContextManager[int]:
        raise NotImplementedError
