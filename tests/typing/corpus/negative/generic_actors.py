from __future__ import annotations

from typing import TYPE_CHECKING

from actors.generic_actors import Cache, Counts
from proxies.generic_actors import CacheProxy, CountsProxy, SourceProxy
from typedactors import start

if TYPE_CHECKING:
    from actors.generic_actors import Reader
    from proxies.generic_actors import NamedProxy, NestedProxy, SumProxy
    from typedactors import ActorRef


def generic(proxy: CacheProxy[str, bytes]) -> None:
    proxy.put(1, b"")  # error: an int for the str key
    proxy.put("x", "y")  # error: a str for the bytes value
    proxy.put.defer("x", "y")  # error: a str for the bytes value
    proxy.latest = 1  # error: an int for bytes
    proxy.keys = []  # error: assignment to a read-only property
    proxy.swap(1, 2)  # error: an int for the str key
    proxy.compute(abs)  # error: not a function of bytes
    proxy.swap.defer(1, 2)  # error: an int for the str key


def substituted(counts: CountsProxy, named: NamedProxy[float], nested: NestedProxy[int, str]) -> None:
    counts.put("x", "y")  # error: a str for an int
    counts.items = {"x": "y"}  # error: strs for ints
    named.put("x", "y")  # error: a str for a float
    nested.put("x", 1)  # error: an int for a list
    nested.other(1)  # error: an int for a str


def constrained(proxy: SumProxy[float]) -> None:
    proxy.add("x")  # error: a str for a float


def from_refs(ref: ActorRef[Cache[str, int]], reader: ActorRef[Reader]) -> None:
    ref.proxy(CacheProxy[str, bytes])  # error: another value type
    ref.proxy(CountsProxy)  # error: the heir's proxy class
    reader.proxy(SourceProxy[str])  # error: another type
    start(Cache[str, int], 1, 1)  # error: an int for the str key
    Counts.start(1, 1)  # error: an int for the str key
    Counts.start("x")  # error: an argument is missing
