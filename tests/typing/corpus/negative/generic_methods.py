from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proxies.generic_methods import GenericMethodsProxy


def repeat(text: str, times: int = 1, *, upper: bool = False) -> bytes:
    return (text * times).encode()


def count(number: int, text: str) -> float:
    return number + len(text)


def calls(proxy: GenericMethodsProxy, numbers: list[int], text: str) -> None:
    proxy.echo()  # error: an argument is missing
    proxy.echo(text).get().bit_length()  # error: a str, not an int
    proxy.pair(text, numbers, swaped=True)  # error: misspelt keyword
    proxy.longest(1, 2)  # error: outside the bound
    proxy.add("x", "y")  # error: not among the constraints
    proxy.add(Decimal(1), "x")  # error: not among the constraints
    proxy.join(text, b"")  # error: a str and bytes
    proxy.run(repeat)  # error: an argument of the function is missing
    proxy.run(repeat, 1)  # error: an int for the function's str
    proxy.run(repeat, "x", uper=True)  # error: misspelt keyword of the function
    proxy.run_here(count)  # error: an argument of the function is missing
    proxy.run_here(repeat, 1)  # error: the function's first parameter is a str
    proxy.spread(count, ("x", 1))  # error: the tuple is in the wrong order
    proxy.gather(1, "x").get()[0].upper()  # error: an int, not a str
    proxy.decorate(count).get()("x")  # error: not the function's parameters


def deferred(proxy: GenericMethodsProxy) -> None:
    proxy.longest.defer(1, 2)  # error: outside the bound
    proxy.add.defer("x", "y")  # error: not among the constraints
    proxy.run.defer(repeat)  # error: an argument of the function is missing
    proxy.run.defer(repeat, "x", uper=True)  # error: misspelt keyword of the function
    proxy.spread.defer(count, ("x", 1))  # error: the tuple is in the wrong order
