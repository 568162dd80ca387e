from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from proxies.decorated import DecoratedProxy
    from typedactors import Future


def calls(proxy: DecoratedProxy) -> None:
    assert_type(proxy.add(1), Future[float])
    assert_type(proxy.add(1, b=2, c=3.0), Future[float])
    assert_type(proxy.one(1), Future[list[str]])
    assert_type(proxy.one(1, b="x"), Future[list[str]])
    assert_type(proxy.query("x"), Future[bytes])
    assert_type(proxy.query("x", limit=2), Future[bytes])
    assert_type(proxy.retry(1), Future[int])
    assert_type(proxy.cached(1), Future[str])
    assert_type(proxy.cached(key=1), Future[str])
    assert_type(proxy.work(1), Future[int])
    assert_type(proxy.last(1), Future[int])
    assert_type(proxy.lost(), Future[int])
    assert_type(proxy.load(1), Future[bytes])
    assert_type(proxy.size, Future[int])
    assert_type(proxy.manager(), Future[AbstractContextManager[int]])
    with proxy.opened("x").get() as data:
        assert_type(data, bytes)
    proxy.add.defer(1, b=2)
    proxy.query.defer("x", limit=2)
    proxy.opened.defer("x")
    proxy.cached.defer(key=1)
