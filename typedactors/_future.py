"""Futures: the interface, the one implementation of it, and `get_all`.

There is one implementation for every runtime, because what differs between runtimes is how the
*caller* waits, and that is its parker's business (`_parker`).

How a future is settled, and why no lock is held meanwhile (so that a signal handler, a finalizer or
a callback may settle a future at any point of the program):

1. The claim: whoever removes ``_unclaimed`` from ``_listeners`` wins; the others do not find it.
2. The publication: the winner stores ``_outcome``, once and for all.
3. The wake-up: the winner pops the listeners one by one and calls each.

Whoever wants to be woken appends a listener first and looks at ``_outcome`` second. If the outcome
is not there yet, the winner has not come to step 3, and will find the listener. If it is there, the
one who appended takes the listener out again, so each listener is called once or withdrawn, never both;
only if a signal handler raises in its call, it is called again.

What must be atomic, here and in all of the package, are single calls of methods of built-in
containers that run no Python code: ``append``, ``pop`` and ``remove`` of a list or a deque and ``del`` of an
item, ``put`` and ``get`` of a ``SimpleQueue``. The GIL makes them so, and so does the lock that each container has in a
build of CPython without the GIL. Nothing else is taken for atomic: no ``+=``, no look before a leap.

One module, because the interface makes futures and the implementation derives from it.

Imports `_await`, `_clock`, `_failure`, `_get_hook`, `_log`, `_parker`, `_waiting` and `exceptions`.
"""

from __future__ import annotations

import sys
from functools import partial, reduce
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar, overload

from typedactors._await import wait_for_value
from typedactors._clock import monotonic
from typedactors._failure import Failure, failure_of
from typedactors._get_hook import GetHook
from typedactors._log import logger
from typedactors._parker import current_parker
from typedactors._waiting import wait_until, wake_listeners, withdraw
from typedactors.exceptions import DeadlockError, FutureAlreadySetError, Timeout

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from typing import Self

    from typedactors._deadlock import Activity, Request
    from typedactors._failure import ExceptionInfo
    from typedactors._parker import Parker

__all__ = ["Future", "ThreadingFuture", "get_all"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Item = TypeVar("Item")
Second = TypeVar("Second")
Third = TypeVar("Third")
Fourth = TypeVar("Fourth")
Result = TypeVar("Result")


class Future(Generic[T_co]):
    """A handle to a value that is there now or will be later.

    Calls through a proxy and ``ask(..., block=False)`` return one. Get the value with `get`, or with
    ``await`` under asyncio, trio or anyio. All methods may be called from any thread.

    This class is the interface; `ThreadingFuture` is what you make to set it yourself.
    """

    __slots__ = ("__weakref__",)

    def get(self, *, timeout: float | None = None) -> T_co:
        """Return the value, waiting for it if need be. May be called many times.

        Args:
            timeout: how many seconds to wait at the most; ``None`` waits without end.

        Raises:
            Timeout: the time ran out; the future is unharmed and may be asked again.
            DeadlockError: without a timeout, inside an actor: the wait would never end.
            BaseException: the exception that the future was given in place of a value.
        """
        raise _abstract(self, "get")

    def done(self) -> bool:
        """Tell whether there is a value or an exception, so that `get` would not wait."""
        raise _abstract(self, "done")

    def add_done_callback(self, func: Callable[[Future[T_co]], object], /) -> None:
        """Have ``func`` called with this future, once, when there is a value or an exception.

        It is called at once and in the calling thread if that is so already, else in the thread that
        settles the future: for an actor's answer the actor's own thread, which handles nothing else
        meanwhile. So let it be quick, and wait for nothing. An exception that it raises, of any kind, is
        logged at ``ERROR`` and goes to nobody. Callbacks are called in the order in which they were added.

        What `map` and its like return is computed for its callbacks too, in the thread that settles
        the last future that it is made of. A hook of the user's own (`set_get_hook`) is not run for them.
        """
        raise _abstract(self, "add_done_callback")

    def set(self, value: T_co | None = None) -> None:
        """Give the future its value.

        Raises:
            FutureAlreadySetError: it has a value, an exception or a get hook already.
        """
        raise _abstract(self, "set")

    def set_exception(self, exc_info: ExceptionInfo | None = None) -> None:
        """Give the future an exception in place of a value.

        Args:
            exc_info: what ``sys.exc_info()`` returned; ``None`` takes the exception that is being
                handled, so that inside ``except`` no argument is needed.

        Raises:
            FutureAlreadySetError: it has a value, an exception or a get hook already.
            ValueError: there is no exception to take.
        """
        raise _abstract(self, "set_exception")

    def set_get_hook(self, func: Callable[[float | None], Any]) -> None:  # Any: T_co is covariant, see set()
        """Have ``func`` produce the value when it is first asked for.

        ``func`` is called by `get`, in the thread of its caller, with the timeout in seconds or
        ``None``; by ``await``, in a thread of the event loop's. Its result is kept; an exception of
        it is raised and not kept, so that the next `get` tries again.

        Raises:
            FutureAlreadySetError: the future has a value, an exception or a get hook already.
        """
        raise _abstract(self, "set_get_hook")

    def filter(self: Future[Iterable[Item]], func: Callable[[Item], bool]) -> Future[list[Item]]:
        """Return a future of the list of those items of the value for which ``func`` is true.

        ``func`` runs in whoever first gets the new future. If the value is not iterable, `get` of
        the new future raises ``TypeError``.
        """
        return _map(self, lambda items: [item for item in items if func(item)])

    @overload
    def join(self: Future[Result], second: Future[Second], /) -> Future[list[Result | Second]]: ...
    @overload
    def join(
        self: Future[Result], second: Future[Second], third: Future[Third], /
    ) -> Future[list[Result | Second | Third]]: ...
    @overload
    def join(
        self: Future[Result], second: Future[Second], third: Future[Third], fourth: Future[Fourth], /
    ) -> Future[list[Result | Second | Third | Fourth]]: ...
    @overload
    def join(self: Future[Result], *futures: Future[Item]) -> Future[list[Result | Item]]: ...
    def join(self, *futures: Future[Any]) -> Future[list[Any]]:  # overloaded above
        """Return a future of the list of this future's value and those of ``futures``, in order.

        The timeout of its `get` is one deadline for all of them.
        """
        joined = (self, *futures)
        return derive(joined, lambda timeout: get_all(joined, timeout=timeout), _itself)

    def map(self, func: Callable[[T_co], Result]) -> Future[Result]:
        """Return a future of ``func`` applied to the value.

        ``func`` runs once, in whoever first gets or awaits the new future; once more if a wait in it
        raised `Timeout`, `DeadlockError` or `UnsupportedError`, which tell of the waiter and not of the value.
        """
        return _map(self, func)

    @overload
    def reduce(self: Future[Iterable[Item]], func: Callable[[Item, Item], Item]) -> Future[Item]: ...
    @overload
    def reduce(
        self: Future[Iterable[Item]], func: Callable[[Result, Item], Result], initial: Result, /
    ) -> Future[Result]: ...
    def reduce(self: Future[Iterable[Any]], func: Callable[[Any, Any], Any], *initial: Any) -> Future[Any]:  # as above
        """Return a future of the value's items, put together by ``func`` from the left.

        Args:
            func: called with what came out so far and the next item.
            initial: what to start from; without it the first item.

        If the value is not iterable, or is empty and there is nothing to start from, `get` of the
        new future raises ``TypeError``.
        """
        return _map(self, lambda items: reduce(func, items, *initial))

    def __await__(self) -> Generator[Any, Any, T_co]:  # what is yielded is between us and the event loop
        raise _abstract(self, "__await__")

    __iter__ = __await__


def _abstract(future: Future[Any], method: str) -> NotImplementedError:
    return NotImplementedError(
        f"{type(future).__name__}.{method}() is not implemented: Future is the interface. "
        "Make a ThreadingFuture, or override the method."
    )


def _unclaimed() -> None:
    """Stand first among the listeners of a future that nobody has begun to settle. Never called."""


class ThreadingFuture(Future[T_co]):
    """The future of every runtime: wait for it from threads, greenlets or event loops.

    Named as in Pykka. It does *not* copy the value that it is given.
    """

    __slots__ = ("_hook", "_listeners", "_outcome", "asked_by", "promised_by", "request", "withdrawn")

    asked_by: Activity | None
    """The actor that asked for the result, if an actor did."""

    promised_by: Activity | None
    """The actor whose duty it is to settle this future, for the deadlock detector."""

    request: Request
    """What that actor was asked for."""

    withdrawn: DeadlockError | None
    """The deadlock that would come of the result; an actor that finds it does not begin with the request."""

    def __init__(self) -> None:
        self.asked_by = None
        self.promised_by = None
        self.request = "a result"
        self.withdrawn = None
        # A value is in a tuple by itself, which costs a tenth of an object of a class of ours.
        self._outcome: tuple[T_co] | Failure | None = None
        self._listeners: list[Callable[[], object]] = [_unclaimed]
        self._hook: GetHook | None = None

    def __repr__(self) -> str:
        outcome = self._outcome
        state = "pending" if outcome is None else "failed" if isinstance(outcome, Failure) else "done"
        return f"<typedactors.{type(self).__name__} ({state})>"

    def __copy__(self) -> Self:
        return self  # nobody would settle another one

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "a future is settled in its own process only; send its value, or a ref to an actor that can be asked for it"
        )

    def done(self) -> bool:
        """Tell whether there is a value or an exception; see `Future.done`."""
        return self._outcome is not None

    def get(self, *, timeout: float | None = None) -> T_co:
        """Return the value, waiting for it if need be; see `Future.get`."""
        while (outcome := self._outcome) is None:
            hook = self._hook
            if hook is not None:
                hook.evaluate(timeout)
            else:
                self._wait(timeout, current_parker())
        if not isinstance(outcome, Failure):
            return outcome[0]
        exception, traceback = outcome.exception, outcome.traceback
        try:
            # From the traceback it came with, not from the one that the last get() left on it.
            raise exception.with_traceback(traceback)
        finally:
            # The traceback refers to this frame, and this frame must not refer to it in turn.
            del self, outcome, exception, traceback

    def _wait(self, timeout: float | None, parker: Parker) -> None:
        try:
            in_time = wait_until(self._is_ready, self._listeners, self, timeout, parker)
        except DeadlockError as error:
            if self.asked_by is parker.activity:
                # Or else the two would meet again over the request that is still in the mailbox.
                self.withdrawn = DeadlockError(error.steps)
            raise
        if not in_time:
            raise Timeout(f"no result within {timeout} seconds")

    def set(self, value: T_co | None = None) -> None:
        """Give the future its value; see `Future.set`."""
        self._settle((value,))

    def set_exception(self, exc_info: ExceptionInfo | None = None) -> None:
        """Give the future an exception in place of a value; see `Future.set_exception`."""
        self._settle(failure_of(exc_info if exc_info is not None else sys.exc_info()))

    def set_get_hook(self, func: Callable[[float | None], Any]) -> None:  # Any: T_co is covariant, see set()
        """Have ``func`` produce the value when it is first asked for; see `Future.set_get_hook`."""
        self._set_hook(GetHook(self, func, fetch=None, sources=None))

    def _set_hook(self, hook: GetHook) -> None:
        try:
            # As in _settle().
            self._listeners.remove(_unclaimed)
        except ValueError:
            raise self._already_set() from None
        except BaseException:
            self._hook = hook
            self._wake_present()
            raise
        self._hook = hook
        try:
            self._wake_present()
        except BaseException:
            self._wake_present()
            raise

    def _wake_present(self) -> None:
        # Who waits for the value may compute it now. As many as there are and no more, because a done
        # callback that is called too early listens again.
        wake_listeners(self._listeners, len(self._listeners))

    def _settle(self, outcome: tuple[Any] | Failure) -> None:
        """Take the three steps of the module's docstring."""
        try:
            # By identity, and it stands first: no listener's comparison is ever called.
            self._listeners.remove(_unclaimed)
        except ValueError:
            raise self._already_set() from None
        except BaseException:
            # A signal handler's. Python runs them after a call and not before it, so the claim is made.
            self._publish(outcome)
            raise
        self._outcome = outcome
        try:
            if self._listeners:
                wake_listeners(self._listeners)
        except BaseException:
            wake_listeners(self._listeners)  # it was interrupted, and nobody else will do it
            raise

    def _already_set(self) -> FutureAlreadySetError:
        has = "a get hook" if self._hook is not None else "its result"
        return FutureAlreadySetError(f"{self!r} has {has} already; a future is set once")

    def _publish(self, outcome: tuple[Any] | Failure) -> None:
        """Take steps 2 and 3, for whoever has the claim: a get hook has had it since it was set."""
        self._outcome = outcome
        self._hook = None
        try:
            wake_listeners(self._listeners)
        except BaseException:
            wake_listeners(self._listeners)  # as in _settle()
            raise

    def _publish_value(self, value: Any) -> None:  # what a get hook returns
        self._publish((value,))

    def _publish_exception(self, exc_info: ExceptionInfo) -> None:
        self._publish(failure_of(exc_info))

    def add_done_callback(self, func: Callable[[Future[T_co]], object], /) -> None:
        """Have ``func`` called with this future when it is done; see `Future.add_done_callback`."""
        self._add_callback([func])

    def _add_callback(self, unclaimed: list[Callable[[Future[T_co]], object]]) -> None:
        """Have the one item of a list called as `add_done_callback` says; whoever deletes it calls it."""
        self._listeners.append(partial(self._call_back, unclaimed))
        hook = self._hook
        if self._outcome is not None:
            wake_listeners(self._listeners)  # as its settler does, who may have been here before
        elif hook is not None:
            hook.evaluate_with_sources()

    def _call_back(self, unclaimed: list[Callable[[Future[T_co]], object]]) -> None:
        if self._outcome is None:
            self._add_callback(unclaimed)  # it has not got its result but a hook, which will have one
            return
        try:
            func = unclaimed[0]
            del unclaimed[0]
        except IndexError:
            return  # a listener may be called twice
        try:
            func(self)
        except BaseException:  # or the other listeners would wait for ever
            logger.exception("Exception in %r, a done callback of %r:", func, self)

    def _is_ready(self) -> bool:
        """Tell whether it is settled, or has a hook that would settle it."""
        return self._outcome is not None or self._hook is not None

    def _listen(self, listener: Callable[[], object]) -> None:
        """Have ``listener()`` called once when the future is settled or gets a hook; at once if it has.

        It is called in the thread that settles the future and must neither block nor raise.
        """
        self._listeners.append(listener)
        if self._is_ready() and self._unlisten(listener):
            listener()

    def _unlisten(self, listener: Callable[[], object]) -> bool:
        """Withdraw a listener; False if it has been called, or is being called now."""
        return withdraw(listener, self._listeners)

    def __await__(self) -> Generator[Any, Any, T_co]:  # what is yielded is between us and the event loop
        if self._outcome is None:
            return (yield from wait_for_value(self))
        return self.get()

    __iter__ = __await__


def derive(
    sources: tuple[Future[Any], ...],  # of any values: it is fetch that knows them
    fetch: Callable[[float | None], T],
    func: Callable[[T], Result],
) -> Future[Result]:
    """Make the future that `Future.map` and its like return; it is computed when it is asked for.

    Args:
        sources: what it is made of.
        fetch: gets the sources within a timeout, and waits for nothing else.
        func: makes the value of what ``fetch`` returns.
    """
    derived: ThreadingFuture[Result] = ThreadingFuture()
    # A source of the user's own class can be waited for only by calling its get().
    known = tuple(source for source in sources if isinstance(source, ThreadingFuture))
    derived._set_hook(GetHook(derived, func, fetch=fetch, sources=known if len(known) == len(sources) else None))
    return derived


def _map(source: Future[T], func: Callable[[T], Result]) -> Future[Result]:
    return derive((source,), lambda timeout: source.get(timeout=timeout), func)


def _itself(value: T) -> T:
    return value


def get_all(futures: Iterable[Future[T]], *, timeout: float | None = None) -> list[T]:
    """Wait for many futures; return their values in the order of the futures.

    Args:
        futures: the futures to wait for.
        timeout: how many seconds to wait for all of them together; ``None`` waits without end.

    Raises:
        Timeout: the time ran out before all had a result.
        BaseException: the exception of the first future, in the given order, that has one.
    """
    if timeout is None:
        return [future.get() for future in futures]
    deadline = monotonic() + timeout
    return [future.get(timeout=max(0.0, deadline - monotonic())) for future in futures]
