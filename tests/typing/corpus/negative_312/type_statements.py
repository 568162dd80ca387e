from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proxies_312.type_statements import TypeStatementsProxy


def calls(proxy: TypeStatementsProxy) -> None:
    proxy.number = "x"  # error: a str for a number
    proxy.pair = ("x", 1)  # error: an int for a str
    proxy.work("x")  # error: a str for a number
    proxy.work(1, widht=2)  # error: an extra key
    proxy.swap(1)  # error: an int for a tuple
    proxy.grow({"x": "y"})  # error: a str in the tree
    proxy.grow.defer({"x": "y"})  # error: a str in the tree
