"""Parts of actors, and one with the name of another."""

from __future__ import annotations

from typedactors import traversable


class Volume:
    level: int = 5

    def raise_by(self, amount: int) -> int:
        self.level += amount
        return self.level


@traversable
class Settings:
    def __init__(self) -> None:
        self.volume = traversable(Volume())
        self.language = "en"
