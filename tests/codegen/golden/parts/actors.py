"""Traversable attributes, in all three forms, and at depth."""

from __future__ import annotations

from parts import shared
from typedactors import ThreadingActor, traversable


class Library:
    pykka_traversable = True

    def browse(self, uri: str | None = None) -> list[str]:
        """Browse a folder."""
        return [uri or "root"]


class Settings:
    dark: bool = False


class Player(ThreadingActor):
    library = Library()
    own_settings = traversable(Settings())

    def __init__(self) -> None:
        super().__init__()
        self.settings = shared.Settings()


class Recorder(ThreadingActor):
    def __init__(self) -> None:
        super().__init__()
        self.settings = shared.Settings()
