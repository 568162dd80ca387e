"""Get hooks: a future's value that is computed by whoever asks for it first.

`Future.map` and its like, and `Future.set_get_hook`, are built on it. One thread at a time computes the value; the
others wait for it, each no longer than its own timeout. If it fails and another try may go better, one of those who
wait tries again.

What a derived future is made of is waited for by each thread for itself, before it may be the one that computes. So
the detector sees for whom each of them waits, and what one of them gives up is nothing to the others.

Imports `_clock`, `_failure`, `_parker`, `_waiting` and `exceptions`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from typedactors._clock import monotonic
from typedactors._failure import Failure
from typedactors._parker import current_parker
from typedactors._waiting import wait_until, wake_listeners, withdraw
from typedactors.exceptions import DeadlockError, Timeout, UnsupportedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedactors._deadlock import Activity, Request
    from typedactors._failure import ExceptionInfo
    from typedactors._future import ThreadingFuture

__all__ = ["GetHook"]

_OF_THE_CALLER = (DeadlockError, Timeout, UnsupportedError)
"""What is raised because of who waits, and when; another one may get a value."""


class GetHook:
    """The function that produces a future's value, and the turn to run it.

    Args:
        future: whose value it is.
        func: returns the value. It takes what ``fetch`` returned; without that, a timeout in seconds or ``None``.
        fetch: takes the timeout and gets what ``func`` takes, waiting for it; many threads may be in it at once.
            ``None`` if a user wrote ``func``, which may wait for anything.
        sources: the futures that ``fetch`` gets; ``None`` if they are not all known.
    """

    __slots__ = (
        "_awaited_by_callbacks",
        "_fetch",
        "_func",
        "_future",
        "_listeners",
        "_turn",
        "promised_by",
        "request",
        "sources",
    )

    def __init__(
        self,
        future: ThreadingFuture[Any],  # of any value
        func: Callable[[Any], Any],  # the same, of whatever fetch returns
        *,
        fetch: Callable[[float | None], Any] | None,  # the same
        sources: tuple[ThreadingFuture[Any], ...] | None,  # the same
    ) -> None:
        self.sources = sources
        self._future = future
        self._func = func
        self._fetch = fetch
        self._awaited_by_callbacks = False
        # An item that is deleted, and not a lock that is acquired: see `_turns` on signal handlers that raise.
        self._turn: list[None] = [None]
        self._listeners: list[Callable[[], object]] = []
        # While an actor runs the function, to wait for the hook is to wait for that actor.
        self.promised_by: Activity | None = None
        self.request: Request = "a get hook that is running"

    def done(self) -> bool:
        """Tell whether nobody runs the function, so that whoever waits may take the turn."""
        return bool(self._turn) or self._future.done()

    def evaluate(self, timeout: float | None) -> None:
        """Settle the future, or raise, in this thread or by waiting for the one that is at it.

        Raises:
            Timeout: the time ran out, in the hook or while another thread was in it.
            DeadlockError: the wait for a source or for the other thread would never end.
            BaseException: what the hook raised, if another try might go better.
        """
        deadline = None if timeout is None else monotonic() + timeout
        while not self._future.done():
            if self.try_evaluate(_time_left(deadline)):
                return
            if not wait_until(self.done, self._listeners, self, _time_left(deadline), current_parker()):
                raise Timeout(f"no result within {timeout} seconds: another thread is computing it")

    def try_evaluate(self, timeout: float | None, *, for_callbacks: bool = False) -> bool:
        """Settle the future, or raise as `evaluate` does; False if another thread is at it.

        Args:
            timeout: how long to wait for the sources.
            for_callbacks: whether any exception is the result, because nobody is there to try again.
        """
        taken: Any = timeout
        failure: ExceptionInfo | None = None
        if self._fetch is not None:
            try:
                taken = self._fetch(timeout)
            except Exception as error:
                # What a source was given in place of a value is as final as that. What was raised while it was
                # waited for is not, though it be settled in the same moment.
                if not (for_callbacks or self._is_of_a_source(error)):
                    raise
                failure = sys.exc_info()
        try:
            return self._compute(taken, failure, keeps_all=for_callbacks)
        except Exception:
            if not for_callbacks and self._awaited_by_callbacks:
                self._evaluate_for_callbacks()  # they came while the turn was taken, and nobody else will do it
            raise
        finally:
            # The traceback refers to this frame, and this frame must not refer to it in turn.
            del failure

    def _compute(self, taken: Any, failure: ExceptionInfo | None, *, keeps_all: bool) -> bool:  # see __init__
        """Settle the future if the turn is to be had, else return False."""
        try:
            del self._turn[0]
        except IndexError:
            return False
        try:
            self.promised_by = current_parker().activity
            if not self._future.done():
                if failure is None:
                    self._future._publish_value(self._func(taken))
                else:
                    self._future._publish_exception(failure)
        except Exception as error:
            if (
                self._fetch is None
                or self._future.done()  # a signal handler may raise after the value is published
                or (isinstance(error, _OF_THE_CALLER) and not keeps_all)
            ):
                raise
            self._future._publish_exception(sys.exc_info())
        finally:
            self.promised_by = None
            try:
                self._turn.append(None)
                self._wake_waiters()
            except BaseException:
                self._wake_waiters()  # it was interrupted, and nobody else will do it
                raise
        return True

    def _wake_waiters(self) -> None:
        # As many as there are and no more: who finds that another one has the turn listens again.
        wake_listeners(self._listeners, len(self._listeners))

    def _is_of_a_source(self, error: Exception) -> bool:
        outcomes = (source._outcome for source in self.sources or ())
        return any(isinstance(outcome, Failure) and outcome.exception is error for outcome in outcomes)

    def evaluate_with_sources(self) -> None:
        """Settle the future as soon as its sources are, in the thread that settles the last of them.

        Nothing is done if the sources are not known: such a hook may block.
        """
        if self.sources is None:
            return
        for source in self.sources:
            if not source.done():
                source.add_done_callback(lambda _source: self.evaluate_with_sources())
                return
        self._awaited_by_callbacks = True  # first: who has the turn now looks at it after that
        self._evaluate_for_callbacks()

    def _evaluate_for_callbacks(self) -> None:
        try:
            self.try_evaluate(None, for_callbacks=True)
        except BaseException:  # noqa: BLE001 - not for the settler of a source: the next get() tries again, and gets it
            pass

    def listen(self, listener: Callable[[], object]) -> None:
        """Have ``listener()`` called once when nobody runs the hook any more; at once if that is now."""
        self._listeners.append(listener)
        if self.done() and self.unlisten(listener):
            listener()

    def unlisten(self, listener: Callable[[], object]) -> bool:
        """Withdraw a listener; False if it has been called, or is being called now."""
        return withdraw(listener, self._listeners)


def _time_left(deadline: float | None) -> float | None:
    return None if deadline is None else max(0.0, deadline - monotonic())
