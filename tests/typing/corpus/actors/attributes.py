"""Attributes: of the class, annotated, inferred, and those that only ``__init__`` has."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from typedactors import ThreadingActor


class Point(NamedTuple):
    x: int
    y: int


class Attributes(ThreadingActor):
    count = 0
    """How many."""

    title: str = "x"
    declared: bytes
    ratio: float | None = None
    items: list[Point] = []
    both, sides = 1, "x"

    def __init__(self, folder: Path, names: dict[str, int]) -> None:
        super().__init__()
        self.folder = folder
        self.names = names
        self.first = next(iter(names.values()))
        self.pair = (folder, 1)
        self.point = Point(1, 2)
        self.groups: defaultdict[str, set[int]] = defaultdict(set)
        self.width, (self.height, *self.rest) = 1, ("x", 1.0, 2.0)
        self._secret = 1

    def on_start(self) -> None:
        self.late = "x"
