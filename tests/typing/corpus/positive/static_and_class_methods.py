from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from actors.static_and_class_methods import StaticAndClassMethods
    from proxies.static_and_class_methods import StaticAndClassMethodsProxy
    from typedactors import Future


def calls(proxy: StaticAndClassMethodsProxy, text: str) -> None:
    assert_type(proxy.create(1), Future[list[str]])
    assert_type(proxy.create(count=1, name="x"), Future[list[str]])
    assert_type(proxy.kind(), Future[type[StaticAndClassMethods]])
    assert_type(proxy.version(), Future[tuple[int, int]])
    assert_type(proxy.version(2).get(), tuple[int, int])
    assert_type(proxy.echo(text), Future[str])
    assert_type(proxy.load("x"), Future[bytes])
    proxy.create.defer(1, name="x")
    proxy.version.defer(2)
    proxy.load.defer(path="x")
