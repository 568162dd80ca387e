"""The runtime of the pool: many actors on few threads, and on the threads of those who wait for them.

Opt-in, because it differs in meaning from a thread for each actor: see `PooledActor`. How an actor gets
its turns is told in `_turns`, how many threads there are in `_workers`.

What keeps a program alive is here: the workers are daemon threads, which do not. Another thread, which
is none, waits for the end of the main thread and then for that of all the actors that are no daemons.

Imports `_actor`, `_future`, `_loop`, `_parker`, `_turns` and `_workers`.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar

from typedactors._actor import Actor, start_on
from typedactors._future import ThreadingFuture
from typedactors._loop import ActorLoop
from typedactors._parker import ThreadParker
from typedactors._turns import Turns
from typedactors._workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedactors._mailbox import MessageQueue
    from typedactors._ref import ActorRef
    from typedactors._runtime import LocalRuntime

__all__ = ["POOL", "PooledActor", "start"]

A = TypeVar("A")
P = ParamSpec("P")


class PoolRuntime:
    """Runs actors in turns, and keeps the program alive while one lives that is no daemon.

    Args:
        size: how many workers work at a time.
        bound: how many workers there are at the most, those that are blocked included.
    """

    name = "pool"
    future_class: type[ThreadingFuture[Any]] = ThreadingFuture  # of any value
    loop_class = ActorLoop

    def __init__(self, size: int, bound: int) -> None:
        self._size = size
        self._bound = bound
        self._begin_anew()
        if hasattr(os, "register_at_fork"):  # not on Windows
            os.register_at_fork(after_in_child=self._begin_anew)

    def _begin_anew(self) -> None:
        """Have no threads and no actors; a forked process has none of its parent's."""
        self._workers = Workers(self._size, self._bound)
        self._lock = threading.Lock()
        self._keeper: ThreadParker | None = None
        self._main_thread_ended = False
        self._keeping_alive: set[Turns] = set()

    def make_queue(self) -> MessageQueue:
        return Turns(self)

    def spawn(self, loop: ActorLoop, name: str, *, daemon: bool) -> None:
        turns = loop.mailbox._queue
        assert isinstance(turns, Turns)  # make_queue() made it
        self._workers.start()
        if not daemon:
            self._start_keeper()
            self._keeping_alive.add(turns)
        loop.mailbox.activity.turns = turns
        turns.start(loop)

    def submit(self, turns: Turns) -> None:
        self._workers.submit(turns)

    def forget(self, turns: Turns) -> None:
        self._keeping_alive.discard(turns)
        # First the set and then the flag, where the keeper sets the flag and looks at the set second.
        if self._main_thread_ended and not self._keeping_alive and self._keeper is not None:
            self._keeper.unpark()

    def _start_keeper(self) -> None:
        if self._keeper is not None:
            return
        with self._lock:
            if self._keeper is None:
                keeper = ThreadParker()
                threading.Thread(
                    target=self._keep_alive, args=(keeper,), name="typedactors-pool-keeper", daemon=False
                ).start()
                self._keeper = keeper

    def _keep_alive(self, keeper: ThreadParker) -> None:
        """Be the thread for which the interpreter waits before it exits."""
        threading.main_thread().join()
        self._main_thread_ended = True
        while self._keeping_alive:
            keeper.park()


POOL = PoolRuntime(size=min(8, max(2, os.cpu_count() or 1)), bound=256)


class PooledActor(Actor):
    """An actor without a thread of its own: one of many that share a few threads.

    Everything else is as with `ThreadingActor`, and actors of both kinds may use each other. What
    differs in meaning:

    - **Any thread may run it.** The methods run on a worker of the pool; or, while the actor is idle,
      on the thread of whoever waits for it without a timeout, the main thread for example. Never on
      two at once. So what belongs to a thread, such as ``threading.local()``, an SQLite connection or a
      reentrant lock that the caller holds, does not belong to the actor. Context variables are the
      sender's, as ever.
    - **Blocking is bounded.** A worker that waits for a future, or blocks otherwise, is replaced by
      another one while it does, up to 256 threads. Beyond that, actors that nobody waits for stand
      still until one of those returns.
    - **Turns are bounded.** After 64 messages a worker goes on to the next actor.

    Set the class attribute ``use_daemon_thread`` to let the interpreter exit while the actor runs,
    though no thread belongs to it. Otherwise the program does not end until the actor has stopped.
    """

    _typedactors_runtime: ClassVar[LocalRuntime] = POOL


def start(actor_class: Callable[P, A], /, *args: P.args, **kwargs: P.kwargs) -> ActorRef[A]:
    """Start an actor of any class on the pool; the arguments are for its ``__init__``."""
    return start_on(POOL, actor_class, *args, **kwargs)
