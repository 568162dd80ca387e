"""Fork-join: actors that do a little work for each message; once long-lived ones, once one for each message."""

from __future__ import annotations

import math

from benchmarks.libraries import Behavior, Library
from benchmarks.savina.outcome import Outcome, expect, finish

ANGLE = 37.2


def work() -> float:
    """What the suite has each message cost: a little arithmetic."""
    sine = math.sin(ANGLE)
    return sine * sine


class Worker(Behavior):
    """Works for each message, and reports when it has had all of them."""

    def __init__(self, messages: int, outcome: Outcome[float]) -> None:
        super().__init__()
        self._left = messages
        self._sum = 0.0
        self._outcome = outcome

    def on_receive(self, message: str) -> int:
        if message == "work":
            self._sum += work()
            self._left -= 1
            if self._left == 0:
                self._outcome.put(self._sum)
        return self._left


def throughput(library: Library, *, actors: int, messages: int) -> None:
    """Send each of the actors that many messages, in turn."""
    outcome: Outcome[float] = Outcome()
    workers = [library.start(Worker, messages, outcome) for _ in range(actors)]
    for _ in range(messages):
        for worker in workers:
            worker.tell("work")
    right = 0.0
    for _ in range(messages):
        right += work()
    for _ in workers:
        expect("a worker's sum", outcome.get(), right)
    expect("messages not handled", [worker.ask("") for worker in workers], [0] * actors)
    finish(library, outcome)


class Once(Behavior):
    """Works once, and stops."""

    def __init__(self, outcome: Outcome[float]) -> None:
        super().__init__()
        self._outcome = outcome

    def on_receive(self, message: object) -> None:
        self._outcome.put(work())
        self.stop()


def creation(library: Library, *, actors: int) -> None:
    """Start that many actors, each for one message."""
    outcome: Outcome[float] = Outcome()
    for _ in range(actors):
        library.start(Once, outcome).tell("work")
    for _ in range(actors):
        expect("an actor's result", outcome.get(), work())
    expect("results too many", outcome.surplus(), 0)
