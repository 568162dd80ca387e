from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_type

from actors.constants import Color, Permission

if TYPE_CHECKING:
    from proxies.constants import ConstantsProxy
    from typedactors import Future


def reads(proxy: ConstantsProxy) -> None:
    assert_type(proxy.instances, Future[int])
    assert_type(proxy.registry, Future[dict[str, int]])
    assert_type(proxy.name, Future[str])
    limit: int = proxy.limit.get()
    started: bool = proxy.started.get()
    print(limit, started)
    assert_type(proxy.color, Future[Color])
    assert_type(proxy.chosen, Future[Color])
    assert_type(proxy.level, Future[Literal["low", "high"]])
    assert_type(proxy.state, Future[Literal["on", "off", 1] | None])
    proxy.color = Color.BLUE
    proxy.level = "high"
    proxy.state = 1


def calls(proxy: ConstantsProxy) -> None:
    assert_type(proxy.paint(), Future[Color])
    assert_type(proxy.paint(Color.BLUE, level="high"), Future[Color])
    assert_type(proxy.grant(), Future[Permission])
    assert_type(proxy.only_red(Color.RED), Future[Literal[Color.RED]])
    assert_type(proxy.switch(True), Future[Literal["a", "b"]])
    proxy.switch.defer(0)
    proxy.switch.defer(b"x")
