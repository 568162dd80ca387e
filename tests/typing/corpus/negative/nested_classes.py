from __future__ import annotations

from typing import TYPE_CHECKING

from actors.nested_classes import NestedClasses

if TYPE_CHECKING:
    from proxies.nested_classes import NestedClassesProxy


def nested(proxy: NestedClassesProxy) -> None:
    proxy.mode = 1  # error: an int for a Mode
    proxy.drive(1)  # error: an int for a Mode
    proxy.drive(only=NestedClasses.Mode.FAST)  # error: not one of the literals
    proxy.drive().get().dpeth  # error: unknown attribute of the value
    proxy.draw({"width": "x"})  # error: a str for an int
    proxy.Inner  # error: a class is no member of the proxy


def names(proxy: NestedClassesProxy) -> None:
    proxy.names("x")  # error: a str for an int
    proxy.names(1, list=["x"])  # error: strs for ints
    proxy.names(1, type=str)  # error: another class
    proxy.soft(case="")  # error: an argument is missing
    proxy.spread((1,), (1, "x"))  # error: not empty
    proxy.spread((), (1, 2))  # error: an int among the strs
    proxy.names.defer(1, lits=[1])  # error: misspelt keyword
