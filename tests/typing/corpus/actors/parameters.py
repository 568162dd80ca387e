"""Every kind of parameter, and every default that a stub can show."""

from __future__ import annotations

from typedactors import ThreadingActor

LIMIT = 10


class Parameters(ThreadingActor):
    """Takes parameters."""

    def defaults(self, a: int = 1, b: str = "x", c: float | None = None, d: int = LIMIT, e: int = -1) -> int:
        """Has defaults."""
        return a + len(b) + int(c or 0) + d + e

    def more_defaults(self, a: bytes = b"", b: tuple[int, ...] = (), c: bool = True, d: complex = 1j) -> bool:
        return bool(a) or bool(b) or c or bool(d)

    def keyword_only(self, *, name: str, count: int = 0) -> str:
        return name * count

    def positional_only(self, first: int, second: str = "", /) -> str:
        return second * first

    def old_positional_only(self, __first: int) -> int:
        return __first

    def star_args(self, first: str, *rest: int) -> list[int]:
        return [len(first), *rest]

    def star_kwargs(self, **options: float) -> dict[str, float]:
        return options

    def every_kind(self, a: int, /, b: int, *c: int, d: int, e: int = 0, **f: int) -> tuple[int, ...]:
        return (a, b, *c, d, e, *f.values())

    def keyword_after_default(self, a: int = 0, *, b: str) -> str:
        return b * a

    def nothing(self) -> None:
        """Take nothing, give nothing."""
