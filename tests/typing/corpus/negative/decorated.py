from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proxies.decorated import DecoratedProxy


def calls(proxy: DecoratedProxy) -> None:
    proxy.add()  # error: an argument is missing
    proxy.add(a=1)  # error: by keyword
    proxy.add(1, 2, 3.0)  # error: by position
    proxy.one("x")  # error: a str for an int
    proxy.one(1).get().upper()  # error: a list
    proxy.query()  # error: an argument is missing
    proxy.query("x", session="y")  # error: the decorator gives it
    proxy.retry("x")  # error: a str for an int
    proxy.lost(1)  # error: the decorator takes no argument
    proxy.load("x")  # error: a str for an int
    proxy.cached("x")  # error: a str for an int
    proxy.cached()  # error: an argument is missing
    proxy.cached(kye=1)  # error: misspelt keyword
    proxy.cached.defer("x")  # error: a str for an int
    proxy.opened(1)  # error: an int for a str
    proxy.plus(1)  # error: deprecated
    proxy.plus.defer(1)  # error: deprecated
    proxy.add.defer(a=1)  # error: by keyword
    proxy.query.defer(1)  # error: an int for a str
    proxy.size = 1  # error: assignment to a read-only property
    proxy.opened = 1  # error: assignment to a method
