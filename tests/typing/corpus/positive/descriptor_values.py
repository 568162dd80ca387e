from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from actors.descriptor_values import Generically, Heir, Instances, Setting
    from proxies.descriptor_values import GenericallyProxy, HeirProxy, InstancesProxy, SettingsProxy
    from typedactors import Future


def reads(proxy: SettingsProxy) -> None:
    assert_type(proxy.inferred, Future[int])
    assert_type(proxy.annotated, Future[int])
    assert_type(proxy.declared, Future[str])
    assert_type(proxy.hook(1), Future[str])
    assert_type(proxy.length, Future[int])
    assert_type(proxy.shared, Future[int])
    assert_type(proxy.held, Future[Setting[int]])


def of_the_instance(proxy: InstancesProxy, heir: HeirProxy, generic: GenericallyProxy[int]) -> None:
    assert_type(proxy.own, Future[tuple[Instances, int]])
    assert_type(proxy.order, Future[int])
    assert_type(heir.own, Future[tuple[Heir, int]])
    assert_type(heir.order, Future[int])
    assert_type(generic.own, Future[tuple[Generically[int], int]])


def assignments(proxy: SettingsProxy) -> None:
    proxy.inferred = 4
    proxy.annotated = 4
    proxy.declared = "x"
    proxy.length = 4
    proxy.length = "four"
