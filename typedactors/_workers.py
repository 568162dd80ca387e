"""The workers of a pool: a few threads that run many actors, and more of them while some are blocked.

A pool has ``size`` workers that work or are ready to. It gets more, up to ``bound`` threads in all:

- one for each worker that waits for a future, while it waits;
- more whenever actors are listed and for `TICK_SECONDS` all the workers have been in the same handlers: then
  they are blocked in something that is not known here, a ``sleep`` or a socket, or compute for long.

An actor gets to a worker through a list: whoever looks first takes the oldest. A worker looks whenever it is
done with an actor. If there is none it is idle, and the idle workers share one permit:

- a sender lists the actor, *then* looks whether a worker is idle. If so it leaves the permit, unless it is
  there; if not it calls the supervisor;
- a worker counts itself as idle, *then* looks at the list. While there is nothing it takes the permit, for
  which it waits, and looks again. When it has an actor it ceases to be idle, *then* looks whether there are
  more, and does as the sender does.

So for each entry somebody looks after it was made. The permit says that it is worth a look and hands nothing
over: a worker that lists an actor and is done goes on with it, before the one that was woken gets to run, and a
message costs no change of threads. If it is not done but blocks, the one that was woken takes the actor. (A
``SimpleQueue`` would hand the actor over if a thread waits, since Python 3.13, and change threads each time.)

One thread, the supervisor, sees to it that there are enough workers, and only it starts them, so that a
finalizer or a signal handler in the middle of anything may send to an actor. It attends until the list is empty.

Workers are daemon threads: what keeps a program alive is the actors, see `typedactors.runtimes.pool`.

Imports `_log` and `_parker`.
"""

from __future__ import annotations

import threading
from _thread import allocate_lock
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
        self._listed: deque[Turns] = deque()
        self._permit = allocate_lock()  # held unless there is a permit
        self._permit.acquire()
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
        self._listed.append(turns)
        self._call_worker()

    def _call_worker(self) -> None:
        """Have somebody look at the list, which is not empty."""
        if not self._idle:
            self._call_supervisor()
        elif self._permit.locked():
            try:
                self._permit.release()
            except RuntimeError:
                pass  # another one has left it between the two lines

    def _call_supervisor(self) -> None:
        # The flag is the supervisor's alone: a caller may be interrupted between any two lines.
        if not self._attended or self._working < self._allowed:
            self._supervisor.unpark()

    def _supervise(self) -> None:
        listed, supervisor = self._listed, self._supervisor
        while True:
            # The flag first and the look second, where who calls has listed first and looks at the flag second.
            self._attended = False
            if not listed:
                supervisor.park()
            self._attended = True
            while listed:
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
        """Take an actor from the list, or wait for one; return ``None`` if none came for long."""
        try:
            turns = self._listed.popleft()
        except IndexError:
            return self._wait()
        self._taken += 1
        return turns

    def _wait(self) -> Turns | None:
        """Be idle until there is an actor to run; return ``None`` if none came for long."""
        listed, turns = self._listed, None
        self._idle.append(None)
        while turns is None:
            try:
                turns = listed.popleft()
                self._taken += 1
            except IndexError:
                if not self._permit.acquire(timeout=SPARE_SECONDS):
                    break
        self._idle.pop()
        if listed:
            self._call_worker()
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
        if self._listed:
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
