"""One way to wait: suspend the caller until a condition holds, a time is over, or all hope is lost.

Imports `_clock` and `_deadlock`.
"""

from __future__ import annotations

from itertools import repeat, starmap
from typing import TYPE_CHECKING

from typedactors._clock import monotonic
from typedactors._deadlock import forked, publish_wait, refuse_forked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from typedactors._deadlock import Promise
    from typedactors._parker import Parker
    from typedactors._turns import Turns

__all__ = ["wait_plainly", "wait_until", "wake_listeners", "withdraw"]


def wait_until(
    ready: Callable[[], bool],
    listeners: list[Callable[[], object]],
    promise: Promise,
    timeout: float | None,
    parker: Parker,
) -> bool:
    """Suspend the calling context until ``ready()`` is true.

    Whoever makes it true calls, after that, what is in ``listeners``, each once. If it is no longer true when
    the context looks, the call is left there again. A wait may interrupt another one in the same context, in a
    signal handler or a finalizer.

    Args:
        ready: the condition.
        listeners: where to leave a call that wakes this context; withdrawn in the end.
        promise: what is waited for, for the deadlock detector.
        timeout: how many seconds to wait at the most; ``None`` waits without end, and runs the actor
            that is waited for if that has no context of its own.
        parker: the calling context's own.

    Returns:
        False if the time ran out.

    Raises:
        DeadlockError: there is no timeout, and the wait would never end.
        ActorDeadError: the actor that is waited for runs in the process from which this one was forked.
    """
    if forked:
        refuse_forked(promise)
    activity = parker.activity
    interrupted_wait = interrupted_timed_wait = None
    if activity is not None:
        interrupted_wait, interrupted_timed_wait = activity.waiting_for, activity.waiting_with_timeout_for
    try:
        if timeout is not None:
            if activity is not None:
                activity.waiting_with_timeout_for = promise
            return wait_plainly(ready, listeners, parker, timeout)
        actor = promise.promised_by
        turns = None if actor is None else actor.turns
        if turns is not None:
            if activity is not None:
                # First, so that the actor that is run finds out if it waits for this one in turn.
                publish_wait(activity, promise)
            if turns.run_until(ready, parker):
                return True
        _wait_without_end(ready, listeners, parker, promise, turns)
        return True
    finally:
        if activity is not None:
            activity.waiting_for = interrupted_wait
            activity.waiting_with_timeout_for = interrupted_timed_wait


def _wait_without_end(
    ready: Callable[[], bool],
    listeners: list[Callable[[], object]],
    parker: Parker,
    promise: Promise,
    turns: Turns | None,
) -> None:
    activity = parker.activity
    wake = parker.unpark
    listeners.append(wake)
    if turns is not None:
        turns.add_waiter(wake)
    parker.waits += 1
    try:
        woken = False
        while True:  # and not "while not ready()": see `_turns` on signal handlers that raise
            if ready():
                break
            if woken:
                woken = False
                _renew(wake, listeners)
                if turns is not None:
                    turns.renew_waiter(wake)
                continue  # it looks again, after that
            if activity is not None:
                # Each time round, because a wait that interrupted this one has hidden its edge.
                publish_wait(activity, promise)
            if turns is None or not turns.run_until(ready, parker):
                parker.park()
                woken = True
    finally:
        try:
            _end_wait(parker, listeners)
        finally:
            if turns is not None:
                turns.remove_waiter(wake)


def wait_plainly(
    ready: Callable[[], bool],
    listeners: list[Callable[[], object]],
    parker: Parker,
    timeout: float | None,
) -> bool:
    """Wait as `wait_until` does, for what no actor has promised: no deadlock is looked for, and no actor is run.

    Args:
        ready: the condition.
        listeners: where to leave a call that wakes this context; withdrawn in the end.
        parker: the calling context's own.
        timeout: how many seconds to wait at the most; ``None`` waits without end.

    Returns:
        False if the time ran out.
    """
    wake = parker.unpark
    listeners.append(wake)
    parker.waits += 1
    try:
        deadline = None if timeout is None else monotonic() + timeout
        woken = False
        while True:  # as above
            if ready():
                return True
            if woken:
                woken = False
                _renew(wake, listeners)
                continue  # as above
            remaining = None if deadline is None else deadline - monotonic()
            if remaining is not None and remaining <= 0:
                return False
            parker.park(remaining)
            woken = True
    finally:
        _end_wait(parker, listeners)


def _renew(wake: Callable[[], object], listeners: list[Callable[[], object]]) -> None:
    """Have a context woken once more, because its condition was false when it looked.

    Who woke it took its call out. The turn of a get hook, which was free then, may have been taken by another.
    """
    if wake not in listeners:
        listeners.append(wake)


def _end_wait(parker: Parker, listeners: list[Callable[[], object]]) -> None:
    parker.waits -= 1
    if parker.waits:
        # The permit that this wait has taken may have been meant for the one it interrupted.
        parker.unpark()
    if listeners:
        withdraw(parker.unpark, listeners)


def withdraw(listener: Callable[[], object], listeners: list[Callable[[], object]]) -> bool:
    """Take a listener out again; False if it was taken out already, to be called."""
    try:
        listeners.remove(listener)
    except ValueError:
        return False
    return True


def wake_listeners(listeners: list[Callable[[], object]], number: int | None = None) -> None:
    """Take out and call listeners, the first one first, each once whoever else does the same.

    Args:
        listeners: what `wait_until` and its like have left. They raise nothing, and called twice do what they do once.
        number: how many at the most; ``None`` calls all, for a condition that stays true: who finds it false leaves
            its listener again, and this would not end.
    """
    if not listeners:
        return
    for listener in _take(listeners, repeat((0,)) if number is None else repeat((0,), number)):
        try:
            listener()
        except BaseException:
            listener()  # a signal handler's: it may have come before the call began, and nobody else will make it
            raise


def _take(listeners: list[Callable[[], object]], steps: Iterable[tuple[int]]) -> Iterator[Callable[[], object]]:
    # In this form because Python runs signal handlers after a call, but not where a loop takes its next item.
    taken = starmap(listeners.pop, steps)
    try:
        yield from taken
    except IndexError:
        return
