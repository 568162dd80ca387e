from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proxies.typed_dict_keywords import TypedDictKeywordsProxy


def calls(proxy: TypedDictKeywordsProxy) -> None:
    proxy.draw(1)  # error: a required key is missing
    proxy.draw(1, width="x")  # error: a str for an int
    proxy.draw(1, width=1, title=2)  # error: an int for a str
    proxy.draw(1, width=1, tilte="x")  # error: an extra key
    proxy.draw(1, 2)  # error: by position
    proxy.make()  # error: a required key is missing
    proxy.make(name="x", size="y")  # error: a str for an int
    proxy.whole({"width": "x"})  # error: a str for an int
    proxy.whole({})  # error: a required key is missing
    proxy.draw.defer(1)  # error: a required key is missing
    proxy.draw.defer(1, width="x")  # error: a str for an int
    proxy.make.defer(name=1)  # error: an int for a str
