from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Generator, Iterator

    from proxies.asynchronous import AsynchronousProxy
    from typedactors import Future


def calls(proxy: AsynchronousProxy) -> None:
    assert_type(proxy.fetch("x"), Future[bytes])
    assert_type(proxy.fetch("x", timeout=2), Future[bytes])
    assert_type(proxy.wait(), Future[None])
    assert_type(proxy.rows(1), Future[AsyncIterator[int]])
    assert_type(proxy.echo(), Future[AsyncGenerator[int, str]])
    assert_type(proxy.lines("x"), Future[Iterator[str]])
    assert_type(proxy.exchange(), Future[Generator[int, str, bytes]])
    assert_type(proxy.later(), Future[Future[int]])
    assert_type(proxy.later().get().get(), int)
    assert_type(proxy.promised(), Future[Awaitable[str]])
    assert_type(proxy.measured("m", exact=True), Future[float])
    assert_type(proxy.twice(), Future[Awaitable[str]])
    assert_type(proxy.coroutine(), Future[float])
    proxy.fetch.defer("x", timeout=2)
    proxy.rows.defer(1)


async def awaits(proxy: AsynchronousProxy) -> None:
    assert_type(await proxy.fetch("x"), bytes)
    assert_type(await (await proxy.later()), int)
    assert_type(await (await proxy.promised()), str)
    async for row in await proxy.rows(1):
        assert_type(row, int)
    for line in await proxy.lines("x"):
        assert_type(line, str)
