"""Counting actor: one actor sends numbers, another one adds them up."""

from __future__ import annotations

from benchmarks.libraries import Behavior, Library, Ref
from benchmarks.savina.outcome import Outcome, expect, finish


class Producer(Behavior):
    """Sends as many ones as it is told, then has the sum handed out."""

    def __init__(self, counter: Ref) -> None:
        super().__init__()
        self._counter = counter

    def on_receive(self, message: int) -> None:
        tell = self._counter.tell
        for _ in range(message):
            tell(1)
        tell(None)


class Counter(Behavior):
    """Adds up."""

    def __init__(self, outcome: Outcome[int]) -> None:
        super().__init__()
        self._sum = 0
        self._outcome = outcome

    def on_receive(self, message: int | None) -> None:
        if message is None:
            self._outcome.put(self._sum)
        else:
            self._sum += message


def run(library: Library, *, messages: int) -> None:
    outcome: Outcome[int] = Outcome()
    library.start(Producer, library.start(Counter, outcome)).tell(messages)
    expect("sum", outcome.get(), messages)
    finish(library, outcome)
