"""Class methods and static methods, which a proxy calls like any other."""

from __future__ import annotations

from typing import Self, TypeVar

from typedactors import ThreadingActor

T = TypeVar("T")


class StaticAndClassMethods(ThreadingActor):
    @classmethod
    def create(cls, count: int, *, name: str = "") -> list[str]:
        """Create names."""
        return [name] * count

    @classmethod
    def kind(cls) -> type[Self]:
        return cls

    @staticmethod
    def version(major: int = 1) -> tuple[int, int]:
        return major, 0

    @staticmethod
    def echo(value: T) -> T:
        return value

    @classmethod
    async def load(cls, path: str) -> bytes:
        return path.encode()
