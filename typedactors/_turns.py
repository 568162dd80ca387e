"""Turns: how an actor without a thread of its own is run by one thread after the other, never by two.

Whoever holds an actor's turn token may handle its messages: a worker of the pool, or a thread that
waits for the actor and has nothing else to do. No message is left lying, because of this order:

- a sender appends its message, *then* looks whether the actor is listed with the pool, and if not lists it;
- a worker that takes the actor from the list clears ``_listed``, *then* tries to take the token;
- whoever held the token releases it, *then* looks at the messages, and if there are any lists the actor.

So after each append somebody looks at the messages: the sender saw that the actor was listed, and then
a worker still has to clear the flag and to try; or the sender lists it. A worker that does not get
the token may leave, because its holder looks after the release. An entry in the list is a hint and no
more: one too many costs a look. What must be atomic is the token, the one item of a list; the rest are
plain reads and writes, ordered by the locks within the queues and the token, with and without the GIL.

The token is an item that is deleted, and not a lock that is acquired, for the sake of signal handlers that
raise: Python runs them after a call, but not between ``del`` and the ``try`` that gives the token back.
It runs them at the end of a loop's body as well, and what is raised where a ``while`` with a condition goes
back passes by the ``finally`` around it, in CPython 3.12 and 3.13. So such loops are ``while True`` and ``break``.

A thread that waits for a message to be handled waits for those before it as well. It does nothing
that it need not wait for: it leaves when its own condition holds, and looks at that before each
message, the first one too. For the holder before it may have made the condition true, and the next
message may be one whose handler waits for the waiter. Each frame on its stack is an actor that waits
for the one above, and each has published so (`_deadlock`), by its wait and by ``Activity.runs``: an actor
that would wait for one further down gets a `DeadlockError`, also if that one's answer has come meanwhile.

Imports `_await`, `_parker` and `_waiting`.
"""

from __future__ import annotations

import sys
from itertools import repeat
from queue import SimpleQueue
from typing import TYPE_CHECKING, Protocol

from typedactors._await import runs_event_loop
from typedactors._parker import MAXIMUM_NESTED_TURNS
from typedactors._waiting import wake_listeners, withdraw

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedactors._loop import ActorLoop
    from typedactors._parker import Parker
    from typedactors._wrapping import Envelope

__all__ = ["MESSAGES_PER_TURN", "Scheduler", "Turns"]

MESSAGES_PER_TURN = 64
"""How many messages a worker handles before it goes on to the next actor that is listed."""

_UNCHECKED_NESTING = 8


class Scheduler(Protocol):
    """What turns need of a pool."""

    def submit(self, turns: Turns) -> None:
        """Have a worker call `Turns.run` soon. Callable from any thread, by finalizers too."""
        ...

    def forget(self, turns: Turns) -> None:
        """Take note that an actor has ended."""
        ...


class Turns:
    """One actor's messages and the right to handle them; it is the queue of the actor's mailbox.

    Args:
        scheduler: the pool whose workers run the actor.
    """

    __slots__ = ("_begun", "_listed", "_loop", "_messages", "_scheduler", "_token", "_waiters")

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._messages: SimpleQueue[Envelope] = SimpleQueue()
        self._loop: ActorLoop | None = None
        self._begun = False
        self._waiters: list[Callable[[], object]] = []
        # Until it is started an actor counts as listed, so that nobody lists it, and has no turn to give.
        self._listed = True
        self._token: list[None] = []

    def start(self, loop: ActorLoop) -> None:
        """Let the actor begin."""
        self._loop = loop
        self._token.append(None)
        self._list()

    def put(self, envelope: Envelope, /) -> None:
        """Append an envelope; see `MessageQueue.put`."""
        self._messages.put(envelope)
        if not self._listed:
            self._list()

    def get(self) -> Envelope:
        """Take the oldest envelope; see `MessageQueue.get`."""
        return self._messages.get()

    @property
    def get_nowait(self) -> Callable[[], Envelope]:
        """Takes the oldest envelope, or raises ``queue.Empty``; see `MessageQueue.get_nowait`."""
        return self._messages.get_nowait

    def empty(self) -> bool:
        """Tell whether there is none; see `MessageQueue.empty`."""
        return self._messages.empty()

    def qsize(self) -> int:
        """Return how many there are; see `MessageQueue.qsize`."""
        return self._messages.qsize()

    def _list(self) -> None:
        self._listed = True  # first: the worker that takes the entry clears it
        try:
            self._scheduler.submit(self)
        except BaseException:
            # A signal handler's, which may have come before the entry was in the list.
            self._scheduler.submit(self)
            raise

    def run(self, parker: Parker) -> None:
        """Handle some messages, if nobody is at it. For a worker that took the actor from the list."""
        self._listed = False
        self._use_turn(parker, None)

    def run_until(self, ready: Callable[[], bool], parker: Parker) -> bool:
        """Handle messages until ``ready()``, if nobody is at it and this context may. For one that waits.

        Returns:
            ``ready()``. If it is false the messages that make it true are not there, or are handled elsewhere.
        """
        if _may_nest(parker):
            self._use_turn(parker, ready)
        return ready()

    def _use_turn(self, parker: Parker, ready: Callable[[], bool] | None) -> None:
        """Handle messages and give the token back, if it is to be had."""
        token, loop, messages = self._token, self._loop, self._messages
        if not token or loop is None:
            return
        activity = loop.mailbox.activity
        activity_beneath = parker.activity
        runs_already = None if activity_beneath is None else activity_beneath.runs  # interrupted, by a finalizer
        try:
            del token[0]
        except IndexError:
            return  # another one was faster
        # No call before the try, and none in the finally before all is as it was: see the module's docstring.
        parker.turns_left -= 1
        try:
            if activity_beneath is not None:
                activity_beneath.runs = activity
            parker.activity = activity
            if not (self._begun or loop.ended):
                loop.begin()
                self._begun = True  # not before: a signal handler may raise on the way into it
            if ready is None:
                left = MESSAGES_PER_TURN
                # Nobody else takes messages while the mailbox is open, so those that are there need not be looked
                # for one by one.
                while True:
                    waiting = messages.qsize()
                    if left <= 0 or not waiting or loop.mailbox.closed:
                        break
                    loop.handle_each(repeat((), min(waiting, left)), messages.get_nowait)
                    left -= waiting
            else:
                # Before the first message too: who had the token until now may have made it true.
                while True:
                    if loop.mailbox.closed or messages.empty() or ready():
                        break
                    loop.handle_next(messages.get_nowait)
        finally:
            parker.activity = activity_beneath
            if activity_beneath is not None:
                activity_beneath.runs = runs_already  # before another one can get the token
            parker.turns_left += 1
            if loop.mailbox.closed:
                try:
                    self._end(loop)
                except BaseException:
                    self._end(loop)  # as below
                    raise
            else:
                activity.handling = None
                try:
                    token.append(None)
                    if not messages.empty():
                        self._look_for_another_runner()
                except BaseException:
                    if not messages.empty():
                        self._look_for_another_runner()  # it was interrupted, and nobody else will do it
                    raise

    def _look_for_another_runner(self) -> None:
        if not self._listed:
            self._list()
        # All the workers may be waiting, but one who waits for this actor can run it.
        self.wake_waiter()

    def _end(self, loop: ActorLoop) -> None:
        """Let go of the actor, and keep the token for ever. Idempotent."""
        self._listed = True  # there is nothing to do for a worker any more
        loop.clean_up()
        self._loop = None
        self._scheduler.forget(self)

    def add_waiter(self, wake: Callable[[], object]) -> None:
        """Have ``wake()`` called when there are messages and nobody handles them.

        Who adds itself tries `run_until` after that, before it suspends itself.
        """
        self._waiters.append(wake)

    def renew_waiter(self, wake: Callable[[], object]) -> None:
        """Add a waiter again that was woken, because another one may have been faster."""
        if wake not in self._waiters:
            self.add_waiter(wake)

    def remove_waiter(self, wake: Callable[[], object]) -> None:
        """Withdraw a waiter; as it may have been woken, another one is woken in its place."""
        withdraw(wake, self._waiters)
        # If somebody has the token, that one looks after the release.
        if self._token and not self._messages.empty():
            self.wake_waiter()

    def wake_waiter(self) -> None:
        """Wake the one that has waited longest."""
        wake_listeners(self._waiters, 1)


def _may_nest(parker: Parker) -> bool:
    """Tell whether a context may run one more actor on its stack."""
    turns_left = parker.turns_left
    if turns_left <= 0 or runs_event_loop():
        return False
    if turns_left > MAXIMUM_NESTED_TURNS - _UNCHECKED_NESTING:
        return True
    # Each actor takes a dozen frames and what its handler takes; at half the stack that is enough.
    try:
        sys._getframe(sys.getrecursionlimit() // 2)
    except ValueError:
        return True
    return False
