"""Skynet: a tree of actors, each of which starts ten more, down to leaves that answer with their number.

Not of the Savina suite. `benchmarks.runtime.lives` measures it.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.libraries import Behavior, Library
from benchmarks.savina.outcome import Outcome, expect


class Node(Behavior):
    """Starts the actors below, adds up what they answer, passes it on and stops."""

    def __init__(self, library: Library, number: int, size: int, division: int, answer: Callable[[int], None]) -> None:
        super().__init__()
        self._library = library
        self._number = number
        self._size = size
        self._division = division
        self._answer = answer
        self._missing = division
        self._sum = 0

    def on_receive(self, message: int | None) -> None:
        if message is not None:
            self._sum += message
            self._missing -= 1
            if not self._missing:
                self._finish(self._sum)
        elif self._size == 1:
            self._finish(self._number)
        else:
            part = self._size // self._division
            own = self.actor_ref
            for child in range(self._division):
                number = self._number + child * part
                self._library.start(Node, self._library, number, part, self._division, own.tell).tell(None)

    def _finish(self, result: int) -> None:
        self._answer(result)
        self.stop()


def run(library: Library, *, leaves: int, division: int) -> None:
    outcome: Outcome[int] = Outcome()
    library.start(Node, library, 0, leaves, division, outcome.put).tell(None)
    expect("the sum of all leaves", outcome.get(), leaves * (leaves - 1) // 2)
