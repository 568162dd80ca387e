"""Big: each actor pings others at random and waits for the answer before the next; all to all."""

from __future__ import annotations

from random import Random

from benchmarks.libraries import Behavior, Library, Ref
from benchmarks.savina.outcome import Outcome, expect, finish


class Worker(Behavior):
    """Pings, and answers pings with the number that they carry."""

    def __init__(self, number: int, pings: int, outcome: Outcome[int]) -> None:
        super().__init__()
        self._random = Random(number)  # the same choices on every library
        self._left = pings
        self._others: list[Ref] = []
        self._answered = 0
        self._pinged = 0
        self._wrong = 0
        self._awaited = 0
        self._outcome = outcome

    def meet(self, others: list[Ref]) -> None:
        self._others = others

    def on_receive(self, message: tuple[str, int, Ref | None]) -> tuple[int, int, int]:
        kind, number, sender = message
        if kind == "ping" and sender is not None:
            self._answered += 1
            sender.tell(("pong", number, None))
        elif kind != "count":
            if kind == "pong":
                self._pinged += 1
                self._wrong += number != self._awaited
            self._go_on()
        return self._answered, self._pinged, self._wrong

    def _go_on(self) -> None:
        if self._left:
            self._left -= 1
            self._awaited = self._left
            self._random.choice(self._others).tell(("ping", self._awaited, self.actor_ref))
        else:
            self._outcome.put(self._pinged)


def run(library: Library, *, actors: int, pings: int) -> None:
    outcome: Outcome[int] = Outcome()
    workers = [library.start(Worker, number, pings, outcome) for number in range(actors)]
    library.get_all([worker.proxy().meet(workers) for worker in workers])
    for worker in workers:
        worker.tell(("begin", 0, None))
    for _ in workers:
        expect("a worker's pings", outcome.get(), pings)
    counts: list[tuple[int, int, int]] = [worker.ask(("count", 0, None)) for worker in workers]
    expect("answers", sum(answered for answered, _, _ in counts), actors * pings)
    expect("pings", sum(pinged for _, pinged, _ in counts), actors * pings)
    expect("wrong answers", sum(wrong for _, _, wrong in counts), 0)
    finish(library, outcome)
