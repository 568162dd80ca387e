from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actors.descriptor_values import Setting
    from proxies.descriptor_values import InstancesProxy, SettingsProxy


def assignments(proxy: SettingsProxy, setting: Setting[int]) -> None:
    proxy.inferred = "x"  # error: a str for an int
    proxy.annotated = setting  # error: the descriptor for its value
    proxy.declared = 1  # error: an int for a str
    proxy.length = b""  # error: no overload for an actor takes bytes
    proxy.hook = str  # error: assignment to what is called


def of_the_instance(proxy: InstancesProxy) -> None:
    proxy.own.get()[0].order.lower()  # error: the actor's int, not a str
    proxy.own = ()  # error: assignment to a descriptor that takes nothing
    proxy.order.get().lower()  # error: an int, not a str
