"""Coroutines, generators, and methods that return what can be awaited."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Coroutine, Generator, Iterator

from typedactors import Future, ThreadingActor, ThreadingFuture


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

    def coroutine(self) -> Coroutine[None, None, float]:
        raise NotImplementedError
