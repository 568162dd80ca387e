from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from proxies.callable_attributes import CallableAttributesProxy
    from typedactors import Future


def reads(proxy: CallableAttributesProxy) -> None:
    assert_type(proxy.maybe, Future[Callable[[int], str] | None])
    proxy.maybe = None
    proxy.maybe = str


def calls(proxy: CallableAttributesProxy) -> None:
    assert_type(proxy.kind("1.0"), Future[Decimal])
    assert_type(proxy.error("text"), Future[Exception])
    assert_type(proxy.handler(1), Future[str])
    assert_type(proxy.convert("x", strict=True), Future[int])
    assert_type(proxy.made("x", strict=True), Future[int])
    assert_type(proxy.work(1, b="x"), Future[str])
    assert_type(proxy.run(1, b="x"), Future[str])
    assert_type(proxy.read("x"), Future[float])
    assert_type(proxy.is_word("x", 0), Future[re.Match[str] | None])
    assert_type(proxy.measure("x", strict=True), Future[int])
    assert_type(proxy.longest("x"), Future[int])
    proxy.handler.defer(1)
    proxy.convert.defer("x")
    proxy.run.defer(1, b="x")
    proxy.read.defer("x")
