"""The runtime of plain threads: one operating system thread for each actor.

Imports `_actor`, `_future` and types of the layers below.
"""

from __future__ import annotations

import threading
from itertools import count
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, ClassVar

from typedactors._actor import Actor
from typedactors._future import ThreadingFuture

if TYPE_CHECKING:
    from typedactors._loop import ActorLoop
    from typedactors._mailbox import Envelope, MessageQueue
    from typedactors._runtime import LocalRuntime

__all__ = ["ThreadingActor", "ThreadingFuture"]


class _ThreadingRuntime:
    """Starts a new thread for each actor."""

    name = "threads"
    future_class: type[ThreadingFuture[Any]] = ThreadingFuture  # of any value

    def __init__(self) -> None:
        self._numbers = count(1)

    def make_queue(self) -> MessageQueue:
        # Its put() is written in C and reentrant, so that signal handlers and finalizers may tell.
        queue: SimpleQueue[Envelope] = SimpleQueue()
        return queue

    def spawn(self, loop: ActorLoop, name: str, *, daemon: bool) -> None:
        threading.Thread(target=loop.run, name=f"{name}-{next(self._numbers)}", daemon=daemon).start()


class ThreadingActor(Actor):
    """An actor with a thread of its own.

    The thread is named after the class, with a number: ``Counter-3``. Set the class attribute
    ``use_daemon_thread`` to let the interpreter exit while the actor runs; it is not inherited from
    the actor that starts another, and is looked at when the actor starts.
    """

    _runtime: ClassVar[LocalRuntime] = _ThreadingRuntime()
