from __future__ import annotations

from typing import TYPE_CHECKING

from actors.traversables import Mixer

if TYPE_CHECKING:
    from proxies.traversables import ShelfProxy, TraversablesProxy


def by_class(proxy: TraversablesProxy) -> None:
    proxy.mixer.get()  # error: a part is not a future
    proxy.mixer.nmae  # error: unknown member of a part
    proxy.mixer.mute(1.0)  # error: by position
    proxy.mixer.muted = True  # error: assignment to a read-only property
    proxy.mixer.name = 1  # error: an int for a str
    proxy.mixer.volume.level = "x"  # error: a str for an int
    proxy.mixer.volume.change("x")  # error: a str for an int
    proxy.mixer.volume.change.defer(yb=1)  # error: misspelt keyword
    proxy.mixer.volume.chnage()  # error: unknown member of a part
    proxy.mixer._inner  # error: a private member of a part
    proxy.mixer = Mixer()  # error: assignment to a part


def by_instance(proxy: TraversablesProxy) -> None:
    proxy.library.browse(1)  # error: an int for a str
    proxy.own.mixer.volume.change("x")  # error: a str for an int
    proxy.plain.browse("x")  # error: what is not traversable is a future
    proxy.library.size = "x"  # error: a str for an int


def optional_and_generic(proxy: TraversablesProxy, shelf: ShelfProxy[bytes]) -> None:
    proxy.maybe.volume.level = "x"  # error: a str for an int
    proxy.numbers.put("x")  # error: a str for an int
    proxy.words.item = 1  # error: an int for a str
    shelf.store.put("x")  # error: a str for bytes
    shelf.store.item = 1  # error: an int for bytes


def held_in_collections(proxy: TraversablesProxy) -> None:
    proxy.mixers[0]  # error: a future of the list, not the parts
    proxy.mixers.get()[0].volume.level.get()  # error: an int, not a future
    proxy.mixers = [1]  # error: an int for a Mixer
