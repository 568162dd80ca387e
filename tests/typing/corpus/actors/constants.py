"""``ClassVar``, ``Final``, ``Literal``, and enums as values and as defaults."""

from __future__ import annotations

from enum import Enum, IntFlag
from typing import ClassVar, Final, Literal, TypeAlias

from typedactors import ThreadingActor


class Color(Enum):
    RED = "red"
    BLUE = "blue"


class Permission(IntFlag):
    READ = 1
    WRITE = 2


Level: TypeAlias = Literal["low", "high"]


class Constants(ThreadingActor):
    instances: ClassVar[int] = 0
    registry: ClassVar[dict[str, int]] = {}
    limit: Final = 10
    name: Final[str] = "x"
    color: Color = Color.RED
    level: Level = "low"
    state: Literal["on", "off", 1] | None = None

    def __init__(self) -> None:
        super().__init__()
        self.started: Final = True
        self.chosen = Color.RED

    def paint(self, color: Color = Color.RED, *, level: Level = "low") -> Color:
        return color if level else Color.BLUE

    def grant(self, permission: Permission = Permission.READ | Permission.WRITE) -> Permission:
        return permission

    def only_red(self, color: Literal[Color.RED] = Color.RED) -> Literal[Color.RED]:
        return color

    def switch(self, to: Literal[True, 0, b"x"]) -> Literal["a", "b"]:
        return "a" if to else "b"
