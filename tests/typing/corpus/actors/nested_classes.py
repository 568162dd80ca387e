"""Types that are defined inside the actor's class, and parameters with the names of types and of soft keywords."""

from __future__ import annotations

from enum import Enum
from typing import Literal, NamedTuple, TypedDict

from typedactors import ThreadingActor


class NestedClasses(ThreadingActor):
    class Mode(Enum):
        FAST = 1
        SLOW = 2

    class Inner:
        size = 1

        class Deep(NamedTuple):
            depth: int

    class Options(TypedDict):
        width: int

    mode: Mode = Mode.FAST

    def drive(self, mode: Mode = Mode.FAST, *, only: Literal[Mode.SLOW] = Mode.SLOW) -> Inner.Deep:
        return NestedClasses.Inner.Deep(mode.value + only.value)

    def draw(self, options: Options) -> dict[str, Options]:
        return {"": options}

    def names(self, int: int, str: str = "", *, list: list[int] | None = None, type: type[int] | None = None) -> str:
        return str * int if list or type else ""

    def soft(self, match: int, case: str = "it's \"x\"\n", _: bytes = b"\x00") -> Inner:
        return NestedClasses.Inner()

    def spread(self, empty: tuple[()], more: tuple[int, *tuple[str, ...]]) -> tuple[int, ...]:
        return (len(empty), len(more))
