from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

from actors.nested_classes import NestedClasses

if TYPE_CHECKING:
    from proxies.nested_classes import NestedClassesProxy
    from typedactors import Future


def nested(proxy: NestedClassesProxy) -> None:
    assert_type(proxy.mode, Future[NestedClasses.Mode])
    assert_type(proxy.drive(), Future[NestedClasses.Inner.Deep])
    assert_type(proxy.drive(NestedClasses.Mode.SLOW, only=NestedClasses.Mode.SLOW).get().depth, int)
    assert_type(proxy.draw({"width": 1}), Future[dict[str, NestedClasses.Options]])
    assert_type(proxy.soft(1).get().size, int)
    proxy.mode = NestedClasses.Mode.SLOW


def names(proxy: NestedClassesProxy) -> None:
    assert_type(proxy.names(1), Future[str])
    assert_type(proxy.names(int=1, str="", list=[1], type=int), Future[str])
    assert_type(proxy.soft(match=1, case="", _=b""), Future[NestedClasses.Inner])
    assert_type(proxy.spread((), (1, "x", "y")), Future[tuple[int, ...]])
    proxy.names.defer(int=1, list=[1])
