"""Cigarette smokers: an arbiter lays out ingredients for one of the smokers at a time, and waits until it smokes."""

from __future__ import annotations

from random import Random

from benchmarks.libraries import Behavior, Library, Ref
from benchmarks.savina.outcome import Outcome, expect, finish

SEED = 7


class Arbiter(Behavior):
    """Chooses the next smoker when the last one has begun to smoke."""

    def __init__(self, rounds: int, outcome: Outcome[int]) -> None:
        super().__init__()
        self._left = rounds
        self._smoked = 0
        self._random = Random(SEED)
        self._outcome = outcome

    def on_receive(self, message: list[Ref] | None) -> None:
        if message is not None:
            self._smokers = message
        else:
            self._smoked += 1
        if self._left:
            self._left -= 1
            self._random.choice(self._smokers).tell(self.actor_ref)
        else:
            self._outcome.put(self._smoked)


class Smoker(Behavior):
    """Rolls a cigarette of what was laid out, says so, and smokes."""

    def __init__(self) -> None:
        super().__init__()
        self._smoked = 0

    def on_receive(self, message: Ref | None) -> int:
        if message is not None:
            message.tell(None)
            self._smoked += 1
        return self._smoked


def run(library: Library, *, smokers: int, rounds: int) -> None:
    outcome: Outcome[int] = Outcome()
    all_smokers = [library.start(Smoker) for _ in range(smokers)]
    library.start(Arbiter, rounds, outcome).tell(all_smokers)
    expect("cigarettes that the arbiter saw", outcome.get(), rounds)
    choices = Random(SEED)
    right = [0] * smokers
    for _ in range(rounds):
        right[choices.choice(range(smokers))] += 1
    expect("cigarettes of each smoker", [smoker.ask(None) for smoker in all_smokers], right)
    finish(library, outcome)
