from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proxies.callable_attributes import CallableAttributesProxy


def reads(proxy: CallableAttributesProxy) -> None:
    proxy.maybe = 1  # error: not callable
    proxy.maybe(1)  # error: a future of a function or None is not called


def calls(proxy: CallableAttributesProxy) -> None:
    proxy.kind([])  # error: not what a Decimal is made of
    proxy.kind("x").get().upper()  # error: a Decimal, not a str
    proxy.handler("x")  # error: a str for an int
    proxy.handler(1, 2)  # error: too many arguments
    proxy.convert("x", True)  # error: by position
    proxy.convert("x", stirct=True)  # error: misspelt keyword
    proxy.made(1)  # error: an int for a str
    proxy.run("x")  # error: a str for an int
    proxy.run(1, "x")  # error: by position
    proxy.read(1)  # error: an int for a str
    proxy.is_word()  # error: too few arguments
    proxy.measure(1)  # error: an int for a str
    proxy.run.defer("x")  # error: a str for an int
    proxy.run = proxy.work  # error: assignment to a method
