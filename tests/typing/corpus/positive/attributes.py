from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from collections import defaultdict

    from actors.attributes import Point
    from proxies.attributes import AttributesProxy
    from typedactors import Future


def reads(proxy: AttributesProxy) -> None:
    assert_type(proxy.count, Future[int])
    assert_type(proxy.title, Future[str])
    assert_type(proxy.declared, Future[bytes])
    assert_type(proxy.ratio, Future[float | None])
    assert_type(proxy.items, Future[list[Point]])
    assert_type(proxy.items.get()[0].x, int)
    assert_type(proxy.both, Future[int])
    assert_type(proxy.sides, Future[str])
    assert_type(proxy.folder, Future[Path])
    assert_type(proxy.names, Future[dict[str, int]])
    assert_type(proxy.first, Future[int])
    assert_type(proxy.pair, Future[tuple[Path, int]])
    assert_type(proxy.point, Future[Point])
    assert_type(proxy.groups, Future[defaultdict[str, set[int]]])
    assert_type(proxy.width, Future[int])
    assert_type(proxy.height, Future[str])
    assert_type(proxy.rest, Future[list[float]])
    assert_type(proxy.late, Future[str])


def assignments(proxy: AttributesProxy) -> None:
    proxy.count = 1
    proxy.title = "x"
    proxy.declared = b""
    proxy.ratio = None
    proxy.items = []
    proxy.folder = Path()
    proxy.pair = (Path(), 1)
    proxy.rest = [1.0]
    proxy.late = "y"
