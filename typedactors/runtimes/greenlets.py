"""What the runtimes of greenlets have in common.

Imports `_loop`, `_parking` and `exceptions`.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, NoReturn

from typedactors._loop import ActorLoop
from typedactors._parking import ParkingQueue
from typedactors.exceptions import UnsupportedError

if TYPE_CHECKING:
    from types import CoroutineType

    from typedactors._mailbox import MessageQueue

__all__ = ["GreenletLoop", "claim_thread", "make_queue"]


class GreenletLoop(ActorLoop):
    """Runs an actor in a greenlet, where there is no asyncio loop to run coroutines."""

    __slots__ = ()

    def _run_coroutine(self, coroutine: CoroutineType[Any, Any, Any]) -> NoReturn:  # of any type
        coroutine.close()
        raise UnsupportedError(
            f"{self._actor} runs in a greenlet and cannot run the async method {coroutine.__qualname__}(): "
            "an asyncio loop would block all greenlets of the thread. "
            "Derive the actor from AsyncioActor or ThreadingActor."
        )


class _Thread(threading.local):
    """Whose greenlets the current thread runs."""

    library = ""


_thread = _Thread()


def claim_thread(library: str) -> None:
    """Make sure that the greenlets of the current thread are all of one library.

    Each has a hub that believes to be the only one in its thread: while one waits, the other one stands still.

    Raises:
        UnsupportedError: there are actors on the greenlets of another library in this thread.
    """
    if _thread.library not in ("", library):
        raise UnsupportedError(
            f"this thread runs actors on {_thread.library}, so it cannot run actors on {library} as well. "
            "Start them in another thread; the two can use each other then."
        )
    _thread.library = library


def make_queue() -> MessageQueue:
    """Return a queue for the mailbox of an actor in a greenlet."""
    return ParkingQueue()
