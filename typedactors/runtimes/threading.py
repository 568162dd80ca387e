"""The runtime of plain threads: one operating system thread for each actor.

Imports `_actor`, `_future`, `_loop` and `_parked_threads`.
"""

from __future__ import annotations

from itertools import count
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar

from typedactors._actor import Actor, start_on
from typedactors._future import ThreadingFuture
from typedactors._loop import ActorLoop
from typedactors.runtimes._parked_threads import run_in_thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedactors._mailbox import MessageQueue
    from typedactors._ref import ActorRef
    from typedactors._runtime import LocalRuntime
    from typedactors._wrapping import Envelope

__all__ = ["THREADS", "ThreadingActor", "ThreadingFuture", "start"]

A = TypeVar("A")
P = ParamSpec("P")


class _ThreadingRuntime:
    """Gives each actor a thread of its own for as long as it runs."""

    name = "threads"
    future_class: type[ThreadingFuture[Any]] = ThreadingFuture  # of any value
    loop_class = ActorLoop

    def __init__(self) -> None:
        self._numbers = count(1)

    def make_queue(self) -> MessageQueue:
        # Its put() is written in C and reentrant, so that signal handlers and finalizers may tell.
        queue: SimpleQueue[Envelope] = SimpleQueue()
        return queue

    def spawn(self, loop: ActorLoop, name: str, *, daemon: bool) -> None:
        run_in_thread(loop, f"{name}-{next(self._numbers)}", daemon=daemon)


THREADS = _ThreadingRuntime()


class ThreadingActor(Actor):
    """An actor with a thread of its own.

    The thread is named after the class, with a number: ``Counter-3``. Set the class attribute
    ``use_daemon_thread`` to let the interpreter exit while the actor runs; it is not inherited from
    the actor that starts another, and is looked at when the actor starts.

    When the actor has ended its thread waits a moment for another actor, under the name
    ``typedactors-idle``, and then ends. The program may end meanwhile.
    """

    _typedactors_runtime: ClassVar[LocalRuntime] = THREADS


def start(actor_class: Callable[P, A], /, *args: P.args, **kwargs: P.kwargs) -> ActorRef[A]:
    """Start an actor of any class in a thread of its own; the arguments are for its ``__init__``."""
    return start_on(THREADS, actor_class, *args, **kwargs)
