from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proxies.properties import PropertiesProxy


def reads(proxy: PropertiesProxy) -> None:
    print(proxy.aera)  # error: unknown member
    print(proxy.size + 1)  # error: a future is not its value
    proxy.area()  # error: a property is not called
    proxy.checksum()  # error: nor one that is cached
    proxy.size.defer()  # error: a property is not deferred
    proxy.tags.get().add("x")  # error: reading gives a list


def assignments(proxy: PropertiesProxy) -> None:
    proxy.area = 1.0  # error: assignment to a read-only property
    proxy.size = "x"  # error: a str for an int
    proxy.tags = [1]  # error: ints for strs
    proxy.tags = 1  # error: not iterable
    proxy.removable = 1  # error: an int for a str
    proxy.label = "x"  # error: assignment to a read-only property
    proxy.digest = "x"  # error: a str for bytes
    proxy.digets = b""  # error: assignment to an unknown member
