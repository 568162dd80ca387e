"""Coroutines, generators, and methods that return what can be awaited."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Generator, Iterator
from functools import wraps
from typing import ParamSpec, TypeVar

from typedactors import Future, ThreadingActor, ThreadingFuture

P = ParamSpec("P")
T = TypeVar("T")


def logged(function: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    @wraps(function)
    async def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        return await function(*args, **kwargs)

    return wrapper


class Asynchronous(ThreadingActor):
    async def fetch(self, url: str, *, timeout: float = 1.0) -> bytes:
        """Fetch it."""
        return url.encode()

    async def wait(self) -> None: ...

    async def rows(self, count: int) -> AsyncIterator[int]:
        for index in range(count):
            yield index

    async def echo(self) -> AsyncGenerator[int, str]:
        yield 1

    def lines(self, text: str) -> Iterator[str]:
        yield from text

    def exchange(self) -> Generator[int, str, bytes]:
        yield 1
        return b""

    def later(self) -> Future[int]:
        return ThreadingFuture[int]()

    def promised(self) -> Awaitable[str]:
        return self.later().map(str)

    @logged
    async def measured(self, unit: str, *, exact: bool = False) -> float:
        return len(unit) * (1.0 if exact else 0.9)

    @logged
    async def twice(self) -> Awaitable[str]:
        return self.promised()

    def coroutine(self) -> Coroutine[None, None, float]:
        raise NotImplementedError
