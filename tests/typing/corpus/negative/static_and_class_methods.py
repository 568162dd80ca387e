from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proxies.static_and_class_methods import StaticAndClassMethodsProxy


def calls(proxy: StaticAndClassMethodsProxy) -> None:
    proxy.create()  # error: an argument is missing
    proxy.create("x")  # error: a str for an int
    proxy.create(1, "x")  # error: by position
    proxy.version("x")  # error: a str for an int
    proxy.version(1, 2)  # error: too many arguments
    proxy.echo(1).get().upper()  # error: an int, not a str
    proxy.load(b"x")  # error: bytes for a str
    proxy.create.defer("x")  # error: a str for an int
    proxy.version.defer("x")  # error: a str for an int
    proxy.version = 1  # error: assignment to a method
