"""The workers of a pool: a few threads that run many actors, and more of them while some are blocked.

A pool has ``size`` workers that work or are ready to. It gets more, up to ``bound`` threads in all:

- one for each worker that waits for a future, while it waits;
- more whenever actors are listed and for `TICK_SECONDS` all the workers have been in the same handlers: then
  they are blocked in something that is not known here, a ``sleep`` or a socket, or compute for long.

One thread, the supervisor, looks after that, and only it starts workers, so that a finalizer or a signal
handler in the middle of anything may send to an actor. It attends until the list is empty, and is called
by whoever leaves an actor in the list with no idle worker to take it: the sender, which lists first and
looks for idle workers second, or a worker, which ceases to be idle first and looks at the list second.

Workers are daemon threads: what keeps a program alive is the actors, see `typedactors.runtimes.pool`.

Imports `_log` and `_parker`.
"""

from __future__ import annotations

import threading
from collections import deque
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from typedactors._log import logger
from typedactors._parker import ThreadParker, set_thread_parker

if TYPE_CHECKING:
    from typedactors._turns import Turns

__all__ = ["TICK_SECONDS", "Workers"]

TICK_SECONDS = 0.02
"""For how long no worker may take an actor from the list before the supervisor adds one."""

SPARE_SECONDS = 10.0
"""For how long a worker that is not needed waits to be needed again, before its thread ends."""


class Workers:
    """The threads of a pool.

    Args:
        size: how many work at a time.
        bound: how many threads there are at the most, those that are blocked included.
    """

    def __init__(self, size: int, bound: int) -> None:
        self.size = size
        self.bound = bound
        self._listed: SimpleQueue[Turns] = SimpleQueue()
        # As many as there are idle workers: appending and popping are atomic, adding to a number is not.
        self._idle: deque[None] = deque()
        self._taken = 0  # changes whenever a worker takes an actor
        self._parkers: set[ThreadParker] = set()  # one for each worker's thread
        self._supervisor = ThreadParker()
        self._supervised = False
        self._attended = False
        # Reentrant, because a finalizer may wait for a future while the lock is held.
        self._counting = threading.RLock()
        self._threads = 0
        self._allowed = size  # how many may be working or idle
        self._working = 0  # how many are; the others wait for a future, or are spare
        self._spare = 0
        self._recalls: SimpleQueue[None] = SimpleQueue()

    def start(self) -> None:
        """Start the supervisor, unless it is there.

        Raises:
            RuntimeError: the system has no more threads.
        """
        if self._supervised:
            return
        with self._counting:
            if not self._supervised:
                threading.Thread(target=self._supervise, name="typedactors-pool", daemon=True).start()
                self._supervised = True

    def submit(self, turns: Turns) -> None:
        """Have a worker run an actor soon. Callable from any thread, by finalizers too."""
        self._listed.put(turns)
        if not self._idle:
            self._call_supervisor()

    def _call_supervisor(self) -> None:
        # The flag is the supervisor's alone: a caller may be interrupted between any two lines.
        if not self._attended or self._working < self._allowed:
            self._supervisor.unpark()

    def _supervise(self) -> None:
        listed, supervisor = self._listed, self._supervisor
        while True:
            # The flag first and the look second, where who calls has listed first and looks at the flag second.
            self._attended = False
            if listed.empty():
                supervisor.park()
            self._attended = True
            while not listed.empty():
                if self._working < self._allowed and self._add_worker():
                    continue
                before = self._progress()
                called = supervisor.park(TICK_SECONDS)
                if not called and before == self._progress() and self._working >= self._allowed:
                    more = 1 + (self._allowed - self.size) // 2
                    self._allowed = min(self._allowed + more, self.bound)

    def _progress(self) -> tuple[object, ...]:
        """Return what changes when a worker takes an actor from the list, or runs one that it waits for."""
        return (self._taken, *[parker.activity for parker in tuple(self._parkers)])

    def _add_worker(self) -> bool:
        """Recall a spare worker or start a new one; False if neither can be had."""
        with self._counting:
            recalled = self._spare > 0
            if recalled:
                self._spare -= 1
            elif self._threads < self.bound:
                self._threads += 1
            else:
                return False
            self._working += 1
            number = self._threads
        if recalled:
            self._recalls.put(None)
            return True
        try:
            threading.Thread(target=self._work, name=f"typedactors-pool-{number}", daemon=True).start()
        except RuntimeError:
            # The system has no more threads, or the interpreter is about to exit.
            with self._counting:
                self._threads -= 1
                self._working -= 1
            return False
        return True

    def _work(self) -> None:
        """Be a worker."""
        parker = _WorkerParker(self)
        set_thread_parker(parker)
        self._parkers.add(parker)
        try:
            self._work_until_unneeded(parker)
        finally:
            self._parkers.discard(parker)

    def _work_until_unneeded(self, parker: ThreadParker) -> None:
        while True:
            turns = self._take()
            if turns is None:
                if self._leave():
                    return
                continue
            try:
                turns.run(parker)
            except BaseException:  # not the actor's, which has its own way to end
                logger.exception("Unhandled exception in a worker of the pool:")
            del turns
            if self._working > self._allowed and self._rest():
                return

    def _take(self) -> Turns | None:
        """Wait for an actor to run; return ``None`` if none came for long."""
        self._idle.append(None)
        try:
            turns = self._listed.get(timeout=SPARE_SECONDS)
            self._taken += 1
        except Empty:
            turns = None
        self._idle.pop()
        if not self._idle and not self._listed.empty():
            self._call_supervisor()
        return turns

    def _leave(self) -> bool:
        """Count this idle worker out, if there are enough without it."""
        with self._counting:
            if self._working <= self.size:
                return False
            self._allowed = max(self._allowed - 1, self.size)
            self._working -= 1
            self._threads -= 1
            return True

    def _rest(self) -> bool:
        """Be spare until recalled; True if that does not happen."""
        with self._counting:
            if self._working <= self._allowed:
                return False
            self._working -= 1
            self._spare += 1
        try:
            self._recalls.get(timeout=SPARE_SECONDS)
        except Empty:
            with self._counting:
                if self._spare:
                    self._spare -= 1
                    self._threads -= 1
                    return True
            self._recalls.get()  # it has been counted in again, and the recall is on its way
        return False

    def suspend_worker(self) -> None:
        """Count the calling worker out, because it is about to wait in an actor."""
        with self._counting:
            self._working -= 1
        if not self._listed.empty():
            self._call_supervisor()

    def resume_worker(self) -> None:
        """Count it in again. If there are too many now, it or another one rests after its turn."""
        with self._counting:
            self._working += 1


class _WorkerParker(ThreadParker):
    """The parker of a worker: while an actor waits in it, another worker may take its place."""

    __slots__ = ("_workers",)

    def __init__(self, workers: Workers) -> None:
        super().__init__()
        self._workers = workers

    def park(self, timeout: float | None = None) -> bool:
        if self._permit.acquire(blocking=False):
            return True
        self._workers.suspend_worker()
        try:
            return super().park(timeout)
        finally:
            self._workers.resume_worker()
