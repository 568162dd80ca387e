"""Get hooks: a future's value that is computed by whoever asks for it first.

`Future.map` and its like, and `Future.set_get_hook`, are built on it. One thread at a time runs the
hook; the others wait for it, each no longer than its own timeout. If the hook fails, one of those
who wait tries again.

Imports `exceptions`, `_deadlock` and `_parker`.
"""

from __future__ import annotations

from _thread import allocate_lock
from time import monotonic
from typing import TYPE_CHECKING, Any

from typedactors._deadlock import publish_wait
from typedactors._parker import current_parker
from typedactors.exceptions import Timeout

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedactors._deadlock import Activity, Request
    from typedactors._future import ThreadingFuture

__all__ = ["GetHook"]


class GetHook:
    """The function that produces a future's value, and the turn to run it.

    Args:
        func: takes a timeout in seconds or ``None``, returns the value.
        sources: the futures that ``func`` gets and does not otherwise wait for; ``None`` if that is
            not known, because a user wrote ``func``.
    """

    __slots__ = ("_func", "_turn", "_waiters", "promised_by", "request", "sources")

    def __init__(
        self,
        func: Callable[[float | None], Any],  # the value of any future
        *,
        sources: tuple[ThreadingFuture[Any], ...] | None,
    ) -> None:
        self.sources = sources
        self._func = func
        self._turn = allocate_lock()
        self._waiters: list[Callable[[], object]] = []
        # While an actor runs the hook, to wait for the hook is to wait for that actor.
        self.promised_by: Activity | None = None
        self.request: Request = "a get hook that is running"

    def done(self) -> bool:
        """Tell whether nobody runs the hook, so that whoever waits may take the turn."""
        return not self._turn.locked()

    def evaluate(self, future: ThreadingFuture[Any], timeout: float | None) -> Any:  # the future's value
        """Return the value of ``future``, running the hook unless another thread does.

        Raises:
            Timeout: the time ran out, in the hook or while another thread was in it.
            BaseException: what the hook raised.
        """
        deadline = None if timeout is None else monotonic() + timeout
        activity = current_parker().activity
        while not future.done():
            remaining = None if deadline is None else max(0.0, deadline - monotonic())
            if not self._turn.acquire(blocking=False):
                self._wait_for_turn(future, remaining, timeout)
                continue
            self.promised_by = activity
            try:
                if not future.done():
                    future._publish_value(self._func(remaining))
            finally:
                self.promised_by = None
                self._turn.release()
                self._wake_waiters()
        return future.get()

    def _wait_for_turn(self, future: ThreadingFuture[Any], remaining: float | None, timeout: float | None) -> None:
        """Wait until the hook's runner has ended, well or ill."""
        parker = current_parker()
        activity = parker.activity
        wake = parker.unpark
        self._waiters.append(wake)
        try:
            if not self._turn.locked() or future.done():
                return
            if remaining is None:
                if activity is not None:
                    publish_wait(activity, self)
                parker.park()
            elif remaining <= 0 or not parker.park(remaining):
                raise Timeout(f"no result within {timeout} seconds: another thread is computing it")
        finally:
            if activity is not None:
                activity.waiting_for = None
            if wake in self._waiters:
                self._waiters.remove(wake)

    def _wake_waiters(self) -> None:
        waiters = self._waiters
        while waiters:
            try:
                wake = waiters.pop()
            except IndexError:
                return
            wake()
