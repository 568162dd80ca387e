from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proxies.asynchronous import AsynchronousProxy


def calls(proxy: AsynchronousProxy) -> None:
    proxy.fetch()  # error: an argument is missing
    proxy.fetch("x", tiemout=2)  # error: misspelt keyword
    proxy.fetch.defer(1)  # error: an int for a str
    proxy.rows("x")  # error: a str for an int
    proxy.later().get().bit_length()  # error: a future, not an int
    proxy.fetch("x").get().encode()  # error: bytes, not a str
    proxy.measured("m").get().upper()  # error: a float, not a str


async def awaits(proxy: AsynchronousProxy) -> None:
    (await proxy.fetch("x")).encode()  # error: bytes, not a str
    await proxy.fetch  # error: a method is not awaited
    await proxy.fetch.defer("x")  # error: a .defer result that is used
    await (await proxy.fetch("x"))  # error: bytes are not awaited
