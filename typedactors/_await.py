"""``await future`` under asyncio and trio (and so anyio), without ever blocking the event loop.

The awaiting task is suspended in its own loop's way, and a listener on the future, called in the
thread that settles it, tells the loop to go on. When the task is cancelled the listener is
withdrawn, and the future is as good as before.

A future that is computed by its getter (`_get_hook`) is awaited by awaiting what it is made of; if
that is not known, because the hook is the user's own, the hook runs in a thread.

The event loops are found in ``sys.modules`` and never imported: a program that awaits has imported
its loop.

Imports `_deadlock`.
"""

from __future__ import annotations

import sys
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

from typedactors._deadlock import refuse_forked

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine, Generator

    from typedactors._future import ThreadingFuture

    # How to suspend the current task, and how to wake it from any thread.
    _Suspension: TypeAlias = tuple[Callable[[], Generator[Any, Any, None]], Callable[[], None]]

__all__ = ["runs_event_loop", "wait_for_value"]

T = TypeVar("T")


def wait_for_value(future: ThreadingFuture[T]) -> Generator[Any, Any, T]:  # see Future.__await__
    """Suspend the current task until the future is settled; return its value.

    Raises:
        RuntimeError: no event loop that is known here is running.
        BaseException: the future's own exception.
    """
    yield from _make_ready(future)
    return future.get()


def _make_ready(future: ThreadingFuture[Any]) -> Generator[Any, Any, None]:
    """Suspend the current task until the future is settled, or raise what its user's hook raises."""
    while not future.done():
        hook = future._hook
        if hook is None:
            refuse_forked(future)
            yield from _suspend(future._listen, future._unlisten)  # until it is settled or gets a hook
        elif hook.sources is None:
            yield from _run_in_thread(future.get)
        else:
            for source in hook.sources:
                yield from _make_ready(source)
            if not hook.try_evaluate(None):
                yield from _suspend(hook.listen, hook.unlisten)  # another thread is at it


def _suspend(
    listen: Callable[[Callable[[], object]], None], unlisten: Callable[[Callable[[], object]], bool]
) -> Generator[Any, Any, None]:
    """Suspend the current task until a listener is called."""
    if (trio := _running_trio()) is not None:
        suspend_task, wake = _suspended_trio_task(trio)
    elif (loop := _running_asyncio_loop()) is not None:
        suspend_task, wake = _suspended_asyncio_task(loop)
    else:
        raise _no_event_loop()
    listen(wake)
    try:
        yield from suspend_task()
    finally:
        unlisten(wake)


def _run_in_thread(function: Callable[[], T]) -> Generator[Any, Any, T]:
    if (trio := _running_trio()) is not None:
        coroutine: Coroutine[Any, Any, T] = trio.to_thread.run_sync(function, abandon_on_cancel=True)
        return (yield from coroutine.__await__())
    if (loop := _running_asyncio_loop()) is not None:
        return (yield from loop.run_in_executor(None, function))
    raise _no_event_loop()


def _no_event_loop() -> RuntimeError:
    return RuntimeError(
        "cannot await a future here: neither asyncio nor trio is running in this thread. "
        "Outside of coroutines, use future.get()."
    )


class _WakeUps:
    """The tasks of one asyncio loop that are to go on: one call into the loop for a burst of them.

    A waker appends first and looks whether the loop is called second; the loop forgets that it is
    called first and takes out second. So whatever is appended is taken out by this call or causes another.
    It knows no loop, because it is kept for as long as its loop is there.
    """

    __slots__ = ("_called", "_waiters")

    def __init__(self) -> None:
        self._waiters: deque[asyncio.Future[None]] = deque()
        self._called = False

    def wake(self, waiter: asyncio.Future[None]) -> None:
        """Have a task go on. Callable from any thread."""
        self._waiters.append(waiter)
        if not self._called:
            loop = waiter.get_loop()
            self._call(loop, loop.call_soon_threadsafe)

    def _call(self, loop: asyncio.AbstractEventLoop, call_soon: Callable[..., object]) -> None:  # see the loop's
        self._called = True
        try:
            call_soon(self._resume, loop)
        except BaseException as exception:
            if isinstance(exception, RuntimeError) and loop.is_closed():
                self._waiters.clear()  # its tasks are gone with it
                return
            self._called = False  # a signal handler's: it may not have been called
            raise

    def _resume(self, loop: asyncio.AbstractEventLoop) -> None:
        self._called = False
        for _ in range(_TASKS_PER_TURN):
            if not self._waiters:
                return
            waiter = self._waiters[0]
            if not waiter.done():
                waiter.set_result(None)
            del self._waiters[0]  # only now, or a signal handler that raises could leave the task suspended for ever
        if self._waiters and not self._called:
            # The rest in the loop's next turn, so that a large burst does not hold up all else.
            self._call(loop, loop.call_soon)


_TASKS_PER_TURN = 64

_wake_ups: WeakKeyDictionary[asyncio.AbstractEventLoop, _WakeUps] = WeakKeyDictionary()


def _suspended_asyncio_task(loop: asyncio.AbstractEventLoop) -> _Suspension:
    wake_ups = _wake_ups.get(loop)
    if wake_ups is None:
        wake_ups = _wake_ups[loop] = _WakeUps()  # in the loop's own thread, so that no other does the same
    waiter = loop.create_future()
    wake = partial(wake_ups.wake, waiter)

    def suspend() -> Generator[Any, Any, None]:
        yield from waiter

    return suspend, wake


def _suspended_trio_task(trio: Any) -> _Suspension:  # see _running_trio
    task = trio.lowlevel.current_task()
    token = trio.lowlevel.current_trio_token()
    suspended = True

    def resume() -> None:
        nonlocal suspended
        if suspended:
            suspended = False
            trio.lowlevel.reschedule(task)

    def wake() -> None:
        try:
            token.run_sync_soon(resume)
        except trio.RunFinishedError:
            pass  # the run is over, and its tasks with it

    def abort(_raise_cancel: object) -> Any:  # a member of trio's Abort
        nonlocal suspended
        suspended = False
        return trio.lowlevel.Abort.SUCCEEDED

    def suspend() -> Generator[Any, Any, None]:
        yield from trio.lowlevel.wait_task_rescheduled(abort).__await__()

    return suspend, wake


def runs_event_loop() -> bool:
    """Tell whether an event loop that is known here is running in this thread."""
    return _running_asyncio_loop() is not None or _running_trio() is not None


def _running_trio() -> Any:  # the module, which is no dependency and so not there for the type checker
    """Return the trio module if the caller runs in a trio task, else ``None``."""
    trio = sys.modules.get("trio")
    # A half-imported trio has no lowlevel yet, and runs no task either.
    lowlevel = getattr(trio, "lowlevel", None)
    return trio if lowlevel is not None and lowlevel.in_trio_task() else None


def _running_asyncio_loop() -> asyncio.AbstractEventLoop | None:
    """Return the asyncio loop that the caller runs in, or ``None``."""
    events = sys.modules.get("asyncio.events")
    if events is None:
        return None
    loop: asyncio.AbstractEventLoop | None = events._get_running_loop()
    return loop
