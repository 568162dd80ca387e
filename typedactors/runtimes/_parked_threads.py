"""Threads that run one actor after the other, because a new thread costs several times a handed-over one.

When an actor has ended, its thread waits a moment for the next one. Waiting threads are kept in two
lists, one for each kind of daemon flag, which a thread cannot change once it runs. Whoever deletes the
item of a thread's ``_claim``, in one atomic step, decides what it does: a starter hands it an actor, and
the thread itself leaves when it has waited long enough. No signal handler runs between the claim and the
hand-over (see `_turns`), and a thread that has only been taken out of its list leaves by itself.

- A waiting thread does not keep the program from ending: those that are no daemons are sent away
  when the interpreter begins to shut down.
- A forked child has only the thread that forked, and starts with empty lists.
- A thread is renamed before anybody learns that its actor has ended (`ActorLoop.run`).
- What an actor left in ``threading.local()`` objects is still there for the next one in its thread.

Imports nothing of the package.
"""

from __future__ import annotations

import os
import threading
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typedactors._loop import ActorLoop

__all__ = ["dismiss_idle_threads", "run_in_thread"]

MAXIMUM_IDLE = 32
"""How many threads of each kind wait at the most."""

IDLE_SECONDS = 1.0
"""How long a thread waits for the next actor: starts that follow each other closely are to be quick."""

IDLE_NAME = "typedactors-idle"


class _Shutdown:
    """Whether the interpreter is shutting down."""

    begun = False


class _ActorThread:
    """A thread, and the way to hand it an actor.

    Args:
        name: the thread's first name.
        daemon: whether the interpreter may exit while the thread runs.
    """

    __slots__ = ("_claim", "_handed_over", "_idle", "thread")

    def __init__(self, name: str, *, daemon: bool) -> None:
        self._handed_over: SimpleQueue[ActorLoop | None] = SimpleQueue()
        self._idle = _idle[daemon]
        self._claim: list[None] = []
        self.thread = threading.Thread(target=self._run, name=name, daemon=daemon)

    def start(self, loop: ActorLoop) -> None:
        """Start the thread, and have it run an actor."""
        try:
            self.thread.start()
            self._handed_over.put(loop)
        except BaseException:
            self._handed_over.put(None)  # it may have started
            raise

    def hand_over(self, loop: ActorLoop | None) -> bool:
        """Have the thread run an actor, or leave; False if somebody else decides. For a thread that waits."""
        try:
            del self._claim[0]
        except IndexError:
            return False
        self._handed_over.put(loop)
        return True

    def _run(self) -> None:
        loop = self._handed_over.get()
        while loop is not None:
            loop.run(before_end=self._take_off_name)
            del loop  # an idle thread keeps nothing of its last actor alive
            loop = self._wait_for_next()

    def _take_off_name(self) -> None:
        self.thread.name = IDLE_NAME

    def _wait_for_next(self) -> ActorLoop | None:
        if _Shutdown.begun or len(self._idle) >= MAXIMUM_IDLE:
            return None
        self._claim.append(None)
        self._idle.append(self)
        # Looked at again after the append: dismiss_idle_threads() sets it first and looks at the list second.
        if not _Shutdown.begun:
            try:
                return self._handed_over.get(timeout=IDLE_SECONDS)
            except Empty:
                pass
        try:
            del self._claim[0]
        except IndexError:
            return self._handed_over.get()  # somebody hands something over
        try:
            self._idle.remove(self)
        except ValueError:
            pass  # somebody has just taken it out, and will see that it is too late
        return None


_idle: dict[bool, list[_ActorThread]] = {False: [], True: []}


def run_in_thread(loop: ActorLoop, name: str, *, daemon: bool) -> None:
    """Run an actor in a thread of its own: one that waits, or a new one.

    Args:
        loop: the actor's life.
        name: the thread's name while it runs this actor.
        daemon: whether the interpreter may exit while the actor runs.

    Raises:
        RuntimeError: the system has no more threads; the actor will not run.
    """
    idle = _idle[daemon]
    while idle:
        try:
            actor_thread = idle.pop()  # the last one: its stack is still in the processor's cache
        except IndexError:
            break  # it was taken between the two lines
        actor_thread.thread.name = name
        if actor_thread.hand_over(loop):
            return
    _ActorThread(name, daemon=daemon).start(loop)


def dismiss_idle_threads() -> list[threading.Thread]:
    """Send the waiting threads away; return them, for whoever wants to wait for their end."""
    dismissed: list[threading.Thread] = []
    for idle in _idle.values():
        while idle:
            try:
                actor_thread = idle.pop()
            except IndexError:
                break  # it was taken between the two lines
            if actor_thread.hand_over(None):
                dismissed.append(actor_thread.thread)
    return dismissed


def _forget_idle_threads() -> None:
    for idle in _idle.values():
        idle.clear()


def _begin_shutdown() -> None:
    _Shutdown.begun = True
    dismiss_idle_threads()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_idle_threads)

# Private to CPython, but the only call that comes before the interpreter waits for the threads that are
# no daemons; concurrent.futures uses it for the same. Without it a program may end IDLE_SECONDS later.
_register_at_shutdown = getattr(threading, "_register_atexit", None)
if _register_at_shutdown is not None:
    try:
        _register_at_shutdown(_begin_shutdown)
    except RuntimeError:
        _begin_shutdown()  # the main thread has ended before the first actor of another one begins
