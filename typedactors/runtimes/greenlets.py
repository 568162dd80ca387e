"""What the runtimes of greenlets have in common.

Imports `_loop`, `_parking` and `exceptions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from typedactors._loop import ActorLoop
from typedactors._parking import ParkingQueue
from typedactors.exceptions import UnsupportedError

if TYPE_CHECKING:
    from types import CoroutineType

    from typedactors._mailbox import MessageQueue

__all__ = ["GreenletLoop", "make_queue"]


class GreenletLoop(ActorLoop):
    """Runs an actor in a greenlet, where there is no asyncio loop to run coroutines."""

    __slots__ = ()

    def _run_coroutine(self, coroutine: CoroutineType[Any, Any, Any]) -> NoReturn:  # of any type
        coroutine.close()
        raise UnsupportedError(
            f"{self._actor} runs in a greenlet and cannot run the async method {coroutine.__qualname__}(): "
            "an asyncio loop would block all greenlets of the thread. Derive the actor from AsyncioActor or ThreadingActor."
        )


def make_queue() -> MessageQueue:
    """Return a queue for the mailbox of an actor in a greenlet."""
    return ParkingQueue()
