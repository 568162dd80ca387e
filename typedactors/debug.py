"""Help for finding out why a program stands still.

Nothing of the package imports it.

Imports `_deadlock`, `_log`, `_mailbox`, `_registry` and `_wait_graph`.
"""

from __future__ import annotations

import sys
import threading
import traceback
from typing import TYPE_CHECKING, Any

from typedactors import _deadlock, _wait_graph
from typedactors._log import logger
from typedactors._mailbox import Mailbox
from typedactors._registry import ActorRegistry
from typedactors._wait_graph import ActorState, Wait, WaitForGraph

if TYPE_CHECKING:
    from typedactors._ref import ActorRef

__all__ = [
    "ActorState",
    "Wait",
    "WaitForGraph",
    "log_thread_tracebacks",
    "log_wait_for_graph",
    "mailbox_depths",
    "set_deadlock_detection",
    "wait_for_graph",
]


def log_thread_tracebacks(*_args: object, **_kwargs: object) -> None:
    """Log where each thread is now, at the level ``CRITICAL``.

    Takes any arguments and ignores them, so that it can be a signal handler::

        signal.signal(signal.SIGUSR1, typedactors.debug.log_thread_tracebacks)

    after which ``kill -SIGUSR1`` shows the threads of a program that hangs. Python runs signal
    handlers in the main thread, also while that waits in `Future.get`. May be called from any thread.
    """
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    for ident, frame in sys._current_frames().items():
        stack = "".join(traceback.format_stack(frame))
        logger.critical("Current state of %s (ident: %s):\n%s", names.get(ident, "?"), ident, stack)


def wait_for_graph() -> WaitForGraph:
    """Return what each actor does now, how many messages wait for it, and which actor waits for which.

    ``print(wait_for_graph())`` shows it as text, and `WaitForGraph.mermaid` gives a flowchart. May be
    called at any time, from any thread and from a signal handler; nobody is held up by it.

    Returns:
        A graph that does not change any more. Threads that are no actors, and awaits, are not in it.
    """
    return _wait_graph.read_graph()


def log_wait_for_graph(*_args: object, **_kwargs: object) -> None:
    """Log the wait-for graph as text, at the level ``CRITICAL``.

    Takes any arguments and ignores them, so that it can be a signal handler, as `log_thread_tracebacks`
    can. May be called from any thread.
    """
    logger.critical("Who waits for whom: %s", _wait_graph.read_graph())


def mailbox_depths() -> dict[ActorRef[Any], int]:  # running actors are of any class
    """Return how many messages wait in the mailbox of each running actor.

    The message that an actor is handling is not counted, and actors in other processes are left out.
    May be called at any time, from any thread and from a signal handler.

    Returns:
        The numbers by ref, in the order in which the actors were started.
    """
    return {ref: ref._mailbox.depth() for ref in ActorRegistry.get_all() if isinstance(ref._mailbox, Mailbox)}


def set_deadlock_detection(on: bool) -> bool:
    """Switch the detection of deadlocks off or on, for the whole process. It is on from the start.

    While it is off, actors that wait for each other in a circle wait for ever; `wait_for_graph` shows
    them. Switching it on again does not wake those who wait in a circle already. May be called from any thread.

    Args:
        on: whether a wait without a timeout that would never end raises `DeadlockError`.

    Returns:
        Whether it was on before.
    """
    return _deadlock.switch_detection(on)
