"""The runtime of gevent: a greenlet for each actor, in the hub of the thread that starts it.

A greenlet that waits for an actor of any kind suspends itself and not its hub. An actor here may be
used from any thread, but handles messages only while its own thread lets the hub run.

Imports `_future`, `_parker`, `exceptions` and `greenlets`.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

import gevent
from gevent import get_hub, getcurrent
from gevent._hub_local import get_hub_if_exists  # private to gevent, but there is no other way to ask
from gevent.event import AsyncResult
from gevent.hub import Hub
from gevent.monkey import get_original

from typedactors._future import ThreadingFuture
from typedactors._parker import add_parker_provider
from typedactors.exceptions import FutureAlreadySetError
from typedactors.runtimes.greenlets import GreenletLoop, GreenletParker, Waker, claim_thread, make_queue

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedactors._loop import ActorLoop

__all__ = ["RUNTIME", "GeventFuture"]

T_co = TypeVar("T_co", covariant=True)

_ATTRIBUTE = "_typedactors_parker"
"""Where a greenlet keeps its parker."""

_WAKER = "_typedactors_waker"
"""Where a hub keeps its waker."""

# Of the operating system's threads, even where gevent has patched the module.
get_thread_ident: Callable[[], int] = get_original("_thread", "get_ident")


class _Waker(Waker):
    """The waker of a hub, which also knows how many of its greenlets are suspended without a timeout.

    While there is one, a watcher keeps the hub from taking the program for finished, where no timer or
    socket is there. One for all of them, because to make a watcher costs more than all else of a park.
    """

    __slots__ = ("_watcher", "hub", "suspended", "switch")

    def __init__(self, hub: Hub) -> None:
        super().__init__(get_thread_ident)
        self.hub = hub
        self.switch = hub.switch
        self.suspended = 0
        self._watcher: Any = None  # of a class that differs from loop to loop

    def watch(self) -> None:
        """Keep the hub alive, from the first one on. After ``suspended`` has become 1."""
        if self._watcher is None:
            self._watcher = watcher = self.hub.loop.async_()
            watcher.start(_do_nothing)

    def unwatch(self) -> None:
        """Let the hub end. After ``suspended`` has become 0."""
        watcher = self._watcher
        if watcher is not None:
            self._watcher = None
            watcher.stop()
            watcher.close()

    def call_soon(self, call: Callable[[], None]) -> None:
        with suppress(Exception):  # the hub may be gone, and its greenlets with it
            self.hub.loop.run_callback(call)

    def call_soon_threadsafe(self, call: Callable[[], None]) -> None:
        with suppress(Exception):  # as above
            self.hub.loop.run_callback_threadsafe(call)


def _do_nothing() -> None:
    """Be what a watcher calls that is never triggered."""


def _waker_of(hub: Hub) -> _Waker:
    attributes = vars(hub)
    waker: _Waker | None = attributes.get(_WAKER)
    if waker is None:
        waker = attributes[_WAKER] = _Waker(hub)
    return waker


class GeventParker(GreenletParker[_Waker]):
    """The parker of a greenlet of gevent's."""

    __slots__ = ()

    def park(self, timeout: float | None = None) -> bool:
        """Suspend the greenlet until there is a permit; see `Parker.park`."""
        if timeout is not None:
            return self._park_in_time(self._waker_of_now(), timeout)
        waker = self.waker
        if not waker.suspended:
            waker = self._waker_of_now()
        # The number first, so that a wait in a finalizer that comes between finds that it is not the only one.
        waker.suspended += 1
        if waker.suspended == 1:
            waker.watch()
        # A wait in a finalizer may interrupt this one anywhere.
        interrupted, self.suspended = self.suspended, getcurrent()
        try:
            if not self.permit:
                waker.switch()
        except AttributeError:
            # It is what a hub raises that was destroyed. To ask for the hub each time would take as long as
            # a tenth of a park.
            if self._waker_of_now() is waker:
                raise
        finally:
            self.suspended = interrupted
            waker.suspended -= 1
            if not waker.suspended:
                waker.unwatch()
        self.permit = False
        return True

    def _park_in_time(self, waker: _Waker, timeout: float) -> bool:
        timer = waker.hub.loop.timer(max(timeout, 0.0))
        interrupted, self.suspended = self.suspended, getcurrent()
        try:
            timer.start(self.resume)
            if not self.permit:
                waker.switch()
        finally:
            self.suspended = interrupted
            timer.stop()
            timer.close()
        had_permit, self.permit = self.permit, False
        return had_permit

    def _waker_of_now(self) -> _Waker:
        """Return the thread's waker, which is another one if its hub is."""
        hub = get_hub()
        if self.waker.hub is not hub:
            self.waker = _waker_of(hub)
        return self.waker


def _parker_of_greenlet() -> GeventParker | None:
    """Return the parker of the running greenlet, or ``None`` in a thread that does not use gevent."""
    current = getcurrent()
    parker: GeventParker | None = getattr(current, _ATTRIBUTE, None)
    if parker is None and get_hub_if_exists() is not None:
        parker = current.__dict__[_ATTRIBUTE] = GeventParker(_waker_of(get_hub()))
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
    make_queue = staticmethod(make_queue)

    def spawn(self, loop: ActorLoop, name: str, *, daemon: bool) -> None:  # greenlets keep no program alive
        claim_thread("gevent")
        gevent.spawn(loop.run)


RUNTIME = _GeventRuntime()
