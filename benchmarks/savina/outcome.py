"""How a program gets its result out of its actors, and how it is checked.

Imported by the programs.
"""

from __future__ import annotations

from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from benchmarks.libraries import Library

T = TypeVar("T")

PATIENCE = 120.0
"""After how many seconds a program that has no result has failed."""


class WrongResultError(Exception):
    """A program came to a result that is not the right one, or to none."""


def expect(what: str, got: object, right: object) -> None:
    """Raise `WrongResultError` unless the result is right."""
    if got != right:
        raise WrongResultError(f"{what}: {got!r}, where {right!r} is right")


class Outcome(Generic[T]):
    """A value that an actor hands to the program that waits for it, once or several times."""

    def __init__(self) -> None:
        self._values: SimpleQueue[T] = SimpleQueue()

    def put(self, value: T) -> None:
        self._values.put(value)

    def get(self) -> T:
        """Wait for the next value.

        Raises:
            WrongResultError: none comes.
        """
        try:
            return self._values.get(timeout=PATIENCE)
        except Empty:
            raise WrongResultError(f"no result within {PATIENCE} seconds") from None

    def surplus(self) -> int:
        """How many values there are that nobody has waited for."""
        return self._values.qsize()


def finish(library: Library, outcome: Outcome[T]) -> None:
    """Stop all actors, when they have handled what they were sent, and see that no result is left over."""
    library.stop_all()
    expect("results too many", outcome.surplus(), 0)
