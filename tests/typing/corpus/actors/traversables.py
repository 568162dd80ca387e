"""Traversable attributes: marked in each way, two levels deep, optional, shared, inside generics, and in collections."""

from __future__ import annotations

from typing import Generic, TypeVar

from typedactors import ThreadingActor, traversable

T = TypeVar("T")


@traversable
class Volume:
    """How loud."""

    def __init__(self) -> None:
        self.level = 50

    def change(self, by: int = 1) -> int:
        """Change it."""
        return self.level + by


class Mixer:
    typedactors_traversable = True

    name = "mixer"

    def __init__(self) -> None:
        self.volume = Volume()
        self._inner = Volume()

    @property
    def muted(self) -> bool:
        return False

    def mute(self, *, fade: float = 0.0) -> None: ...


class Library:
    def __init__(self) -> None:
        self.mixer = Mixer()
        self.size = 0

    def browse(self, uri: str) -> list[str]:
        return [uri]


class Store(Generic[T]):
    pykka_traversable = True

    def __init__(self, item: T) -> None:
        self.item = item

    def put(self, item: T) -> list[T]:
        return [item]


class Traversables(ThreadingActor):
    mixer = Mixer()
    library: Library

    def __init__(self) -> None:
        super().__init__()
        self.library = traversable(Library())
        self.own = traversable(Library())
        self.numbers = Store(1)
        self.words: Store[str] = Store("x")
        self.maybe: Mixer | None = None
        self.plain = Library()
        self.mixers: list[Mixer] = [Mixer()]
        self.by_name: dict[str, Volume] = {}

    @property
    def current(self) -> Mixer:
        return self.mixer


class Shelf(ThreadingActor, Generic[T]):
    def __init__(self, store: Store[T]) -> None:
        super().__init__()
        self.store = store
