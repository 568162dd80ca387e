from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from proxies.overloads import OverloadsProxy
    from typedactors import Future


def calls(proxy: OverloadsProxy, data: bytes) -> None:
    assert_type(proxy.find(1), Future[str])
    assert_type(proxy.find("x"), Future[bytes])
    assert_type(proxy.find("x", default=b""), Future[bytes])
    assert_type(proxy.fetch(url="x"), Future[bytes])
    assert_type(proxy.fetch("x", True), Future[list[str]])
    assert_type(proxy.fetch("x", lines=True), Future[list[str]])
    assert_type(proxy.fetch("x"), Future[str])
    assert_type(proxy.get("x"), Future[int | None])
    assert_type(proxy.get("x", data), Future[int | bytes])
    assert_type(proxy.look("x"), Future[complex])
    assert_type(proxy.build(1), Future[int])
    assert_type(proxy.build("x"), Future[str])
    assert_type(proxy.parse("x"), Future[int])
    assert_type(proxy.parse(b""), Future[float])
    assert_type(proxy.load(1), Future[str])
    assert_type(proxy.load("x"), Future[bytes])


def deferred(proxy: OverloadsProxy) -> None:
    proxy.find.defer(1)
    proxy.find.defer("x", default=b"")
    proxy.fetch.defer(url="x")
    proxy.fetch.defer("x", True)
    proxy.get.defer("x", 1)
    proxy.build.defer(1)
    proxy.parse.defer(b"")
    proxy.load.defer("x")
