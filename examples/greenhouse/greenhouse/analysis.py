"""A pool of workers that summarise batches of readings.

The pool never waits: it hands each batch to a worker that has nothing to do, or keeps it until one
has. So it can be asked for more at any time. The worker settles the future that the pool's caller
holds, and then tells the pool that it is free again.
"""

from __future__ import annotations

import contextlib
import math
from collections import deque

from typedactors import ActorDeadError, Future, ThreadingActor, ThreadingFuture

from greenhouse.proxies import AnalysisPoolProxy, AnalystProxy
from greenhouse.values import Batch, Summary


def summarise(batch: Batch) -> Summary:
    """Return what a batch comes to.

    Raises:
        ValueError: the batch is empty.
    """
    if not batch.readings:
        raise ValueError(f"the batch of {batch.zone} is empty")
    temperatures = [reading.celsius for reading in batch.readings]
    return Summary(
        batch.zone,
        start=batch.readings[0].minute,
        lowest=min(temperatures),
        mean=math.fsum(temperatures) / len(temperatures),
        highest=max(temperatures),
        heating=math.fsum(reading.heating for reading in batch.readings) / len(temperatures),
    )


class Analyst(ThreadingActor):
    """A worker of the pool."""

    def __init__(self, pool: AnalysisPoolProxy) -> None:
        super().__init__()
        self._pool = pool
        self._myself = self.actor_ref.proxy(AnalystProxy)

    def work(self, batch: Batch, answer: ThreadingFuture[Summary]) -> None:
        """Summarise a batch, give ``answer`` the result or the error, and be free for the next."""
        try:
            answer.set(summarise(batch))
        except Exception:  # noqa: BLE001 - it belongs to whoever wants the answer
            answer.set_exception()
        # A pool that has stopped meanwhile has no more work, and stops its workers.
        with contextlib.suppress(ActorDeadError):
            self._pool.release.defer(self._myself)


class AnalysisPool(ThreadingActor):
    """Hands batches to its workers."""

    def __init__(self, size: int = 3) -> None:
        super().__init__()
        self._completed = 0
        self._size = size
        self._analysts: list[AnalystProxy] = []
        self._idle: deque[AnalystProxy] = deque()
        self._waiting: deque[tuple[Batch, ThreadingFuture[Summary]]] = deque()

    def on_start(self) -> None:
        myself = self.actor_ref.proxy(AnalysisPoolProxy)
        self._analysts = [Analyst.start(myself).proxy(AnalystProxy) for _ in range(self._size)]
        self._idle.extend(self._analysts)

    def on_stop(self) -> None:
        for _, answer in self._waiting:
            answer.set_exception((ActorDeadError, ActorDeadError("the pool was stopped"), None))
        for analyst in self._analysts:
            analyst.actor_ref.stop()

    @property
    def size(self) -> int:
        """How many workers there are."""
        return self._size

    @property
    def completed(self) -> int:
        """How many batches have been worked on."""
        return self._completed

    def submit(self, batch: Batch) -> Future[Summary]:
        """Return a future of the batch's summary, at once: ``pool.submit(batch).get().get()``."""
        answer: ThreadingFuture[Summary] = ThreadingFuture()
        self._waiting.append((batch, answer))
        self._hand_out()
        return answer

    def release(self, analyst: AnalystProxy) -> None:
        """Take note that a worker is free. The workers call it."""
        self._completed += 1
        self._idle.append(analyst)
        self._hand_out()

    def _hand_out(self) -> None:
        while self._idle and self._waiting:
            batch, answer = self._waiting.popleft()
            self._idle.popleft().work.defer(batch, answer)
