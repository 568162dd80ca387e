"""``await future`` under asyncio and trio (and so anyio), without ever blocking the event loop.

The awaiting task is suspended in its own loop's way, and a listener on the future, called in the
thread that settles it, tells the loop to go on. When the task is cancelled the listener is
withdrawn, and the future is as good as before.

A future that is computed by its getter (`_get_hook`) is awaited by awaiting what it is made of; if
that is not known, because the hook is the user's own, the hook runs in a thread.

The event loops are found in ``sys.modules`` and never imported: a program that awaits has imported
its loop. Imports nothing of the package.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine, Generator

    from typedactors._future import ThreadingFuture

__all__ = ["wait_for_value"]

T = TypeVar("T")


def wait_for_value(future: ThreadingFuture[T]) -> Generator[Any, Any, T]:
    """Suspend the current task until the future is settled; return its value.

    Raises:
        RuntimeError: no event loop that is known here is running.
        BaseException: the future's own exception.
    """
    while not future.done():
        hook = future._hook
        if hook is None:
            yield from _suspend(future)  # until it is settled, or is given a hook
        elif hook.sources is None:
            return (yield from _run_in_thread(future.get))
        else:
            for source in hook.sources:
                yield from _settle(source)
            break
    return future.get()


def _settle(source: ThreadingFuture[Any]) -> Generator[Any, Any, None]:
    """Suspend the current task until the source of a derived future is settled, well or ill."""
    try:
        yield from wait_for_value(source)
    except Exception:  # noqa: BLE001, S110 - the derived future meets it again when it is computed
        pass


def _suspend(future: ThreadingFuture[Any]) -> Generator[Any, Any, None]:
    if (trio := _running_trio()) is not None:
        yield from _suspend_trio_task(future, trio)
    elif (loop := _running_asyncio_loop()) is not None:
        yield from _suspend_asyncio_task(future, loop)
    else:
        raise _no_event_loop()


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


def _suspend_asyncio_task(future: ThreadingFuture[Any], loop: asyncio.AbstractEventLoop) -> Generator[Any, Any, None]:
    waiter = loop.create_future()

    def resume() -> None:
        if not waiter.done():
            waiter.set_result(None)

    def wake() -> None:
        try:
            loop.call_soon_threadsafe(resume)
        except RuntimeError:
            pass  # the loop is closed, and its tasks with it

    future._listen(wake)
    try:
        yield from waiter
    finally:
        future._unlisten(wake)


def _suspend_trio_task(future: ThreadingFuture[Any], trio: Any) -> Generator[Any, Any, None]:  # see _running_trio
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

    future._listen(wake)
    try:
        yield from trio.lowlevel.wait_task_rescheduled(abort).__await__()
    finally:
        future._unlisten(wake)


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
