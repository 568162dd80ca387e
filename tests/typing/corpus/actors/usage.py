"""What a program does with actors, refs, proxies and futures."""

from __future__ import annotations

from typedactors import ThreadingActor


class Counter(ThreadingActor):
    limit: int = 10

    def __init__(self, step: int = 1, *, name: str = "") -> None:
        super().__init__()
        self.step = step
        self.names = [name]

    def add(self, by: int) -> int:
        return by * self.step

    def items(self) -> list[str]:
        return self.names

    def ratio(self) -> float:
        return 1.0

    @property
    def total(self) -> int:
        return 0


class Heir(Counter):
    """Has its base's constructor."""

    def more(self) -> bytes:
        return b""


class Bare(ThreadingActor):
    """Has no constructor."""


class Other(ThreadingActor):
    def __init__(self, first: str, *rest: int, **options: float) -> None:
        super().__init__()
        self.count = len(first) + len(rest) + len(options)
