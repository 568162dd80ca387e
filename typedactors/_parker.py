"""Parkers: how a piece of running code is suspended and woken, one parker for each context.

A context is whatever blocks as a unit: an operating system thread here, a greenlet in other
runtimes. A future that must wait asks for the parker of its *caller*, so that one future serves
every runtime: the caller's kind of context decides how to wait, not the actor's.

The idea is that of ``java.util.concurrent.locks.LockSupport``: a parker holds at most one permit.
`Parker.unpark` leaves the permit, `Parker.park` takes it or waits for it. A permit may be left over
from an earlier wait, so whoever parks does it in a loop around the condition that it waits for.

Imports nothing of the package.
"""

from __future__ import annotations

import threading
from _thread import allocate_lock
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedactors._deadlock import Activity

__all__ = [
    "MAXIMUM_NESTED_TURNS",
    "Parker",
    "ThreadParker",
    "add_parker_provider",
    "current_parker",
    "set_thread_parker",
]


class Parker(Protocol):
    """Suspends the context that it belongs to."""

    activity: Activity | None
    """The actor that runs in this context, or ``None`` outside of actors."""

    waits: int
    """How many waits of this context are going on, one interrupted by the other; see `_waiting`."""

    turns_left: int
    """How many more actors this context may run while it waits for them, one within the other; see `_turns`.

    0 if it must not run any, because others would have to wait as well: tasks, greenlets.
    """

    def park(self, timeout: float | None = None) -> bool:
        """Suspend the current context until `unpark`, or for ``timeout`` seconds.

        To be called only in the parker's own context. May return early, without reason.

        Returns:
            False if the time ran out, True otherwise.
        """
        ...

    def unpark(self) -> None:
        """Let the context go on, now or at its next `park`. Callable from any thread."""
        ...


MAXIMUM_NESTED_TURNS = 50


class ThreadParker:
    """The parker of an operating system thread: a lock that is held unless there is a permit."""

    __slots__ = ("_permit", "activity", "turns_left", "waits")

    def __init__(self) -> None:
        self.activity: Activity | None = None
        self.waits = 0
        self.turns_left = MAXIMUM_NESTED_TURNS
        self._permit = allocate_lock()
        self._permit.acquire()

    def park(self, timeout: float | None = None) -> bool:
        """Wait for a permit; see `Parker.park`."""
        if timeout is None:
            return self._permit.acquire()
        # A lock refuses to wait longer than TIMEOUT_MAX seconds (292 years on most machines).
        return self._permit.acquire(timeout=min(max(timeout, 0.0), threading.TIMEOUT_MAX))

    def unpark(self) -> None:
        """Leave a permit; see `Parker.unpark`."""
        try:
            self._permit.release()
        except RuntimeError:
            pass  # there is a permit already, and a parker holds at most one


class _ThreadState(threading.local):
    """The parker of the current thread."""

    def __init__(self) -> None:
        self.parker = ThreadParker()


_thread_state = _ThreadState()
_providers: list[Callable[[], Parker | None]] = []


def add_parker_provider(provider: Callable[[], Parker | None]) -> None:
    """Let a runtime whose contexts are smaller than a thread say which one is running.

    Args:
        provider: returns the parker of the running context, or ``None`` if that is a plain thread.
    """
    _providers.append(provider)


def set_thread_parker(parker: ThreadParker) -> None:
    """Make this the parker of the calling thread, which has not waited yet."""
    _thread_state.parker = parker


def current_parker() -> Parker:
    """Return the parker of the calling context; the same one at every call in it."""
    if _providers:  # most programs have none, and to look costs less than an empty loop
        for provider in _providers:
            parker = provider()
            if parker is not None:
                return parker
    return _thread_state.parker
