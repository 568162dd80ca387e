"""Bounded buffer: producers and consumers, and a manager that holds producers back when its buffer is full."""

from __future__ import annotations

from collections import deque

from benchmarks.libraries import Behavior, Library, Ref
from benchmarks.savina.outcome import Outcome, expect, finish


class Manager(Behavior):
    """Keeps at most so many items; the rest waits with producers that are not asked for more."""

    def __init__(self, size: int, producers: int, outcome: Outcome[tuple[int, int]]) -> None:
        super().__init__()
        self._size = size
        self._buffer: deque[int] = deque()
        self._idle_consumers: deque[Ref] = deque()
        self._held_producers: deque[Ref] = deque()
        self._outstanding = 0
        self._fullest = 0
        self._working = producers
        self._outcome = outcome
        self._busy = 0
        self._taken = 0
        self._reported = False

    def on_receive(self, message: tuple[str, Ref | None, int]) -> None:
        kind, sender, item = message
        if kind == "item":
            self._outstanding -= 1
            self._buffer.append(item)
            self._fullest = max(self._fullest, len(self._buffer))
        elif kind == "want work" and sender is not None:
            self._held_producers.append(sender)
        elif kind in ("want item", "used item") and sender is not None:
            self._idle_consumers.append(sender)
            self._busy -= kind == "used item"
        elif kind == "finished":
            self._working -= 1
        self._match()

    def _match(self) -> None:
        while self._buffer and self._idle_consumers:
            self._taken += 1
            self._busy += 1
            self._idle_consumers.popleft().tell(self._buffer.popleft())
        # What producers are working on counts too, or the buffer would overflow when they are done.
        while self._held_producers and len(self._buffer) + self._outstanding < self._size:
            self._outstanding += 1
            self._held_producers.popleft().tell("produce")
        if not (self._working or self._buffer or self._busy or self._reported):
            self._reported = True  # a consumer may come when all is over
            self._outcome.put((self._taken, self._fullest))


class Producer(Behavior):
    """Makes an item whenever it is asked to, until it has made its share."""

    def __init__(self, first: int, items: int) -> None:
        super().__init__()
        self._next = first
        self._end = first + items
        self._manager: Ref

    def on_receive(self, message: Ref | str) -> None:
        if not isinstance(message, str):
            self._manager = message
            self._manager.tell(("want work", self.actor_ref, 0))
            return
        item, self._next = self._next, self._next + 1
        self._manager.tell(("item", None, item))
        if self._next == self._end:
            self._manager.tell(("finished", None, 0))
        else:
            self._manager.tell(("want work", self.actor_ref, 0))


class Consumer(Behavior):
    """Takes an item, adds it up, and wants another one."""

    def __init__(self) -> None:
        super().__init__()
        self._sum = 0
        self._manager: Ref

    def on_receive(self, message: Ref | int | None) -> int:
        if isinstance(message, int):
            self._sum += message
            self._manager.tell(("used item", self.actor_ref, 0))
        elif message is not None:
            self._manager = message
            self._manager.tell(("want item", self.actor_ref, 0))
        return self._sum


def run(library: Library, *, producers: int, consumers: int, items: int, size: int) -> None:
    outcome: Outcome[tuple[int, int]] = Outcome()
    making = [library.start(Producer, number * items, items) for number in range(producers)]
    using = [library.start(Consumer) for _ in range(consumers)]
    manager = library.start(Manager, size, producers, outcome)
    for each in [*making, *using]:
        each.tell(manager)
    taken, fullest = outcome.get()
    total = producers * items
    expect("items taken", taken, total)
    expect("whether the buffer was never overfull", fullest <= size, True)
    expect("the sum of all items", sum(each.ask(None) for each in using), total * (total - 1) // 2)
    finish(library, outcome)
