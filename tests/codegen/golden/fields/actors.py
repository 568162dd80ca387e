"""Fields: class-level, annotated, assigned in ``__init__`` only, constants, properties."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from typedactors import ThreadingActor


class Store(ThreadingActor):
    count = 0
    name: str = "store"
    LIMIT: ClassVar[int] = 10
    VERSION: Final = "1"
    property_: bytes | None

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.items: dict[str, list[int]] = {}
        self.property_ = None
        self._cache: dict[str, int] = {}

    @property
    def size(self) -> int:
        """How many items there are."""
        return len(self.items)

    @property
    def title(self) -> str:
        """The title, in capitals."""
        return self.name.upper()

    @title.setter
    def title(self, value: str) -> None:
        self.name = value.lower()
