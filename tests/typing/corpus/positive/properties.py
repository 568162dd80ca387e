from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from proxies.properties import PropertiesProxy
    from typedactors import Future


def reads(proxy: PropertiesProxy) -> None:
    assert_type(proxy.area, Future[float])
    assert_type(proxy.size, Future[int])
    assert_type(proxy.tags, Future[list[str]])
    assert_type(proxy.tags.get(timeout=1.0), list[str])
    assert_type(proxy.removable, Future[str | None])
    assert_type(proxy.digest, Future[bytes])
    assert_type(proxy.checksum, Future[int])
    assert_type(proxy.label, Future[str])


def assignments(proxy: PropertiesProxy) -> None:
    proxy.size = 3
    proxy.tags = ("a", "b")
    proxy.tags = {"a"}
    proxy.removable = None
    proxy.digest = b""
