from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import proxies.name_clashes as generated


def calls(proxy: generated.NameClashesProxy, counter: generated.CounterProxy) -> None:
    proxy.defer("x")  # error: a str for a float
    proxy.defer.defer("x")  # error: a str for a float
    proxy.cls(1)  # error: an argument is missing
    proxy.cls(1, "x")  # error: a str for an int
    proxy.tell(1)  # error: an int for a str
    proxy.actor_urn = "x"  # error: assignment to a read-only field of every proxy
    proxy.actor_ref = counter.actor_ref  # error: assignment to the ref
    proxy.stop = proxy.get  # error: assignment to a method of every proxy
    proxy.stop(1)  # error: too many arguments
    proxy.get = 1  # error: assignment to a method
    proxy.NameClashesProxy = "x"  # error: a str for an int
    proxy.start()  # error: a proxy does not start actors
    proxy.use_daemon_thread  # error: not shown by a proxy
    counter.call()  # error: unknown member
