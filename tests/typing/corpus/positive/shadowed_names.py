from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from actors.shadowed_names import ShadowedNames
    from proxies.shadowed_names import ShadowedNamesProxy, ShadowedPropertiesProxy
    from typedactors import Future


def calls(proxy: ShadowedNamesProxy, names: set[str]) -> None:
    assert_type(proxy.Decimal, Future[Decimal])
    assert_type(proxy.typing, Future[int])
    assert_type(proxy.list(1), Future[list[int]])
    assert_type(proxy.dict(names), Future[dict[str, int]])
    assert_type(proxy.set(1), Future[None])
    assert_type(proxy.type(1), Future[type[int]])
    assert_type(proxy.int("x"), Future[int])
    assert_type(proxy.str(), Future[str])
    assert_type(proxy.overload(), Future[bool])
    assert_type(proxy.Future(), Future[Future[int]])
    assert_type(proxy.Protocol(1), Future[tuple[int, ...]])
    assert_type(proxy.Self(), Future[ShadowedNames])
    proxy.Decimal = Decimal(1)
    proxy.list.defer(1)
    proxy.int.defer("x")


def calls_of_properties(proxy: ShadowedPropertiesProxy) -> None:
    assert_type(proxy.size, Future[int])
    assert_type(proxy.setter(), Future[int])
    assert_type(proxy.property, Future[int])
    assert_type(proxy.last, Future[bool])
    proxy.size = 1
    proxy.property = 2
    proxy.last = False
