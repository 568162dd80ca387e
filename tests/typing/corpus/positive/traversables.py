from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from actors.traversables import Library, Mixer, Shelf, Traversables, Volume
    from proxies.traversables import ShelfProxy, TraversablesProxy
    from typedactors import ActorRef, Future


def by_class(proxy: TraversablesProxy) -> None:
    assert_type(proxy.mixer.name, Future[str])
    assert_type(proxy.mixer.muted, Future[bool])
    assert_type(proxy.mixer.mute(fade=1.0), Future[None])
    assert_type(proxy.mixer.volume.level, Future[int])
    assert_type(proxy.mixer.volume.change(), Future[int])
    assert_type(proxy.current.volume.level, Future[int])
    proxy.mixer.name = "x"
    proxy.mixer.volume.level = 1
    proxy.mixer.volume.change.defer(by=1)


def by_instance(proxy: TraversablesProxy) -> None:
    assert_type(proxy.library.browse("x"), Future[list[str]])
    assert_type(proxy.own.browse("x"), Future[list[str]])
    assert_type(proxy.own.mixer.volume.change(1), Future[int])
    assert_type(proxy.plain, Future[Library])
    proxy.library.size = 1
    proxy.library.browse.defer("x")


def optional_and_generic(proxy: TraversablesProxy) -> None:
    assert_type(proxy.maybe.volume.level, Future[int])
    assert_type(proxy.numbers.item, Future[int])
    assert_type(proxy.numbers.put(1), Future[list[int]])
    assert_type(proxy.words.item, Future[str])
    assert_type(proxy.words.put("x"), Future[list[str]])
    proxy.words.item = "x"


def held_in_collections(proxy: TraversablesProxy, mixer: Mixer) -> None:
    assert_type(proxy.mixers, Future[list[Mixer]])
    assert_type(proxy.mixers.get()[0].volume.level, int)
    assert_type(proxy.by_name, Future[dict[str, Volume]])
    proxy.mixers = [mixer]


def of_generic(proxy: ShelfProxy[bytes], ref: ActorRef[Shelf[bytes]]) -> None:
    assert_type(proxy.store.item, Future[bytes])
    assert_type(proxy.store.put(b""), Future[list[bytes]])
    assert_type(proxy.actor_ref, ActorRef[Shelf[bytes]])
    assert_type(ref.proxy(ShelfProxy[bytes]).store.item, Future[bytes])


def kept(proxy: TraversablesProxy) -> None:
    volume = proxy.mixer.volume
    assert_type(volume.level.get(), int)
    assert_type(proxy.actor_ref, ActorRef[Traversables])
