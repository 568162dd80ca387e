"""The runtime of eventlet: a green thread for each actor, in the hub of the thread that starts it.

eventlet is in maintenance, and its own documentation advises against new use: this is for programs
that have it. A hub of eventlet's can be used only in its own thread, so each one gets a green thread
that listens for calls from the other threads.

Imports `_future`, `_parker` and `greenlets`.
"""

from __future__ import annotations

import os
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

import eventlet
import eventlet.event
import eventlet.hubs
import eventlet.patcher
import greenlet

from typedactors._future import ThreadingFuture
from typedactors._parker import add_parker_provider
from typedactors.runtimes.greenlets import GreenletLoop, GreenletParker, Waker, claim_thread, make_queue

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedactors._loop import ActorLoop

__all__ = ["RUNTIME", "EventletEvent", "EventletFuture"]

T_co = TypeVar("T_co", covariant=True)

_ATTRIBUTE = "_typedactors_parker"
"""Where a green thread keeps its parker."""

_WAKER = "_typedactors_waker"
"""Where a hub keeps its waker."""

# Of the operating system's threads, even where eventlet has patched the module.
get_thread_ident: Callable[[], int] = eventlet.patcher.original("threading").get_ident


class _Waker(Waker):
    """The waker of a hub, with a green thread that takes calls from other threads."""

    __slots__ = ("_calls", "_reading", "_writing", "hub")

    def __init__(self, hub: eventlet.hubs.Hub) -> None:
        super().__init__(get_thread_ident)
        self.hub = hub
        self._calls: deque[Callable[[], None]] = deque()
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._reading, False)
        os.set_blocking(self._writing, False)
        eventlet.spawn_n(self._run)

    def call_soon(self, call: Callable[[], None]) -> None:
        self.hub.schedule_call_global(0, call)

    def call_soon_threadsafe(self, call: Callable[[], None]) -> None:
        self._calls.append(call)
        with suppress(BlockingIOError):  # the pipe is full, and so will be read
            os.write(self._writing, b"!")

    def _run(self) -> None:
        while True:
            eventlet.hubs.trampoline(self._reading, read=True)
            with suppress(BlockingIOError):
                os.read(self._reading, 4096)
            while self._calls:
                self.call_soon(self._calls.popleft())


class EventletParker(GreenletParker[_Waker]):
    """The parker of a green thread."""

    __slots__ = ()

    def park(self, timeout: float | None = None) -> bool:
        """Suspend the green thread until there is a permit; see `Parker.park`."""
        hub = self.waker.hub
        timer = None if timeout is None else hub.schedule_call_global(max(timeout, 0.0), self.resume)
        # A wait in a finalizer may interrupt this one anywhere.
        interrupted, self.suspended = self.suspended, greenlet.getcurrent()
        try:
            if not self.permit:
                hub.switch()
        finally:
            self.suspended = interrupted
            if timer is not None:
                timer.cancel()
        had_permit, self.permit = self.permit, False
        return had_permit


def _parker_of_green_thread() -> EventletParker | None:
    """Return the parker of the running green thread, or ``None`` in a thread that does not use eventlet."""
    current = greenlet.getcurrent()
    parker: EventletParker | None = getattr(current, _ATTRIBUTE, None)
    if parker is None:
        hub: eventlet.hubs.Hub | None = getattr(eventlet.hubs._threadlocal, "hub", None)
        if hub is not None:
            parker = current.__dict__[_ATTRIBUTE] = EventletParker(_waker_of(hub))
    return parker


def _waker_of(hub: eventlet.hubs.Hub) -> _Waker:
    waker: _Waker | None = getattr(hub, _WAKER, None)
    if waker is None:
        waker = _Waker(hub)
        setattr(hub, _WAKER, waker)
    return waker


add_parker_provider(_parker_of_green_thread)


class EventletEvent(eventlet.event.Event):
    """An ``eventlet.event.Event`` with the methods of ``threading.Event``, as Pykka 2 had it.

    For one thread's green threads. An actor's ``actor_stopped`` can be waited for from any thread.
    """

    def is_set(self) -> bool:
        """Tell whether it is set."""
        return self.ready()

    isSet = is_set  # noqa: N815 - threading's old name

    def set(self) -> None:
        """Set it, and wake all who wait for it."""
        if not self.ready():
            self.send()

    def clear(self) -> None:
        """Reset it."""
        if self.ready():
            self.reset()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is set, or for ``timeout`` seconds; return whether it is set."""
        with eventlet.Timeout(timeout, exception=False):
            super().wait()
        return self.is_set()


class EventletFuture(ThreadingFuture[T_co]):
    """The future of Pykka 2's eventlet runtime. Every future of this library can be used with eventlet."""

    __slots__ = ()

    # In Pykka 2 the timeout could be given without its name.
    def get(self, timeout: float | None = None) -> T_co:  # pyright: ignore[reportIncompatibleMethodOverride]  # it takes all that the other takes
        """Return the value; see `Future.get`."""
        return super().get(timeout=timeout)


class _EventletRuntime:
    """Starts a green thread for each actor."""

    name = "eventlet"
    future_class: type[ThreadingFuture[Any]] = ThreadingFuture  # of any value
    loop_class = GreenletLoop
    make_queue = staticmethod(make_queue)

    def spawn(self, loop: ActorLoop, name: str, *, daemon: bool) -> None:  # green threads keep no program alive
        claim_thread("eventlet")
        eventlet.spawn(loop.run)


RUNTIME = _EventletRuntime()
