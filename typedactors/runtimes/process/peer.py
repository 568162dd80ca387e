"""One other process: what is asked of actors there, and what it asks of actors here.

======  ==============================================================================
frame   number and payload
======  ==============================================================================
BOOT    the call's number; the class of the actor to start, its arguments
CALL    the call's number; the actor's URN, the message
TELL    0; the actor's URN, the message
RESULT  the call's number; the result
RAISED  the call's number; the exception, its traceback in words
WATCH   0; an actor's URN, of which the sender wants to know when it has ended
ENDED   0; an actor's URN
======  ==============================================================================

Each accepted ask has one reply: its future is in ``_pending`` before its frame is sent, and is taken out
once, by the frame that answers it, by the end of the link, or by the sender that finds the link closed.

Imports `_clock`, `_deadlock`, `_future`, `_log`, `_remote`, `_wrapping`, `codec`, `exceptions`, `link` and
`messages`.
"""

from __future__ import annotations

import weakref
from contextlib import suppress
from itertools import count
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol

from typedactors._clock import monotonic
from typedactors._deadlock import Activity, describe, request_of
from typedactors._future import ThreadingFuture
from typedactors._log import dead_letters, logger
from typedactors._remote import RemoteMailbox, RemoteRef, settle
from typedactors._wrapping import wrap
from typedactors.exceptions import ActorDeadError, UnsendableError
from typedactors.messages import ActorStop, ProxyCall
from typedactors.runtimes.process.codec import (
    decode,
    decode_exception,
    encode,
    encode_exception,
    encode_message,
    encode_result,
)
from typedactors.runtimes.process.link import Link

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket

    from typedactors._failure import ExceptionInfo
    from typedactors._future import Future
    from typedactors._ref import ActorRef
    from typedactors._wrapping import ReplyTo
    from typedactors.exceptions import DeadlockError

__all__ = ["Home", "Peer", "ProcessRef"]

BOOT, CALL, TELL, RESULT, RAISED, WATCH, ENDED = range(7)


class Home(Protocol):
    """What a peer needs of the process that it is in."""

    def reduce_ref(self, ref: ActorRef[Any]) -> tuple[Any, ...]:  # of any class; what pickle asks for
        """Return how to find a ref's actor from elsewhere."""
        ...

    def find(self, actor_urn: str) -> ActorRef[Any] | None:  # a URN is no type
        """Return the ref of an actor of this process that others know of."""
        ...

    def lost(self, peer: Peer) -> None:
        """Forget a peer, whose process is gone."""
        ...


class ProcessRef(RemoteRef[Any]):  # the class of the actor comes out of a pickle
    """The ref of an actor in another process of this program."""

    def __init__(self, actor_class: type, mailbox: RemoteMailbox, address: str) -> None:
        super().__init__(actor_class, mailbox=mailbox, future_class=ThreadingFuture)
        self.address = address


class Peer:
    """One other process of this program.

    Args:
        home: this process.
        address: where the other one listens; empty for one that only calls.
        boot: given the call's number and the payload when the other one wants the actor started that
            this process is for.
    """

    def __init__(self, home: Home, address: str, boot: Callable[[int, bytes], None] | None = None) -> None:
        self.address = address
        self._home = home
        self._link = Link(address.rpartition("/")[2])
        self._numbers = count(1)
        self._pending: dict[int, tuple[ReplyTo, str]] = {}
        self._unanswered: dict[int, str] = {}
        self._answered: Event | None = None
        self._when_lost: list[Callable[[], None]] = []
        self._is_lost = False
        self._refs: weakref.WeakValueDictionary[str, ProcessRef] = weakref.WeakValueDictionary()
        self._receivers: tuple[Callable[[int, bytes], None], ...] = (
            _refuse_boot if boot is None else boot,
            self._receive_call,
            self._receive_tell,
            self._receive_result,
            self._receive_exception,
            self._receive_watch,
            self._receive_end,
        )

    @property
    def place(self) -> str:
        """Where the actors are; see `Carrier`."""
        return "another process"

    def when_lost(self, func: Callable[[], None]) -> None:
        """Have ``func`` called when the other process is gone, after those who waited have been answered.

        It is called on the link's own thread, or at once if the other process is gone already.
        """
        self._when_lost.append(func)
        if self._is_lost:
            self._call_when_lost()

    def start(self, connect: Callable[[], socket]) -> None:
        """Begin to talk, on a thread of the link's; see `Link.start`."""
        self._link.start(connect, self._receive, self._ended)

    def close(self) -> None:
        """Cut the link."""
        self._link.close()

    def abandon(self) -> None:
        """Let go of the link in a child that `os.fork` made, and leave it to the parent."""
        self._link.abandon()
        for ref in list(self._refs.values()):
            ref._end("it belongs to the process that this one was forked from")

    def drain(self, actor_urn: str, seconds: float) -> None:
        """Wait until all answers of an actor that has ended have got out, or the time is over."""
        deadline = monotonic() + seconds
        # Who answers takes the call out first and looks for the event second.
        self._answered = answered = Event()
        while actor_urn in list(self._unanswered.values()) and (remaining := deadline - monotonic()) > 0:
            answered.wait(remaining)
            answered.clear()
        self._link.drain(max(deadline - monotonic(), 0.0))

    def send(self, actor_urn: str, message: object, reply_to: ReplyTo | None) -> bool:
        """Send a message to an actor there; see `Carrier.send`."""
        payload = encode_message(actor_urn, message, self._home.reduce_ref)
        if reply_to is None:
            return self._link.send(TELL, 0, payload)
        return self._call(CALL, payload, reply_to, actor_urn)

    # Any: as in RemoteRuntime.
    def start_actor(self, actor_class: type, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Future[str]:
        """Have the process, which is for nothing else, start an actor, and return its URN.

        Raises:
            UnsendableError: the class or an argument cannot be pickled.
        """
        request = ProxyCall((actor_class.__qualname__,), args, kwargs)
        booting: ThreadingFuture[str] = ThreadingFuture()
        if not self._call(BOOT, encode_message(actor_class, request, self._home.reduce_ref), booting, "the actor"):
            booting.set_exception((ActorDeadError, self._gone("the actor"), None))
        return booting

    def ref(self, actor_urn: str, actor_class: type) -> ProcessRef:
        """Return the ref of an actor there, and watch over the actor."""
        ref = self._refs.get(actor_urn)
        if ref is None:
            mailbox = RemoteMailbox(Activity(actor_class.__name__, actor_urn), self)
            ref = self._refs.setdefault(actor_urn, ProcessRef(actor_class, mailbox, self.address))
            if not self._link.send(WATCH, 0, encode(actor_urn, self._home.reduce_ref)):
                ref._note_end()
        return ref

    def answer(self, number: int, result: object, what: Callable[[], str]) -> None:
        """Send the result of a call, or say that it cannot be sent: the result of ``what()``."""
        try:
            payload = encode_result(result, what, self._home.reduce_ref)
        except UnsendableError as error:
            self.answer_with_exception(number, error)
        else:
            self._link.send(RESULT, number, payload)
            self._note_answer(number)

    def answer_with_exception(self, number: int, exception: BaseException) -> None:
        """Send the exception that came of a call."""
        self._link.send(RAISED, number, encode_exception(exception, self._home.reduce_ref))
        self._note_answer(number)

    def _note_answer(self, number: int) -> None:
        self._unanswered.pop(number, None)
        if self._answered is not None:
            self._answered.set()

    def tell_end(self, actor_urn: str) -> None:
        """Tell that an actor here has ended."""
        self._link.send(ENDED, 0, encode(actor_urn, self._home.reduce_ref))

    def _call(self, kind: int, payload: bytes, reply_to: ReplyTo, whom: str) -> bool:
        number = next(self._numbers)
        self._pending[number] = reply_to, whom
        if self._link.send(kind, number, payload):
            return True
        # Whoever takes it out answers: this sender by saying that it was not accepted, or _ended().
        return self._pending.pop(number, None) is None

    def _receive(self, kind: int, number: int, payload: bytes) -> None:
        self._receivers[kind](number, payload)

    def _receive_call(self, number: int, payload: bytes) -> None:
        try:
            actor_urn, message = decode(payload)
        except Exception as error:  # noqa: BLE001 - of whatever is unpickled
            self.answer_with_exception(number, UnsendableError(f"the message could not be unpickled: {error!r}"))
            return
        ref = self._home.find(actor_urn)
        if ref is None:
            self.answer_with_exception(number, ActorDeadError(f"{actor_urn} not found"))
            return
        reply_to = _Answer(self, number, message, ref)
        mailbox = ref._mailbox
        self._unanswered[number] = actor_urn
        try:
            accepted = mailbox.put(wrap(message, reply_to))
        except UnsendableError as error:  # the actor is elsewhere again
            self.answer_with_exception(number, error)
            return
        if accepted:
            return
        if type(message) is ActorStop and mailbox.reply_at_end(reply_to, None):
            return
        self.answer_with_exception(number, ActorDeadError(str(mailbox.dead(message))))

    def _receive_tell(self, _: int, payload: bytes) -> None:
        try:
            actor_urn, message = decode(payload)
        except Exception as error:  # noqa: BLE001 - of whatever is unpickled
            dead_letters.error("A message from another process could not be unpickled: %r", error)
            return
        ref = self._home.find(actor_urn)
        try:
            accepted = ref is not None and ref._mailbox.put(wrap(message, None))
        except UnsendableError as error:  # as above
            dead_letters.error("A message from another process cannot be sent on: %s", error)
            return
        if not accepted:
            dead_letters.info("%s not found: %r", ref or actor_urn, message)

    def _receive_result(self, number: int, payload: bytes) -> None:
        try:
            result = decode(payload)
        except Exception as error:  # noqa: BLE001 - of whatever is unpickled
            self._settle(number, exception=UnsendableError(f"the result could not be unpickled: {error!r}"))
        else:
            self._settle(number, result)

    def _receive_exception(self, number: int, payload: bytes) -> None:
        try:
            exception = decode_exception(payload)
        except Exception as error:  # noqa: BLE001 - of whatever is unpickled
            exception = UnsendableError(f"the exception could not be unpickled: {error!r}")
        self._settle(number, exception=exception)

    def _receive_watch(self, _: int, payload: bytes) -> None:
        actor_urn: str = decode(payload)
        ref = self._home.find(actor_urn)
        if ref is None or not ref._mailbox.reply_at_end(_Watcher(self, actor_urn), None):
            self.tell_end(actor_urn)

    def _receive_end(self, _: int, payload: bytes) -> None:
        ref = self._refs.get(decode(payload))
        if ref is not None:
            ref._note_end()

    def _settle(self, number: int, result: object = None, exception: BaseException | None = None) -> None:
        pending = self._pending.pop(number, None)
        if pending is None:
            return
        settle(pending[0], result, exception)

    def _ended(self) -> None:
        """Answer who still waits, because the other process is gone."""
        for number, (_, whom) in list(self._pending.items()):
            self._settle(number, exception=self._gone(whom))
        for ref in list(self._refs.values()):
            ref._note_end("its process is gone")
        self._home.lost(self)
        self._is_lost = True
        self._call_when_lost()

    def _call_when_lost(self) -> None:
        with suppress(IndexError):
            while True:
                self._when_lost.pop(0)()

    def _gone(self, whom: str) -> ActorDeadError:
        return ActorDeadError(f"{whom}: its process ended before the answer came")


def _refuse_boot(number: int, payload: bytes) -> None:
    logger.error("Call %s from another process would start an actor here, where none is to start", number)


class _Answer:
    """Where the reply to a call from another process goes."""

    __slots__ = ("_number", "_peer", "_ref", "_request", "withdrawn")

    def __init__(self, peer: Peer, number: int, message: object, ref: ActorRef[Any]) -> None:  # of any actor
        self._peer = peer
        self._number = number
        self._request = request_of(message)
        self._ref = ref
        self.withdrawn: DeadlockError | None = None

    def set(self, value: object = None) -> None:
        self._peer.answer(self._number, value, self._describe)

    def _describe(self) -> str:
        return f"{describe(self._request)} of {self._ref}"

    def set_exception(self, exc_info: ExceptionInfo | None = None) -> None:
        assert exc_info is not None  # the loop and the mailbox always give one
        kind, exception, _ = exc_info
        assert kind is not None
        self._peer.answer_with_exception(self._number, kind() if exception is None else exception)


class _Watcher:
    """Waits for the end of an actor on behalf of another process."""

    __slots__ = ("_actor_urn", "_peer", "withdrawn")

    def __init__(self, peer: Peer, actor_urn: str) -> None:
        self._peer = peer
        self._actor_urn = actor_urn
        self.withdrawn: DeadlockError | None = None

    def set(self, value: object = None) -> None:
        self._peer.tell_end(self._actor_urn)

    def set_exception(self, exc_info: ExceptionInfo | None = None) -> None:
        self._peer.tell_end(self._actor_urn)
