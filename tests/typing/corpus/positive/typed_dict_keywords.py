from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from actors.typed_dict_keywords import Options
    from proxies.typed_dict_keywords import TypedDictKeywordsProxy
    from typedactors import Future


def calls(proxy: TypedDictKeywordsProxy) -> None:
    assert_type(proxy.draw(1, width=2), Future[str])
    assert_type(proxy.draw(x=1, title="x", width=2), Future[str])
    assert_type(proxy.make(name="x"), Future[int])
    assert_type(proxy.make(size=1, name="x"), Future[int])
    assert_type(proxy.whole({"width": 1}), Future[Options])
    assert_type(proxy.whole({"width": 1, "title": ""}).get()["width"], int)
    proxy.draw.defer(1, width=2, title="x")
    proxy.make.defer(name="x")
