"""Concurrent dictionary: workers write to and read from a dictionary that one actor owns."""

from __future__ import annotations

from random import Random

from benchmarks.libraries import Behavior, Library, Ref
from benchmarks.savina.outcome import Outcome, expect, finish

KEYS = 512


class Dictionary(Behavior):
    """Writes and reads, and answers each request."""

    def __init__(self) -> None:
        super().__init__()
        self._values: dict[int, int] = {}
        self._writes = 0
        self._reads = 0

    def on_receive(self, message: tuple[Ref, int, int | None] | None) -> object:
        if message is not None:
            worker, key, value = message
            if value is None:
                self._reads += 1
            else:
                self._writes += 1
                self._values[key] = value
            worker.tell((key, self._values.get(key)))
            return None
        return self._writes, self._reads, self._values.copy()


class Worker(Behavior):
    """Writes and reads its own keys; what it reads must be what it wrote last."""

    def __init__(self, requests: list[tuple[int, int | None]], outcome: Outcome[int]) -> None:
        super().__init__()
        self._dictionary: Ref
        self._requests = iter(requests)
        self._known: dict[int, int] = {}
        self._wrong = 0
        self._outcome = outcome

    def on_receive(self, message: tuple[int, int | None] | Ref) -> None:
        if isinstance(message, tuple):
            key, value = message
            self._wrong += self._known.get(key) != value
        else:
            self._dictionary = message
        request = next(self._requests, None)
        if request is None:
            self._outcome.put(self._wrong)
            return
        key, value = request
        if value is not None:
            self._known[key] = value
        self._dictionary.tell((self.actor_ref, key, value))


def requests(number: int, workers: int, count: int, writes: int) -> list[tuple[int, int | None]]:
    """The keys that a worker writes (with a value) and reads, the same each time.

    Arguments:
        number: the worker's. It uses the keys that have this remainder, so that it knows what is in them.
        workers: how many there are.
        count: how many requests.
        writes: how many in a hundred are writes.
    """
    random = Random(number)
    return [
        (random.randrange(number, KEYS, workers), random.randrange(1000) if random.randrange(100) < writes else None)
        for _ in range(count)
    ]


def run(library: Library, *, workers: int, count: int, writes: int) -> None:
    outcome: Outcome[int] = Outcome()
    dictionary = library.start(Dictionary)
    planned = [requests(number, workers, count, writes) for number in range(workers)]
    for plan in planned:
        library.start(Worker, plan, outcome).tell(dictionary)
    for _ in range(workers):
        expect("wrong answers to a worker", outcome.get(), 0)
    right: dict[int, int] = {}
    written = 0
    for plan in planned:
        for key, value in plan:
            if value is not None:
                right[key] = value
                written += 1
    expect("writes, reads and the dictionary itself", dictionary.ask(None), (written, workers * count - written, right))
    finish(library, outcome)
