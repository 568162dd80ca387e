from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from proxies.generic_methods import GenericMethodsProxy
    from typedactors import Future


def repeat(text: str, times: int = 1, *, upper: bool = False) -> bytes:
    return (text * times).encode()


def count(number: int, text: str) -> float:
    return number + len(text)


def calls(proxy: GenericMethodsProxy, numbers: list[int], text: str, data: bytes) -> None:
    assert_type(proxy.echo(text), Future[str])
    assert_type(proxy.echo(numbers).get(), list[int])
    assert_type(proxy.pair(text, numbers), Future[tuple[str, list[int]]])
    assert_type(proxy.pair(value=text, key=data, swapped=True), Future[tuple[bytes, str]])
    assert_type(proxy.first_of(numbers), Future[int | None])
    assert_type(proxy.longest(numbers, numbers), Future[list[int]])
    assert_type(proxy.add(Decimal(1), Decimal(2)), Future[Decimal])
    assert_type(proxy.add(len(text), len(text)), Future[int])
    assert_type(proxy.join(text, text), Future[str])
    assert_type(proxy.join(b"", b""), Future[bytes])
    assert_type(proxy.run(repeat, "x"), Future[bytes])
    assert_type(proxy.run(repeat, "x", 2, upper=True), Future[bytes])
    assert_type(proxy.run_here(count, "x"), Future[float])
    assert_type(proxy.gather(text, numbers), Future[tuple[str, list[int]]])
    assert_type(proxy.spread(count, (1, "x")), Future[float])
    assert_type(proxy.identity_of(int), Future[int])
    assert_type(proxy.decorate(count).get()(1, "x"), list[float])


def deferred(proxy: GenericMethodsProxy) -> None:
    proxy.echo.defer("x")
    proxy.add.defer(Decimal(1), Decimal(2))
    proxy.run.defer(repeat, "x", times=2)
    proxy.run_here.defer(count, "x")
    proxy.gather.defer(1, "x", b"")
    proxy.spread.defer(count, (1, "x"))
