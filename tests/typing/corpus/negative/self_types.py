from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actors.self_types import SelfTypes
    from proxies.self_types import HeirProxy, SelfTypesProxy


def calls(proxy: SelfTypesProxy, heir: HeirProxy, actor: SelfTypes) -> None:
    proxy.me().get().extra()  # error: only the heir has it
    proxy.greet("x")  # error: a str for an actor
    heir.greet(actor)  # error: the base, where the heir is wanted
    heir.greet.defer(actor)  # error: the base, where the heir is wanted
    heir.same("x")  # error: a str for an actor
    heir.peer = actor  # error: the base, where the heir is wanted
    proxy.peer = "x"  # error: a str for an actor
    proxy.twin = actor  # error: assignment to a read-only property
