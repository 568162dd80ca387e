from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from actors.descriptor_values import Setting
    from proxies.descriptor_values import SettingsProxy
    from typedactors import Future


def reads(proxy: SettingsProxy) -> None:
    assert_type(proxy.inferred, Future[int])
    assert_type(proxy.annotated, Future[int])
    assert_type(proxy.declared, Future[str])
    assert_type(proxy.hook(1, "x"), Future[str])
    assert_type(proxy.shared, Future[int])
    assert_type(proxy.held, Future[Setting[int]])


def assignments(proxy: SettingsProxy) -> None:
    proxy.inferred = 4
    proxy.annotated = 4
    proxy.declared = "x"
