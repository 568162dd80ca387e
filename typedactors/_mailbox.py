"""The mailbox of an actor: an unbounded queue that closes atomically.

Every envelope that `Mailbox.put` accepts is taken out exactly once, by the actor or, after the
mailbox has closed, by whoever refuses it; so every accepted ask gets exactly one reply, and a tell that
is not handled is a dead letter. There is no lock around the two ends, only this order:

- the actor sets ``closed`` first and drains the queue second;
- a sender puts first and looks at ``closed`` second, and if it is set drains the queue too.

Either the sender put before the actor drained, and the actor finds the envelope; or it put after the
actor set ``closed``, and the sender sees that. Both may drain at once: taking out of the queue is
atomic, so that each envelope has one taker. This rests on the queue's own synchronization, which
also orders the plain reads and writes of ``closed`` around it, with and without the GIL.

Imports `_failure`, `_log`, `_parking`, `_wrapping`, `exceptions` and `messages`.
"""

from __future__ import annotations

from itertools import starmap
from queue import Empty
from typing import TYPE_CHECKING, Protocol

from typedactors._failure import text_of
from typedactors._log import dead_letters
from typedactors._parking import ParkingEvent
from typedactors._wrapping import open_envelope, wrap
from typedactors.exceptions import ActorDeadError, FutureAlreadySetError
from typedactors.messages import ActorStop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from threading import Event

    from typedactors._deadlock import Activity
    from typedactors._wrapping import Envelope, ReplyTo

__all__ = ["ActorInbox", "LastReplies", "Mailbox", "MessageQueue", "SendingEnd"]


_NOTHING = object()  # which nobody can have put


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

    @property
    def get_nowait(self) -> Callable[[], Envelope]:
        """What takes the oldest envelope, or raises ``queue.Empty`` or ``IndexError``.

        Not written in Python: a signal handler that raises in it after the envelope has been taken would lose it.
        """
        ...

    def empty(self) -> bool:
        """Tell whether there is none."""
        ...

    def qsize(self) -> int:
        """Return how many there are."""
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


class SendingEnd(ActorInbox, Protocol):
    """What a ref needs of a mailbox, be it the mailbox itself or the way to one elsewhere."""

    @property
    def activity(self) -> Activity:
        """The actor."""
        ...

    @property
    def stopped(self) -> bool:
        """Whether it is known to everybody that the actor takes no more messages."""
        ...

    @property
    def stopped_event(self) -> Event:
        """Set when ``stopped`` is."""
        ...

    def put(self, envelope: Envelope) -> bool:
        """Append an envelope; see `Mailbox.put`."""
        ...

    def reply_at_end(self, reply_to: ReplyTo, reply: object) -> bool:
        """Give a reply when the actor has ended; see `Mailbox.reply_at_end`."""
        ...

    def dead(self, message: object) -> ActorDeadError:
        """Return the error for a message that was not accepted."""
        ...

    def disown(self, reason: str) -> None:
        """Refuse what comes, because the process was forked; see `Mailbox.disown`."""
        ...


class LastReplies:
    """The replies that are given when an actor has ended.

    A base of the mailboxes and no part of them, for there may be very many and each would have one more object.
    """

    __slots__ = ("_awaiting_end", "_ended")

    def __init__(self) -> None:
        self._ended = False
        self._awaiting_end: list[tuple[ReplyTo, object, list[None]]] = []

    def reply_at_end(self, reply_to: ReplyTo, reply: object) -> bool:
        """Give a reply when the actor has ended; False, and no reply, if it has.

        Callable from any thread. The order is that of `Mailbox.put` and `Mailbox.close`: append first and look
        at the flag second, where `_give_last_replies` sets the flag first and looks at the list second. Whoever
        deletes the one item of the third part decides whether the reply is given.
        """
        claim: list[None] = [None]
        entry = (reply_to, reply, claim)
        self._awaiting_end.append(entry)
        if not self._ended:
            return True
        try:
            del claim[0]
        except IndexError:
            return True  # it is being given
        try:
            self._awaiting_end.remove(entry)
        except ValueError:
            pass  # it was, by the one who gives the others
        return False

    def _give_last_replies(self) -> None:
        """Give the replies that were kept for the end. Idempotent."""
        self._ended = True
        for reply_to, reply, claim in self._awaiting_end.copy():
            try:
                del claim[0]
            except IndexError:
                continue
            # Between the claim and the try no signal handler runs: see `_turns`.
            try:
                self._reply(reply_to, reply)
            except BaseException:
                self._reply(reply_to, reply)  # it was interrupted, and nobody else will do it
                raise
        self._awaiting_end.clear()  # whoever comes now claims its own

    def _reply(self, reply_to: ReplyTo, reply: object) -> None:
        try:
            reply_to.set(reply)
        except FutureAlreadySetError:
            pass  # the asker has settled its own future, and has an answer


class Mailbox(LastReplies):
    """The messages that wait for one actor, and the askers that wait for its end.

    Args:
        queue: where the messages are kept.
        activity: the actor, by whose name refusals are made.
    """

    __slots__ = (
        "_cause",
        "_obituary",
        "_queue",
        "_stopped_events",
        "activity",
        "closed",
        "stopped",
    )

    def __init__(self, queue: MessageQueue, activity: Activity) -> None:
        super().__init__()
        self._queue = queue
        self.activity = activity
        self.closed = False
        self.stopped = False
        self._stopped_events: list[Event] = []
        self._cause: BaseException | None = None
        self._obituary = ""

    def put(self, envelope: Envelope) -> bool:
        """Append an envelope, or return False if the mailbox is closed. Callable from any thread."""
        was_closed = self.closed
        if was_closed:
            return False
        self._queue.put(envelope)
        if not self.closed:
            return True
        return not self._refuse_all_but(envelope)

    @property
    def get(self) -> Callable[[], Envelope]:
        """What takes the oldest envelope, waiting for one: the queue's own. For the actor alone."""
        return self._queue.get

    def empty(self) -> bool:
        """Tell whether no envelope is waiting."""
        return self._queue.empty()

    def depth(self) -> int:
        """Return how many envelopes are waiting."""
        return self._queue.qsize()

    def close(self, cause: BaseException | None) -> None:
        """Accept no more.

        Args:
            cause: the exception that ends the actor, if one does; the cause of the refusals to come.
        """
        if cause is not None:
            self._cause = cause
            self._obituary = f": it failed with {text_of(cause)}"
        self.closed = True

    @property
    def stopped_event(self) -> Event:
        """Set when `tell_stopped` is called. Callable from any thread.

        Made when it is first asked for, because few ask, and it takes as much memory as all the rest of an
        actor. If several make one at once, the first in the list is the one, since appending is atomic.
        Who makes it appends first and looks at the flag second, where `tell_stopped` sets the flag first.
        Nobody else sets it, so that a signal handler may ask for it in the midst of its being set.
        """
        events = self._stopped_events
        if not events:
            event = ParkingEvent()
            if self.stopped:
                event.set()
            events.append(event)
            if self.stopped and not events[0].is_set():
                events[0].set()
        return events[0]

    def tell_stopped(self) -> None:
        """Let those who wait for ``stopped_event`` go on."""
        self.stopped = True
        for event in self._stopped_events:
            event.set()

    def wake(self) -> None:
        """Have the actor look whether its mailbox is closed, if it runs."""
        self._queue.put(wrap(ActorStop(), None))

    def refuse_rest(self) -> None:
        """Refuse, after `close`, what the actor will not handle."""
        self._refuse_all_but(_NOTHING)

    def end(self) -> None:
        """Refuse what is left and give the replies that were kept for the end. Idempotent."""
        self.refuse_rest()
        # Whoever is refused later gets the reason in words: an exception keeps frames alive.
        self._cause = None
        self._give_last_replies()

    def disown(self, reason: str) -> None:
        """Refuse what comes, and leave alone what is there, because the actor is not in this process; see `_fork`."""
        self._obituary = f": {reason}"
        self._ended = True
        self.closed = True
        self.stopped = True
        # Who waits for an event that is there is not here.
        self._stopped_events = []

    def dead(self, message: object) -> ActorDeadError:
        """Return the error for a message that was not accepted."""
        return _dead(f"{self.activity} not found{self._obituary}", message, self._cause)

    def _refuse_all_but(self, own: Envelope) -> bool:
        """Take out what is there and refuse it, but for one envelope; tell whether that was there."""
        found = False
        for envelope, cause in self._take_rest():
            try:
                # Of one object that several have told bare, each finds one, which may be another's: as many are refused
                # as are not handled.
                if not found and envelope is own:
                    found = True
                else:
                    self._refuse(envelope, cause)
            except BaseException:
                # A signal handler's. Nobody else will refuse this one; to the others those see who have put them.
                self._refuse(envelope, cause)
                raise
        return found

    def _take_rest(self) -> Iterator[tuple[Envelope, BaseException | None]]:
        """Take out the envelopes one by one, with the cause that each is to be refused for."""
        cause: BaseException | None = None

        def steps() -> Iterator[tuple[()]]:
            nonlocal cause
            while True:
                # Read first: what is taken out after end() has dropped the cause was not put before it.
                cause = self._cause
                yield ()

        try:
            # In this form because Python runs signal handlers after a call, but not where a loop takes its next item.
            for envelope in starmap(self._queue.get_nowait, steps()):
                yield envelope, cause
        except (Empty, IndexError):
            return

    def _refuse(self, envelope: Envelope, cause: BaseException | None) -> None:
        """Answer an envelope that the actor will not handle, or log it as a dead letter."""
        message, reply_to = open_envelope(envelope)
        if isinstance(message, ActorStop):
            # It has what it asked for, or will have.
            if reply_to is not None and not self.reply_at_end(reply_to, None):
                self._reply(reply_to, None)
            return
        text = f"{self.activity} stopped before handling the message{self._obituary}"
        if reply_to is None:
            dead_letters.info("%s: %r", text, message)
            return
        try:
            reply_to.set_exception((ActorDeadError, _dead(text, message, cause), None))
        except FutureAlreadySetError:
            pass  # as in _reply()


def _dead(text: str, message: object, cause: BaseException | None) -> ActorDeadError:
    error = ActorDeadError(text, undelivered=message)
    error.__cause__ = cause
    return error
