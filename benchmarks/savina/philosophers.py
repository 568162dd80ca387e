"""Dining philosophers: an arbitrator hands out the forks, two at a time or none."""

from __future__ import annotations

from benchmarks.libraries import Behavior, Library, Ref
from benchmarks.savina.outcome import Outcome, WrongResultError, expect, finish


class Arbitrator(Behavior):
    """Has the forks."""

    def __init__(self, philosophers: int, outcome: Outcome[int]) -> None:
        super().__init__()
        self._taken = [False] * philosophers
        self._meals = 0
        self._dining = philosophers
        self._outcome = outcome

    def on_receive(self, message: tuple[str, int, Ref | None]) -> None:
        kind, number, philosopher = message
        left, right = number, (number + 1) % len(self._taken)
        if kind == "hungry" and philosopher is not None:
            if self._taken[left] or self._taken[right]:
                philosopher.tell("denied")
            else:
                self._taken[left] = self._taken[right] = True
                self._meals += 1
                philosopher.tell("eat")
        elif kind == "done":
            if not (self._taken[left] and self._taken[right]):
                raise WrongResultError(f"philosopher {number} put forks down that it had not")
            self._taken[left] = self._taken[right] = False
        else:
            self._dining -= 1
            if self._dining <= 0:
                self._outcome.put(self._meals)


class Philosopher(Behavior):
    """Eats so many times; asks again when it was denied."""

    def __init__(self, number: int, meals: int, arbitrator: Ref) -> None:
        super().__init__()
        self._number = number
        self._left = meals
        self._arbitrator = arbitrator

    def on_receive(self, message: str) -> None:
        if message == "eat":
            self._left -= 1
            self._arbitrator.tell(("done", self._number, None))
        if self._left:
            self._arbitrator.tell(("hungry", self._number, self.actor_ref))
        else:
            self._arbitrator.tell(("leave", self._number, None))


def run(library: Library, *, philosophers: int, meals: int) -> None:
    outcome: Outcome[int] = Outcome()
    arbitrator = library.start(Arbitrator, philosophers, outcome)
    for number in range(philosophers):
        library.start(Philosopher, number, meals, arbitrator).tell("begin")
    expect("meals", outcome.get(), philosophers * meals)
    finish(library, outcome)
