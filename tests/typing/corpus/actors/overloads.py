"""Overloads: with parameters of different names and kinds, and of every kind of method."""

from __future__ import annotations

from typing import Literal, TypeVar, overload

from typing_extensions import deprecated

from typedactors import ThreadingActor

T = TypeVar("T")


class Overloads(ThreadingActor):
    @overload
    def find(self, key: int) -> str: ...
    @overload
    def find(self, key: str, *, default: bytes = b"") -> bytes: ...
    def find(self, key: int | str, *, default: bytes = b"") -> str | bytes:
        """Find by either."""
        return str(key) if isinstance(key, int) else default

    @overload
    def fetch(self, /, *, url: str) -> bytes: ...
    @overload
    def fetch(self, path: str, /, lines: Literal[True]) -> list[str]: ...
    @overload
    def fetch(self, path: str, /, lines: Literal[False] = False) -> str: ...
    def fetch(self, path: str = "", /, lines: bool = False, *, url: str = "") -> bytes | list[str] | str:
        return url.encode() if url else path.splitlines() if lines else path

    @overload
    def get(self, key: str) -> int | None: ...
    @overload
    def get(self, key: str, default: T) -> int | T: ...
    def get(self, key: str, default: T | None = None) -> int | T | None:
        return default or len(key)

    @overload
    @deprecated("Give its name.")
    def look(self, key: int) -> float: ...
    @overload
    def look(self, key: str) -> complex: ...
    def look(self, key: int | str) -> float | complex:
        return len(str(key))

    @overload
    @classmethod
    def build(cls, a: int) -> int: ...
    @overload
    @classmethod
    def build(cls, a: str) -> str: ...
    @classmethod
    def build(cls, a: int | str) -> int | str:
        return a

    @overload
    @staticmethod
    def parse(text: str) -> int: ...
    @overload
    @staticmethod
    def parse(text: bytes) -> float: ...
    @staticmethod
    def parse(text: str | bytes) -> int | float:
        return float(text)

    @overload
    async def load(self, key: int) -> str: ...
    @overload
    async def load(self, key: str) -> bytes: ...
    async def load(self, key: int | str) -> str | bytes:
        return str(key) if isinstance(key, int) else key.encode()
