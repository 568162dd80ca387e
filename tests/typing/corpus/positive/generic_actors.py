from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

from actors.generic_actors import AnyReader, Cache, Counts, Reader
from proxies.generic_actors import AnyReaderProxy, CacheProxy, CountsProxy, ReaderProxy, SourceProxy
from typedactors import ActorRef, Future, start

if TYPE_CHECKING:
    from proxies.generic_actors import NamedProxy, NestedProxy, SumProxy


def generic(proxy: CacheProxy[str, bytes], flag: bool) -> None:
    assert_type(proxy.items, Future[dict[str, bytes]])
    assert_type(proxy.latest, Future[bytes])
    assert_type(proxy.put("x", b""), Future[bytes])
    assert_type(proxy.swap("x", flag), Future[tuple[bytes, bool]])
    assert_type(proxy.size(), Future[int])
    assert_type(proxy.compute(len), Future[dict[str, int]])
    assert_type(proxy.keys, Future[list[str]])
    assert_type(proxy.actor_ref, ActorRef[Cache[str, bytes]])
    proxy.latest = b""
    proxy.put.defer("x", value=b"")


def substituted(counts: CountsProxy, named: NamedProxy[float], nested: NestedProxy[int, str]) -> None:
    assert_type(counts.put("x", 1), Future[int])
    assert_type(counts.items, Future[dict[str, int]])
    assert_type(counts.total(), Future[int])
    assert_type(counts.actor_ref, ActorRef[Counts])
    assert_type(named.put("x", 1.0), Future[float])
    assert_type(named.find("x"), Future[float | None])
    assert_type(nested.put("x", [1]), Future[list[int]])
    assert_type(nested.other("x"), Future[tuple[int, str] | None])
    cache: CacheProxy[str, int] = counts
    assert_type(cache.put("x", 1), Future[int])


def constrained(proxy: SumProxy[float]) -> None:
    assert_type(proxy.add(1.0), Future[float])


def from_refs(ref: ActorRef[Cache[str, int]], reader: ActorRef[Reader]) -> None:
    assert_type(ref.proxy(CacheProxy[str, int]), CacheProxy[str, int])
    assert_type(Counts.start("x", 1).proxy(CountsProxy), CountsProxy)
    assert_type(start(Cache[str, int], "x", 1), ActorRef[Cache[str, int]])
    assert_type(start(Cache[str, int], "x", 1).proxy(CacheProxy[str, int]).latest, Future[int])
    assert_type(reader.proxy(ReaderProxy).read(), Future[bytes])
    assert_type(reader.proxy(SourceProxy[bytes]).last, Future[bytes | None])
    source: SourceProxy[bytes] = reader.proxy(ReaderProxy)
    assert_type(source.read(), Future[bytes])


def of_generic_reader(ref: ActorRef[AnyReader[str]]) -> None:
    assert_type(ref.proxy(AnyReaderProxy[str]).read(), Future[str])
    assert_type(ref.proxy(SourceProxy[str]).read(), Future[str])
