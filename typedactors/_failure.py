"""What a future has in place of a value: an exception, with the traceback that it came with.

Imports nothing of the package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["ExceptionInfo", "Failure", "failure_of", "text_of"]

ExceptionInfo: TypeAlias = "tuple[type[BaseException] | None, BaseException | None, TracebackType | None]"
"""What ``sys.exc_info()`` returns."""


class Failure:
    """An exception, and the traceback that it had when it was set, to which no `get` adds anything."""

    __slots__ = ("exception", "traceback")

    def __init__(self, exception: BaseException, traceback: TracebackType | None) -> None:
        self.exception = exception
        self.traceback = traceback


def failure_of(exc_info: ExceptionInfo) -> Failure:
    """Return the failure that ``sys.exc_info()`` tells of, or that a program has put together in its form.

    Raises:
        ValueError: it tells of none.
    """
    kind, value, traceback = exc_info
    if value is None:
        if kind is None:
            raise ValueError(
                "set_exception() found no exception to set. Call it inside an except block, "
                "or pass what sys.exc_info() returned there."
            )
        value = kind()
    return Failure(value, traceback)


def text_of(exception: BaseException) -> str:
    """Return the name of an exception's class and what it says; never raises, though its ``__str__`` may."""
    name = type(exception).__name__
    try:
        return f"{name}: {exception}"
    except Exception:  # noqa: BLE001 - whatever it raises
        return f"{name}, whose __str__() raises"
