"""The runtime of eventlet: a green thread for each actor, in the hub of the thread that starts it.

eventlet is in maintenance, and its own documentation advises against new use: this is for programs
that have it. A hub of eventlet's can be used only in its own thread, so each one gets a green thread
that listens for calls from the other threads.

Imports `_future`, `_parker`, `_parking` and `greenlets`.
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
from typedactors._parking import ParkingEvent
from typedactors.runtimes.greenlets import GreenletLoop, claim_thread, make_queue

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedactors._deadlock import Activity
    from typedactors._loop import ActorLoop

__all__ = ["RUNTIME", "EventletEvent", "EventletFuture"]

T_co = TypeVar("T_co", covariant=True)

_ATTRIBUTE = "_typedactors_parker"
"""Where a green thread keeps its parker."""

_CALLS = "_typedactors_calls"
"""Where a hub keeps the calls from other threads."""

# Of the operating system's threads, even where eventlet has patched the module.
get_thread_ident: Callable[[], int] = eventlet.patcher.original("threading").get_ident


class _Calls:
    """Calls from other threads, made by a green thread of the hub that they are for."""

    def __init__(self) -> None:
        self.thread_ident = get_thread_ident()
        self._calls: deque[Callable[[], object]] = deque()
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._reading, False)
        os.set_blocking(self._writing, False)
        eventlet.spawn_n(self._run)

    def add(self, call: Callable[[], object]) -> None:
        """Have a call made in the hub's thread. Callable from any thread."""
        self._calls.append(call)
        with suppress(BlockingIOError):  # the pipe is full, and so will be read
            os.write(self._writing, b"!")

    def _run(self) -> None:
        while True:
            eventlet.hubs.trampoline(self._reading, read=True)
            with suppress(BlockingIOError):
                os.read(self._reading, 4096)
            while self._calls:
                self._calls.popleft()()


class EventletParker:
    """The parker of a green thread; see `Parker`.

    The permit is left first and the suspended green thread looked for second; it says that it is
    suspended first and looks at the permit second. Only its own thread switches to it.
    """

    __slots__ = ("_calls", "_greenlet", "_hub", "_permit", "_suspended", "activity", "turns_left", "waits")

    def __init__(self, calls: _Calls) -> None:
        self.activity: Activity | None = None
        self.waits = 0
        self.turns_left = 0  # the other green threads of the thread would wait as well
        self._calls = calls
        self._hub = eventlet.hubs.get_hub()
        self._greenlet = greenlet.getcurrent()
        self._permit = False
        self._suspended = False

    def park(self, timeout: float | None = None) -> bool:
        """Suspend the green thread until there is a permit; see `Parker.park`."""
        timer = None if timeout is None else self._hub.schedule_call_global(max(timeout, 0.0), self._resume)
        self._suspended = True
        try:
            if not self._permit:
                self._hub.switch()
        finally:
            self._suspended = False
            if timer is not None:
                timer.cancel()
        had_permit, self._permit = self._permit, False
        return had_permit

    def unpark(self) -> None:
        """Leave a permit; see `Parker.unpark`."""
        if self._permit:
            return  # who left it has had the green thread resumed, or found that it needs not
        self._permit = True
        if not self._suspended:
            return
        if get_thread_ident() == self._calls.thread_ident:
            self._hub.schedule_call_global(0, self._resume)
        else:
            self._calls.add(self._resume_soon)

    def _resume_soon(self) -> None:
        self._hub.schedule_call_global(0, self._resume)

    def _resume(self) -> None:
        """Switch to the green thread, if it still waits. Called by the hub."""
        if self._suspended:
            self._suspended = False
            self._greenlet.switch()


def _parker_of_green_thread() -> EventletParker | None:
    """Return the parker of the running green thread, or ``None`` in a thread that does not use eventlet."""
    hub: eventlet.hubs.Hub | None = getattr(eventlet.hubs._threadlocal, "hub", None)
    if hub is None:
        return None
    attributes = greenlet.getcurrent().__dict__
    parker: EventletParker | None = attributes.get(_ATTRIBUTE)
    if parker is None:
        parker = attributes[_ATTRIBUTE] = EventletParker(_calls_of(hub))
    return parker


def _calls_of(hub: eventlet.hubs.Hub) -> _Calls:
    calls: _Calls | None = getattr(hub, _CALLS, None)
    if calls is None:
        calls = _Calls()
        setattr(hub, _CALLS, calls)
    return calls


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
    event_class = ParkingEvent
    make_queue = staticmethod(make_queue)

    def spawn(self, loop: ActorLoop, name: str, *, daemon: bool) -> None:  # green threads keep no program alive
        claim_thread("eventlet")
        eventlet.spawn(loop.run)


RUNTIME = _EventletRuntime()
