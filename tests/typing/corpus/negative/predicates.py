from __future__ import annotations

from typing import TYPE_CHECKING

from actors.predicates import are_names, is_name

if TYPE_CHECKING:
    from proxies.predicates import PredicatesProxy


def plain(value: object) -> bool:
    return bool(value)


def calls(proxy: PredicatesProxy, value: int | str) -> None:
    proxy.pick(plain)  # error: it narrows nothing
    proxy.pick(are_names)  # error: it takes a sequence
    proxy.pick(is_name).get()[0].bit_length()  # error: a str, not an int
    proxy.whole(plain)  # error: it narrows nothing
    proxy.whole(are_names).get().index("x")  # error: it may be None
    proxy.pick.defer(plain)  # error: it narrows nothing
    proxy.is_known()  # error: the value is missing
    if proxy.narrower().get()(value):
        value.bit_length()  # error: a str, not an int
    else:
        value.upper()  # error: an int, not a str
    if proxy.is_known(value).get():
        value.upper()  # error: what comes through a future narrows nothing
