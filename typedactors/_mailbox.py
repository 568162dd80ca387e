"""The mailbox of an actor: an unbounded queue that closes atomically.

Every envelope that `Mailbox.put` accepts is taken out exactly once, by the actor or, after the
mailbox has closed, by whoever refuses it; so every accepted ask gets exactly one reply. There is no
lock around the two ends, only this order:

- the actor sets ``closed`` first and drains the queue second;
- a sender puts first and looks at ``closed`` second, and if it is set drains the queue too.

Either the sender put before the actor drained, and the actor finds the envelope; or it put after the
actor set ``closed``, and the sender sees that. Both may drain at once: taking out of the queue is
atomic, so that each envelope has one taker. This rests on the queue's own synchronization, which
also orders the plain reads and writes of ``closed`` around it, with and without the GIL.

Imports `exceptions`, `_deadlock` and `messages`.
"""

from __future__ import annotations

import logging
from queue import Empty
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from typedactors.exceptions import ActorDeadError, FutureAlreadySetError
from typedactors.messages import ActorStop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextvars import Context
    from types import TracebackType

    from typedactors._deadlock import Activity

__all__ = ["ActorInbox", "Envelope", "Mailbox", "MessageQueue", "ReplyTo"]

dead_letters = logging.getLogger("typedactors.dead_letters")


class ReplyTo(Protocol):
    """Where the answer to an ask goes: the settler's side of a future."""

    def set(self, value: Any = None) -> None:  # a handler returns anything
        """Give the value."""
        ...

    def set_exception(
        self, exc_info: tuple[type[BaseException] | None, BaseException | None, TracebackType | None] | None = None
    ) -> None:
        """Give the exception."""
        ...


Envelope: TypeAlias = "tuple[object, ReplyTo | None, Context]"
"""A message, where its reply goes (``None`` for a tell), and the context variables of its sender.

A plain tuple, because one is made for each message.
"""


class MessageQueue(Protocol):
    """What a runtime provides for a mailbox to be made of; ``queue.SimpleQueue`` is one.

    ``put`` may be called from any thread, by a signal handler or a finalizer too. ``get`` is called by
    the actor alone, and suspends its context while the queue is empty.
    """

    def put(self, item: Envelope, /) -> None:
        """Append an envelope; never blocks."""
        ...

    def get(self) -> Envelope:
        """Take the oldest envelope, waiting for one."""
        ...

    def get_nowait(self) -> Envelope:
        """Take the oldest envelope, or raise ``queue.Empty``."""
        ...

    def empty(self) -> bool:
        """Tell whether there is none."""
        ...


class ActorInbox(Protocol):
    """What users may do with ``actor_inbox``; send with `ActorRef.tell` and `ActorRef.ask`."""

    @property
    def closed(self) -> bool:
        """Whether the actor has stopped taking messages."""
        ...

    def empty(self) -> bool:
        """Tell whether no message is waiting."""
        ...


class Mailbox:
    """The messages that wait for one actor.

    Args:
        queue: where they are kept.
        activity: the actor, by whose name refusals are made.
    """

    __slots__ = ("_queue", "activity", "closed", "obituary")

    def __init__(self, queue: MessageQueue, activity: Activity) -> None:
        self._queue = queue
        self.activity = activity
        self.closed = False
        self.obituary = ""
        """Why the actor failed, in words, to be added to refusals; empty if it did not."""

    def put(self, envelope: Envelope) -> bool:
        """Append an envelope, or return False if the mailbox is closed. Callable from any thread."""
        if self.closed:
            return False
        self._queue.put(envelope)
        if not self.closed:
            return True
        accepted = True  # type: ignore[unreachable]  # the actor sets closed meanwhile, in another thread
        for leftover in self.take_rest():
            if leftover is envelope:
                accepted = False
            else:
                self.refuse(leftover, None)
        return accepted

    def get(self) -> Envelope:
        """Take the oldest envelope, waiting for one. For the actor alone."""
        return self._queue.get()

    def empty(self) -> bool:
        """Tell whether no envelope is waiting."""
        return self._queue.empty()

    def close(self) -> None:
        """Accept no more. What is still in the mailbox waits for `take_rest`. Idempotent."""
        self.closed = True

    def take_rest(self) -> Iterator[Envelope]:
        """Take out, after `close`, the envelopes that the actor will not handle."""
        while True:
            try:
                yield self._queue.get_nowait()
            except Empty:
                return

    def refuse(self, envelope: Envelope, cause: BaseException | None) -> None:
        """Answer an envelope that the actor will not handle.

        An ask gets an `ActorDeadError` with ``cause`` as its cause; a tell is logged as a dead letter.
        """
        message, reply_to, _ = envelope
        if reply_to is None and isinstance(message, ActorStop):
            return  # it has what it asked for
        obituary = f": {self.obituary}" if self.obituary else ""
        text = f"{self.activity} stopped before handling the message{obituary}"
        if reply_to is None:
            dead_letters.info("%s: %r", text, message)
            return
        error = ActorDeadError(text, undelivered=message)
        error.__cause__ = cause
        try:
            reply_to.set_exception((ActorDeadError, error, None))
        except FutureAlreadySetError:
            pass  # the asker has settled its own future, and has an answer

    def dead(self, message: object) -> ActorDeadError:
        """Return the error for a message that was not accepted."""
        obituary = f": {self.obituary}" if self.obituary else ""
        return ActorDeadError(f"{self.activity} not found{obituary}", undelivered=message)
