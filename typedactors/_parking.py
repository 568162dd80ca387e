"""A queue and an event that suspend their users through parkers, whatever these suspend.

Imports `_parker` and `_waiting`.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Protocol

from typedactors._parker import current_parker
from typedactors._waiting import wait_plainly, wake_listeners

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typedactors._parker import Parker
    from typedactors._wrapping import Envelope

__all__ = ["ParkingEvent", "ParkingQueue", "Wakeable"]


class Wakeable(Protocol):
    """What a queue needs to know of its reader."""

    def unpark(self) -> None:
        """Let the reader go on; see `Parker.unpark`."""
        ...


class ParkingQueue:
    """A mailbox's queue, whose reader parks while it is empty; see `MessageQueue`.

    The sender appends first and looks for a parked reader second; the reader says that it will park
    first and looks at the queue second. ``deque`` has its own synchronization.
    """

    __slots__ = ("_parker", "_reader", "envelopes")

    def __init__(self) -> None:
        self.envelopes: deque[Envelope] = deque()
        self._parker: Parker | None = None
        self._reader: Wakeable | None = None

    def put(self, envelope: Envelope, /) -> None:
        """Append an envelope; see `MessageQueue.put`."""
        try:
            self.envelopes.append(envelope)
            reader = self._reader
            if reader is not None:
                reader.unpark()
        except BaseException:
            reader = self._reader
            if reader is not None:
                reader.unpark()  # a signal handler's, and the envelope may be there
            raise

    def get(self) -> Envelope:
        """Take the oldest envelope, waiting for one; see `MessageQueue.get`."""
        if not self.envelopes:
            self.wait()
        return self.envelopes.popleft()

    def arrivals(self) -> Iterator[tuple[()]]:
        """Give an empty tuple whenever there is an envelope, which is then to be taken; wait as `get` does. Endless."""
        envelopes = self.envelopes
        while True:
            if not envelopes:
                self.wait()
            yield ()

    def wait(self) -> None:
        """Suspend the reader while there is none. For the actor alone, as `get` is."""
        parker = self._parker
        if parker is None:
            parker = self._parker = current_parker()  # for good: there is no other reader
        envelopes = self.envelopes
        self._reader = parker
        parker.waits += 1  # so that one that interrupts this one leaves it a permit
        try:
            while True:  # see `_turns` on signal handlers that raise
                if envelopes:
                    break
                parker.park()
        finally:
            parker.waits -= 1
            self._reader = None

    @property
    def get_nowait(self) -> Callable[[], Envelope]:
        """Takes the oldest envelope, or raises ``IndexError``; see `MessageQueue.get_nowait`."""
        return self.envelopes.popleft

    def qsize(self) -> int:
        """Return how many there are; see `MessageQueue.qsize`."""
        return len(self.envelopes)

    def empty(self) -> bool:
        """Tell whether there is none; see `MessageQueue.empty`."""
        return not self.envelopes


class ParkingEvent(threading.Event):
    """A ``threading.Event`` whose waiters may be greenlets, each suspended in its own way.

    Whoever waits leaves a call first and looks at the flag second, where `set` sets the flag first. There is no lock:
    that of ``threading.Event`` may be held for ever after a signal handler has raised in its ``set``.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_set = False
        self._listeners: list[Callable[[], object]] = []

    def __repr__(self) -> str:
        # That of threading.Event shows a flag of its own.
        state = "set" if self._is_set else "unset"
        return f"<{type(self).__module__}.{type(self).__qualname__} at {id(self):#x}: {state}>"

    def is_set(self) -> bool:
        """Tell whether the flag is set."""
        return self._is_set

    def set(self) -> None:
        """Set the flag, and wake all who wait for it."""
        self._is_set = True
        try:
            wake_listeners(self._listeners)
        except BaseException:
            wake_listeners(self._listeners)  # a signal handler's, and nobody else will do it
            raise

    def clear(self) -> None:
        """Set the flag no more."""
        self._is_set = False

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the flag is set, or for ``timeout`` seconds; return whether it is set."""
        return wait_plainly(self.is_set, self._listeners, current_parker(), timeout)
