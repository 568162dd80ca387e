"""What the runtimes of greenlets have in common.

Imports `_loop`, `_parking` and `exceptions`.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import deque
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

from typedactors._loop import ActorLoop
from typedactors._parking import ParkingQueue
from typedactors.exceptions import UnsupportedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CoroutineType

    from greenlet import greenlet

    from typedactors._deadlock import Activity
    from typedactors._mailbox import MessageQueue

__all__ = ["GreenletLoop", "GreenletParker", "Waker", "claim_thread", "make_queue"]

W = TypeVar("W", bound="Waker")

WAKE_UPS_AT_ONCE = 50


class Waker(ABC):
    """Switches to the greenlets of one hub that have been woken, to many of them in one call of the hub's.

    To have a hub call something costs it more than all else of a wake-up. A greenlet that is suspended returns
    to where the hub switched to it, and that is here; so greenlets that go on waking each other cost no further
    call. After so many the rest of what the hub has to do gets its turn.

    For the hub's own thread, signal handlers in it included: a greenlet is appended first and ``_is_called``
    looked at second, where `_wake_due` resets that first and looks for more greenlets second.

    Args:
        get_thread_ident: ``threading.get_ident`` as it was before the library patched it.
    """

    __slots__ = ("_due", "_is_called", "get_thread_ident", "thread_ident")

    def __init__(self, get_thread_ident: Callable[[], int]) -> None:
        self._due: deque[GreenletParker[Any]] = deque()  # of the library's own waker
        self._is_called = False
        self.get_thread_ident = get_thread_ident
        self.thread_ident = get_thread_ident()

    @abstractmethod
    def call_soon(self, call: Callable[[], None]) -> None:
        """Have the hub call something. For the hub's own thread."""

    @abstractmethod
    def call_soon_threadsafe(self, call: Callable[[], None]) -> None:
        """Have the hub call something. For any thread."""

    def wake(self, parker: GreenletParker[Any]) -> None:  # of the library's own waker
        """Switch to a greenlet soon, if it is suspended then."""
        self._due.append(parker)
        if not self._is_called:
            self._call_wake_due()

    def _call_wake_due(self) -> None:
        self._is_called = True
        try:
            self.call_soon(self._wake_due)
        except BaseException:
            self.call_soon(self._wake_due)  # a signal handler's: it may not have been called, and twice does no harm
            raise

    def _wake_due(self) -> None:
        due = self._due
        try:
            for _ in range(WAKE_UPS_AT_ONCE):
                if not due:
                    break
                due[0].resume()
                del due[0]  # only now, or a signal handler that raises could leave the greenlet suspended for ever
        finally:
            self._is_called = False
            if due:
                self._call_wake_due()


class GreenletParker(Generic[W]):
    """The parker of a greenlet; see `Parker`. A library's own adds how to suspend it.

    The permit is left first and the suspended greenlet looked for second; the greenlet says that it is
    suspended first and looks at the permit second. The hub alone switches to it. Whoever finds that there
    is a permit already leaves the waking to who left it.
    """

    __slots__ = ("activity", "permit", "suspended", "turns_left", "waits", "waker")

    def __init__(self, waker: W) -> None:
        self.activity: Activity | None = None
        self.waits = 0
        self.turns_left = 0  # the other greenlets of the thread would wait as well
        self.waker = waker
        self.permit = False
        self.suspended: greenlet | None = None

    def unpark(self) -> None:
        """Leave a permit; see `Parker.unpark`."""
        if self.permit:
            return
        self.permit = True
        if self.suspended is None:
            return
        try:
            self._wake()
        except BaseException:
            self._wake()  # a signal handler's, and nobody else will do it
            raise

    def _wake(self) -> None:
        waker = self.waker
        if waker.get_thread_ident() == waker.thread_ident:
            waker.wake(self)
        else:
            waker.call_soon_threadsafe(self.resume)

    def resume(self) -> None:
        """Switch to the greenlet, if it is still suspended. Called by the hub."""
        suspended, self.suspended = self.suspended, None
        if suspended is not None:
            suspended.switch()


class GreenletLoop(ActorLoop):
    """Runs an actor in a greenlet, where there is no asyncio loop to run coroutines."""

    __slots__ = ()

    def _handle_all(self) -> None:
        queue = self.mailbox._queue
        assert isinstance(queue, ParkingQueue)  # make_queue() made it
        # In place of queue.get(), which would be a call for each message.
        self.handle_each(queue.arrivals(), queue.envelopes.popleft)

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
