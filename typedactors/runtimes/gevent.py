"""The runtime of gevent: a greenlet for each actor, in the hub of the thread that starts it.

A greenlet that waits for an actor of any kind suspends itself and not its hub. An actor here may be
used from any thread, but handles messages only while its own thread lets the hub run.

Imports `_future`, `_parker`, `_parking`, `exceptions` and `greenlets`.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

import gevent
from gevent import get_hub, getcurrent
from gevent._hub_local import get_hub_if_exists  # private to gevent, but there is no other way to ask
from gevent.event import AsyncResult
from gevent.hub import Hub, Waiter

from typedactors._future import ThreadingFuture
from typedactors._parker import add_parker_provider
from typedactors._parking import ParkingEvent
from typedactors.exceptions import FutureAlreadySetError
from typedactors.runtimes.greenlets import GreenletLoop, claim_thread, make_queue

if TYPE_CHECKING:
    from typedactors._deadlock import Activity
    from typedactors._loop import ActorLoop

__all__ = ["RUNTIME", "GeventFuture"]

T_co = TypeVar("T_co", covariant=True)

_ATTRIBUTE = "_typedactors_parker"
"""Where a greenlet keeps its parker."""

_PARKED = "_typedactors_parked"
"""Where a hub keeps its `_Parked`."""


class _Parked:
    """How many greenlets of a hub are parked without a timeout.

    While there is one, a watcher keeps the hub from taking the program for finished, where no timer or
    socket is there. One for all of them, because to make a watcher costs more than all else of a park.
    To be used in the hub's own thread.
    """

    __slots__ = ("_number", "_watcher", "hub")

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._number = 0
        self._watcher: Any = None  # of a class that differs from loop to loop

    def enter(self) -> None:
        # First, so that a wait in a finalizer that comes between finds that it is not the only one.
        self._number += 1
        if self._watcher is None:
            self._watcher = watcher = self.hub.loop.async_()
            watcher.start(_do_nothing)

    def leave(self) -> None:
        self._number -= 1
        watcher = self._watcher
        if not self._number and watcher is not None:
            self._watcher = None
            watcher.stop()
            watcher.close()


def _do_nothing() -> None:
    """Be what a watcher calls that is never triggered."""


def _parked_of(hub: Hub) -> _Parked:
    attributes = vars(hub)
    parked: _Parked | None = attributes.get(_PARKED)
    if parked is None:
        parked = attributes[_PARKED] = _Parked(hub)
    return parked


class GeventParker:
    """The parker of a greenlet; see `Parker`.

    The permit is left first and the waiter looked for second; the greenlet publishes its waiter first
    and looks at the permit second. The hub alone switches to the waiter. Whoever finds that there is a
    permit already leaves the waking to who left it.
    """

    __slots__ = ("_parked", "_permit", "_waiting", "activity", "turns_left", "waits")

    def __init__(self) -> None:
        self.activity: Activity | None = None
        self.waits = 0
        self.turns_left = 0  # the other greenlets of the thread would wait as well
        self._parked: _Parked | None = None
        self._permit = False
        self._waiting: tuple[Hub, Waiter[bool]] | None = None

    def park(self, timeout: float | None = None) -> bool:
        """Suspend the greenlet until there is a permit; see `Parker.park`."""
        hub = get_hub()
        waiter: Waiter[bool] = Waiter(hub)
        # A wait in a finalizer may interrupt this one anywhere.
        interrupted, self._waiting = self._waiting, (hub, waiter)
        try:
            if not self._permit:
                if timeout is None:
                    self._wait(hub, waiter)
                else:
                    self._wait_in_time(hub, waiter, timeout)
        finally:
            self._waiting = interrupted
        had_permit, self._permit = self._permit, False
        return had_permit

    def unpark(self) -> None:
        """Leave a permit; see `Parker.unpark`."""
        if self._permit:
            return
        self._permit = True
        waiting = self._waiting
        if waiting is not None:
            hub, waiter = waiting
            with suppress(Exception):  # the hub may be gone, and its greenlets with it
                if get_hub_if_exists() is hub:
                    hub.loop.run_callback(waiter.switch, True)
                else:
                    hub.loop.run_callback_threadsafe(waiter.switch, True)

    def _wait(self, hub: Hub, waiter: Waiter[bool]) -> None:
        parked = self._parked
        if parked is None or parked.hub is not hub:
            parked = self._parked = _parked_of(hub)
        parked.enter()
        try:
            waiter.get()
        finally:
            parked.leave()

    def _wait_in_time(self, hub: Hub, waiter: Waiter[bool], timeout: float) -> None:
        timer = hub.loop.timer(max(timeout, 0.0))
        try:
            timer.start(waiter.switch, False)
            waiter.get()
        finally:
            timer.stop()
            timer.close()


def _parker_of_greenlet() -> GeventParker | None:
    """Return the parker of the running greenlet, or ``None`` in a thread that does not use gevent."""
    if get_hub_if_exists() is None:
        return None
    greenlet = getcurrent()
    parker: GeventParker | None = greenlet.__dict__.get(_ATTRIBUTE)
    if parker is None:
        parker = greenlet.__dict__[_ATTRIBUTE] = GeventParker()
    return parker


add_parker_provider(_parker_of_greenlet)


class GeventFuture(ThreadingFuture[T_co]):
    """A future that is tied to a ``gevent.event.AsyncResult``; set either and the other is set.

    Every future of this library can be used with gevent; this one is for programs that use the
    ``AsyncResult`` itself.

    Args:
        async_result: the one to be tied to; ``None`` makes a new one when it is asked for.
    """

    __slots__ = ("_async_result",)

    def __init__(self, async_result: AsyncResult[T_co] | None = None) -> None:
        super().__init__()
        self._async_result = async_result
        if async_result is not None:
            self._tie(async_result)

    @property
    def async_result(self) -> AsyncResult[T_co]:
        """The ``AsyncResult``, to be used in the thread that first asked for it."""
        async_result = self._async_result
        if async_result is None:
            async_result = self._async_result = _new_async_result()
            self._tie(async_result)
        return async_result

    # In Pykka 2 the timeout could be given without its name.
    def get(self, timeout: float | None = None) -> T_co:  # pyright: ignore[reportIncompatibleMethodOverride]  # it takes all that the other takes
        """Return the value; see `Future.get`."""
        return super().get(timeout=timeout)

    def _tie(self, async_result: AsyncResult[T_co]) -> None:
        hub = gevent.get_hub()
        async_result.rawlink(self._take)
        # It may be settled in any thread, and an AsyncResult is to be set in its own.
        self._listen(lambda: hub.loop.run_callback_threadsafe(gevent.spawn_raw, self._give, async_result))

    def _take(self, async_result: AsyncResult[T_co]) -> None:
        """Be settled as the ``AsyncResult`` was."""
        exception = async_result.exception
        with suppress(FutureAlreadySetError):
            if exception is None:
                self.set(async_result.value)
            else:
                self.set_exception((type(exception), exception, exception.__traceback__))

    def _give(self, async_result: AsyncResult[T_co]) -> None:
        """Settle the ``AsyncResult`` as this future was."""
        if async_result.ready():
            return
        try:
            value = self.get()
        except BaseException as exception:  # noqa: BLE001 - whatever the future was given
            async_result.set_exception(exception)
        else:
            async_result.set(value)


def _new_async_result() -> AsyncResult[Any]:  # of whatever the future is of
    return AsyncResult()


class _GeventRuntime:
    """Starts a greenlet for each actor."""

    name = "gevent"
    future_class: type[ThreadingFuture[Any]] = ThreadingFuture  # of any value
    loop_class = GreenletLoop
    event_class = ParkingEvent
    make_queue = staticmethod(make_queue)

    def spawn(self, loop: ActorLoop, name: str, *, daemon: bool) -> None:  # greenlets keep no program alive
        claim_thread("gevent")
        gevent.spawn(loop.run)


RUNTIME = _GeventRuntime()
