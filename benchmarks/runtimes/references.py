"""A contender whose actors are used through refs, as typedactors' and Pykka's are.

Imported by `benchmarks.runtimes.own` and `pykka`.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any, Protocol


class Reference(Protocol):
    """What is used of a ref."""

    def ask(self, message: object, /) -> Any: ...  # what the actor answers
    def tell(self, message: object, /) -> None: ...
    def stop(self) -> Any: ...  # whether it was running


class References:
    """A contender; see `Contender`.

    Args:
        start: starts an actor that answers with what it is asked.
    """

    def __init__(self, start: Callable[[], Reference]) -> None:
        self._start = start
        self._actor = start()
        self._others: list[Reference] = []

    def ask(self, loops: int) -> float:
        ask = self._actor.ask
        started = perf_counter()
        for _ in range(loops):
            ask(1)
        return perf_counter() - started

    def tell(self, loops: int) -> float:
        tell = self._actor.tell
        started = perf_counter()
        for _ in range(loops):
            tell(1)
        self._actor.ask(1)
        return perf_counter() - started

    def start(self, loops: int) -> float:
        started = perf_counter()
        for _ in range(loops):
            self._start().stop()
        return perf_counter() - started

    def populate(self, number: int) -> None:
        for _ in range(number):
            reference = self._start()
            reference.ask(1)  # so that it runs, and is not only about to
            self._others.append(reference)

    def close(self) -> None:
        for reference in (*self._others, self._actor):
            reference.stop()
