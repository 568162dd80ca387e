from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proxies.overloads import OverloadsProxy


def calls(proxy: OverloadsProxy) -> None:
    proxy.find(b"")  # error: no overload takes bytes
    proxy.find(1, default=b"")  # error: a keyword of the other overload
    proxy.find("x", b"")  # error: by position
    proxy.fetch("x", url="y")  # error: two overloads at once
    proxy.fetch(path="x")  # error: by keyword
    proxy.fetch()  # error: no overload takes nothing
    proxy.get(1)  # error: an int for a str
    proxy.look(1)  # error: that overload is deprecated
    proxy.build(b"")  # error: no overload takes bytes
    proxy.parse(1)  # error: no overload takes an int
    proxy.load(b"")  # error: no overload takes bytes
    proxy.find(1).get().decode()  # error: a str, not bytes


def deferred(proxy: OverloadsProxy) -> None:
    proxy.find.defer(b"")  # error: no overload takes bytes
    proxy.find.defer(1, default=b"")  # error: a keyword of the other overload
    proxy.fetch.defer("x", url="y")  # error: two overloads at once
    proxy.build.defer(b"")  # error: no overload takes bytes
    proxy.load.defer(b"")  # error: no overload takes bytes
    proxy.find.defer(1).get()  # error: a .defer result that is used


def assignments(proxy: OverloadsProxy) -> None:
    proxy.find = proxy.find  # error: assignment to a method
