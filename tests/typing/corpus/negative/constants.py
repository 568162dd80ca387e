from __future__ import annotations

from typing import TYPE_CHECKING

from actors.constants import Color

if TYPE_CHECKING:
    from proxies.constants import ConstantsProxy


def assignments(proxy: ConstantsProxy) -> None:
    proxy.instances = 1  # error: assignment to a ClassVar
    proxy.registry = {}  # error: assignment to a ClassVar
    proxy.limit = 10  # error: assignment to a Final
    proxy.name = "x"  # error: assignment to a Final
    proxy.started = True  # error: assignment to a Final
    proxy.color = "red"  # error: a str for a Color
    proxy.level = "medium"  # error: not one of the literals
    proxy.state = 2  # error: not one of the literals


def calls(proxy: ConstantsProxy) -> None:
    proxy.paint("red")  # error: a str for a Color
    proxy.paint(level="medium")  # error: not one of the literals
    proxy.paint(levle="low")  # error: misspelt keyword
    proxy.only_red(Color.BLUE)  # error: not one of the literals
    proxy.switch(2)  # error: not one of the literals
    proxy.paint.defer("red")  # error: a str for a Color
    proxy.paint.defer(level="medium")  # error: not one of the literals
