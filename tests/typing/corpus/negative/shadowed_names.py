from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proxies.shadowed_names import ShadowedNamesProxy, ShadowedPropertiesProxy


def calls(proxy: ShadowedNamesProxy) -> None:
    proxy.Decimal = 1  # error: an int for a Decimal
    proxy.typing = "x"  # error: a str for an int
    proxy.list("x")  # error: a str for an int
    proxy.dict([1])  # error: ints for strs
    proxy.int(1)  # error: an int for a str
    proxy.str(1)  # error: too many arguments
    proxy.int.defer(1)  # error: an int for a str
    proxy.list = 1  # error: assignment to a method


def calls_of_properties(proxy: ShadowedPropertiesProxy) -> None:
    proxy.size = "x"  # error: a str for an int
    proxy.property = "x"  # error: a str for an int
    proxy.last = "x"  # error: a str for a bool
    proxy.setter = 1  # error: assignment to a method
