"""Refs to actors in another process or on another machine.

To a ref, an actor elsewhere is a mailbox like any other: what `RemoteMailbox.put` accepts gets its
one reply, and a mailbox that has closed refuses. How a message gets there is the business of a
`Carrier`, one for each kind of runtime.

What an actor's own process alone can know is not here: there is no ``actor_inbox`` to look at, and
the deadlock detector does not see what an actor elsewhere waits for. Context variables do not travel.

Imports `_log`, `_mailbox`, `_parking`, `_ref`, `_registry`, `_wrapping` and `exceptions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeVar

from typedactors._log import logger
from typedactors._mailbox import LastReplies
from typedactors._parking import ParkingEvent
from typedactors._ref import ActorRef
from typedactors._registry import ActorRegistry
from typedactors._wrapping import open_envelope
from typedactors.exceptions import ActorDeadError, FutureAlreadySetError, UnsupportedError

if TYPE_CHECKING:
    from typedactors._deadlock import Activity
    from typedactors._future import ThreadingFuture
    from typedactors._wrapping import Envelope, ReplyTo

__all__ = ["Carrier", "RemoteMailbox", "RemoteRef", "register_if_alive", "settle"]

A_co = TypeVar("A_co", covariant=True)


class Carrier(Protocol):
    """Brings messages to where actors are."""

    @property
    def place(self) -> str:
        """Where it brings them, in words: ``"process 4711"``."""
        ...

    def send(self, actor_urn: str, message: object, reply_to: ReplyTo | None) -> bool:
        """Send a message, and see to it that ``reply_to`` is given exactly one reply. Never blocks.

        Returns:
            False if the message cannot be brought there any more; ``reply_to`` is untouched then.

        Raises:
            UnsendableError: the message, or something in it, cannot leave this process.
        """
        ...


class RemoteMailbox(LastReplies):
    """This process's end of the way to the mailbox of an actor elsewhere.

    Args:
        activity: the actor's name. What it is doing is not known here.
        carrier: brings the messages.
    """

    __slots__ = ("_carrier", "_obituary", "activity", "stopped_event")

    def __init__(self, activity: Activity, carrier: Carrier) -> None:
        super().__init__()
        self.activity = activity
        self.stopped_event = ParkingEvent()
        """Set when it is known that the actor takes no more messages."""
        self._carrier = carrier
        self._obituary = ""

    @property
    def closed(self) -> bool:
        """Whether the actor is known to have stopped taking messages."""
        return self.stopped_event.is_set()

    @property
    def stopped(self) -> bool:
        """The same: there is no more to know here."""
        return self.stopped_event.is_set()

    def put(self, envelope: Envelope) -> bool:
        """Send an envelope; False if the actor is known to be dead. Callable from any thread.

        Raises:
            UnsendableError: the message cannot leave this process.
        """
        message, reply_to = open_envelope(envelope)
        return not self.stopped_event.is_set() and self._carrier.send(self.activity.actor_urn, message, reply_to)

    def empty(self) -> NoReturn:
        """Raise: what waits in the mailbox is known where the actor is.

        Raises:
            UnsupportedError: always.
        """
        raise UnsupportedError(
            f"{self.activity} runs in {self._carrier.place}: its actor_inbox can be looked at only there"
        )

    def dead(self, message: object) -> ActorDeadError:
        """Return the error for a message that was not accepted."""
        return ActorDeadError(f"{self.activity} not found{self._obituary}", undelivered=message)

    def disown(self, reason: str) -> None:
        """Refuse what comes, because the process was forked; see `Mailbox.disown`."""
        # Who waits for the old one is not here.
        self.stopped_event = ParkingEvent()
        self._awaiting_end = []  # who waits is in the other process
        self.end(reason)

    def end(self, why: str = "") -> None:
        """Take no more messages, because the actor has ended."""
        if why and not self._obituary:
            self._obituary = f": {why}"
        self.stopped_event.set()
        self._give_last_replies()


class RemoteRef(ActorRef[A_co]):
    """The ref of an actor elsewhere; see `ActorRef`.

    Args:
        actor_class: the class of the actor.
        mailbox: this process's end of the way to it.
        future_class: what asks return.
    """

    _is_remote = True

    def __init__(
        self,
        actor_class: type[A_co],
        *,
        mailbox: RemoteMailbox,
        future_class: type[ThreadingFuture[Any]],  # of any value
    ) -> None:
        self._actor_weakref = _nothing
        self._actor_class = actor_class
        self._actor_urn = mailbox.activity.actor_urn
        self._mailbox = mailbox
        self._future_class = future_class
        self._end = mailbox.end

    def _note_end(self, why: str = "") -> None:
        """Take note that the actor has ended; as a local one, it has left the registry before anybody can see it."""
        ActorRegistry.unregister(self)
        self._end(why)
        # register_if_alive() registers first and looks whether the actor lives second, and may come in between.
        ActorRegistry.unregister(self)


def register_if_alive(ref: ActorRef[Any]) -> None:  # of any class
    """Register the ref of an actor elsewhere that was started here, unless the actor has ended already."""
    ActorRegistry.register(ref)
    if not ref.is_alive():
        ActorRegistry.unregister(ref)


def settle(reply_to: ReplyTo, result: object, exception: BaseException | None) -> None:
    """Give the answer that came from elsewhere to who waits for it.

    Args:
        reply_to: where it goes.
        result: the value, if there is no exception.
        exception: what the handler raised, or why there is no answer.
    """
    try:
        if exception is None:
            reply_to.set(result)
        else:
            reply_to.set_exception((type(exception), exception, None))
    except FutureAlreadySetError:
        logger.warning("an answer came too late: the asker has set the future itself (%r)", reply_to)


def _nothing() -> None:
    """Be the weak reference to an actor that is not in this process."""
