from __future__ import annotations

from typing import TYPE_CHECKING

from actors.annotations import UserId

if TYPE_CHECKING:
    from proxies.annotations import AnnotationsProxy, ForwardProxy, PostponedProxy


def reads(proxy: AnnotationsProxy) -> None:
    proxy.user = 1  # error: an int for a UserId
    proxy.marked = "x"  # error: a str for an int
    proxy.price = "x"  # error: a str for a Decimal
    proxy.quoted = 1  # error: an int for a Later
    proxy.table = {"x": ["y"]}  # error: strs for ints


def calls(proxy: AnnotationsProxy) -> None:
    proxy.find(1)  # error: an int for a UserId
    proxy.find(UserId(1)).get().upper()  # error: not all of Json has it
    proxy.fill({1: [1]})  # error: the keys are strs
    proxy.rows().get()[0][1].upper()  # error: a UserId, not a str
    proxy.limit("x")  # error: a str for an int
    proxy.convert(1)  # error: an int for a Decimal
    proxy.convert.defer(1)  # error: an int for a Decimal
    proxy.old_style(b"")  # error: bytes for an int or a str
    proxy.old_style(1).get().size  # error: it may be None


def calls_of_others(forward: ForwardProxy, postponed: PostponedProxy) -> None:
    forward.inner(1)  # error: an int for an actor
    postponed.when = 1  # error: an int for a datetime
    postponed.pay(1)  # error: an int for a Decimal
    postponed.later().get().sise  # error: unknown attribute of the value
    postponed.watch(len)  # error: takes no Decimal
