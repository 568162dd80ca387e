"""Refs: the addresses of actors, and the only way to send to them.

Imports `_deadlock`, `_future`, `_parker`, `_proxy`, `_wrapping`, `exceptions` and `messages`.
"""

from __future__ import annotations

import weakref
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar, overload

from typedactors._deadlock import PROXY_MESSAGES
from typedactors._future import derive
from typedactors._parker import current_parker
from typedactors._proxy import DynamicProxy
from typedactors._wrapping import ALWAYS_WRAPPED
from typedactors.exceptions import ActorDeadError, DeadlockError
from typedactors.messages import ActorStop, ProxyCall

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event
    from typing import Self

    from typedactors._future import Future, ThreadingFuture
    from typedactors._mailbox import ActorInbox, SendingEnd
    from typedactors.messages import Message

__all__ = ["ActorRef"]

A_co = TypeVar("A_co", covariant=True)
ProxyT = TypeVar("ProxyT")
Reply = TypeVar("Reply")


class ActorRef(Generic[A_co]):
    """The address of one actor, running or dead. Safe to pass to any thread and in any message.

    Made by `Actor.start` and by `ActorRegistry`'s look-ups. Covariant: where an
    ``ActorRef[Thermostat]`` is wanted, the ref of an actor that implements ``Thermostat`` will do.
    Refs are equal if they address the same actor. A pickled ref finds its actor again in the same process.
    """

    _is_remote: ClassVar[bool] = False
    """Whether the actor object is elsewhere, so that only the actor itself can say what it has."""

    def __init__(
        self,
        actor: A_co,
        *,
        mailbox: SendingEnd,
        future_class: type[ThreadingFuture[Any]],  # of any value
    ) -> None:
        self._actor_weakref: Callable[[], A_co | None] = weakref.ref(actor)
        self._actor_class: type[A_co] = type(actor)
        self._actor_urn = mailbox.activity.actor_urn
        self._mailbox: SendingEnd = mailbox
        self._future_class = future_class

    @property
    def actor_class(self) -> type[A_co]:
        """The class of the actor."""
        return self._actor_class

    @property
    def actor_urn(self) -> str:
        """The actor's name, unique for all time: see `Actor.actor_urn`."""
        return self._actor_urn

    @property
    def actor_inbox(self) -> ActorInbox:
        """The actor's mailbox, to look at: see `Actor.actor_inbox`."""
        return self._mailbox

    @property
    def actor_stopped(self) -> Event:
        """Set when the actor has stopped taking messages: see `Actor.actor_stopped`."""
        return self._mailbox.stopped_event

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ActorRef):
            return NotImplemented
        return self._actor_urn == other._actor_urn

    def __hash__(self) -> int:
        return hash(self._actor_urn)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __repr__(self) -> str:
        return f"<ActorRef for {self}>"

    def __str__(self) -> str:
        return str(self._mailbox.activity)

    def is_alive(self) -> bool:
        """Tell whether the actor still takes messages; that may have changed when you read the answer."""
        return not self._mailbox.stopped

    def tell(self, message: object) -> None:
        """Send a message and do not wait for an answer. Never blocks.

        Args:
            message: anything; it is not copied.

        Raises:
            ActorDeadError: the actor does not take messages any more; the error carries the message.
        """
        context = copy_context()
        if context or type(message) in ALWAYS_WRAPPED:
            accepted = self._mailbox.put((message, None, context or None, None, None))
        else:
            accepted = self._mailbox.put(message)
        if not accepted:
            raise self._mailbox.dead(message)

    @overload
    def ask(self, message: Message[Reply], *, block: Literal[True] = ..., timeout: float | None = ...) -> Reply: ...
    @overload
    def ask(self, message: Message[Reply], *, block: Literal[False], timeout: float | None = ...) -> Future[Reply]: ...
    @overload
    def ask(  # type: ignore[overload-overlap]  # a message is an object too, of which the last overloads know nothing
        self, message: Message[Reply], *, block: bool, timeout: float | None = ...
    ) -> Reply | Future[Reply]: ...
    # mypy takes the expected type for the reply's before it looks at the message. Where the two differ, these keep it
    # from the overloads for any message, whose reply suits everything. In all other cases they are never reached.
    @overload
    def ask(  # type: ignore[overload-cannot-match]  # pyright: ignore[reportOverlappingOverload]  # see above
        self, message: Message[object], *, block: Literal[False], timeout: float | None = ...
    ) -> Future[object]: ...
    @overload
    def ask(  # type: ignore[overload-cannot-match, overload-overlap]  # pyright: ignore[reportOverlappingOverload]  # see above
        self, message: Message[object], *, block: bool, timeout: float | None = ...
    ) -> object | Future[object]: ...
    @overload
    def ask(self, message: object, *, block: Literal[True] = ..., timeout: float | None = ...) -> Any: ...
    @overload
    def ask(self, message: object, *, block: Literal[False], timeout: float | None = ...) -> Future[Any]: ...
    @overload
    def ask(self, message: object, *, block: bool, timeout: float | None = ...) -> Any | Future[Any]: ...
    # Any: what a handler returns is not known from a message that does not declare its reply.
    def ask(self, message: object, *, block: bool = True, timeout: float | None = None) -> Any | Future[Any]:
        """Send a message and get the answer. Each ask gets exactly one.

        Args:
            message: anything; it is not copied. The reply to a `Message` is of the type that it declares.
            block: whether to wait for the answer; if not, a `Future` of it is returned.
            timeout: how many seconds to wait at the most; ``None`` waits without end. Without
                ``block`` it has no meaning.

        Raises:
            ActorDeadError: the actor does not take messages any more, or stopped before this one.
            DeadlockError: in an actor, without a timeout: the answer would never come. The request
                is withdrawn, unless it is being handled.
            Timeout: the time ran out. The actor handles the message all the same.
            BaseException: what the actor's handler raised.

        Without ``block`` all of these come from the future's `get`.
        """
        parker = current_parker()
        mailbox = self._mailbox
        future = self._future_class()
        future.asked_by = parker.activity
        future.promised_by = mailbox.activity
        message_class = type(message)  # request_of(), in place: this is done for every ask
        future.request = message.attr_path if message_class in PROXY_MESSAGES else message_class  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]  # they have one
        if not mailbox.put((message, future, copy_context() or None, None, None)):
            future.set_exception((ActorDeadError, mailbox.dead(message), None))
        if not block:
            return future
        del message  # the caller may wait long, and the message may be large
        try:
            if future._outcome is None:
                future._wait(timeout, parker)
            return future.get(timeout=timeout)
        finally:
            # The traceback of an exception that comes out here refers to this frame.
            del future

    def _call(
        self,
        attr_path: tuple[str, ...],
        args: tuple[Any, ...],  # any method's
        kwargs: dict[str, Any],
    ) -> Future[Any]:  # the same
        """Call a method, and return the future of its answer at once; see `ask`."""
        mailbox = self._mailbox
        future = self._future_class()  # as in ask(), in place: this is done for every call
        future.asked_by = current_parker().activity
        future.promised_by = mailbox.activity
        future.request = attr_path
        if not mailbox.put((attr_path, future, copy_context() or None, args, kwargs or None)):
            future.set_exception((ActorDeadError, mailbox.dead(ProxyCall(attr_path, args, kwargs)), None))
        return future

    @overload
    def stop(self, *, block: Literal[True] = ..., timeout: float | None = ...) -> bool: ...
    @overload
    def stop(self, *, block: Literal[False], timeout: float | None = ...) -> Future[bool]: ...
    @overload
    def stop(self, *, block: bool, timeout: float | None = ...) -> bool | Future[bool]: ...
    def stop(self, *, block: bool = True, timeout: float | None = None) -> bool | Future[bool]:
        """Ask the actor to stop when it has handled all that was sent before.

        What is sent later gets an `ActorDeadError`. An actor that has stopped does not start again.

        Args:
            block: whether to wait until the actor has stopped and its ``on_stop`` has run.
            timeout: how many seconds to wait at the most; ``None`` waits without end.

        Returns:
            True if this call stopped the actor or it was stopping; False if it was dead already.
            Without ``block``, a future of that.

        Raises:
            DeadlockError: an actor waits for itself to stop, or for one that waits for it. It stops all the same.
            Timeout: the time ran out. The actor stops all the same.
        """
        was_stopping = self._mailbox.closed
        stopping = self._future_class()
        stopping.promised_by = self._mailbox.activity
        stopping.request = ActorStop
        accepted = self._mailbox.put((ActorStop(), stopping, copy_context() or None, None, None))
        if not accepted and not self._mailbox.reply_at_end(stopping, None):
            stopping.set_exception((ActorDeadError, self._mailbox.dead(ActorStop()), None))

        def has_stopped(timeout: float | None) -> bool:
            try:
                stopping.get(timeout=timeout)
            except ActorDeadError:
                return False
            except DeadlockError:
                # Two actors that stop each other in their on_stop: the other one is stopping, and
                # that is all that was asked for.
                if not was_stopping:
                    raise
            return True

        return has_stopped(timeout) if block else derive((stopping,), has_stopped, bool)

    @overload
    def proxy(self) -> DynamicProxy[A_co]: ...
    @overload
    def proxy(self, proxy_class: Callable[[ActorRef[A_co]], ProxyT]) -> ProxyT: ...
    def proxy(self, proxy_class: Callable[..., ProxyT] | None = None) -> ProxyT | DynamicProxy[A_co]:
        """Make a proxy for the actor.

        Args:
            proxy_class: a generated proxy class, for this actor's class or for a Protocol that it
                implements. Without it the proxy is dynamic: see `DynamicProxy`.

        Raises:
            ActorDeadError: the actor is not alive.
        """
        return DynamicProxy(self) if proxy_class is None else proxy_class(self)
