from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proxies.attributes import AttributesProxy


def reads(proxy: AttributesProxy) -> None:
    print(proxy.cuont)  # error: unknown member
    print(proxy._secret)  # error: a private member
    print(proxy.count + 1)  # error: a future is not its value
    proxy.count()  # error: a field is not called
    proxy.ratio.get().hex()  # error: it may be None
    proxy.items.get()[0].z  # error: unknown attribute of the value
    proxy.folder.get().upper()  # error: a Path, not a str


def assignments(proxy: AttributesProxy) -> None:
    proxy.count = "x"  # error: a str for an int
    proxy.title = None  # error: None for a str
    proxy.declared = "x"  # error: a str for bytes
    proxy.items = [(1, 2)]  # error: not a Point
    proxy.folder = "x"  # error: a str for a Path
    proxy.pair = (1, 1)  # error: an int for a Path
    proxy.rest = ["x"]  # error: strs for floats
    proxy.late = 1  # error: an int for a str
    proxy.tilte = "x"  # error: assignment to an unknown member
