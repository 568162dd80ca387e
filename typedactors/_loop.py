"""The life of an actor: start, one message after the other, stop or failure, and the last replies.

It is the same for every runtime in this process. A context that is the actor's alone calls `ActorLoop.run`;
one that goes from actor to actor takes the same steps one by one: `ActorLoop.begin`, `ActorLoop.handle_each` as
often as there are messages until `ActorLoop.ended`, and `ActorLoop.clean_up`. The order is the promise that users
build on:

====================  =======================================================================
what happens          in this order
====================  =======================================================================
stop                  the mailbox closes, asks that were left are refused, ``on_stop`` runs, and
                      whoever waits for the stop is answered
``on_start`` raises   logged, the mailbox closes, asks are refused with the exception as their
                      cause, ``on_failure`` runs
a tell raises         the same
an ask raises         the asker gets the exception, the actor goes on
a ``BaseException``   the asker gets it, the actor stops as above, and then all actors stop
====================  =======================================================================

Imports `_coroutines`, `_deadlock`, `_introspection`, `_log`, `_parker`, `_registry`, `exceptions` and `messages`.
"""

from __future__ import annotations

import sys
from contextvars import Context
from itertools import repeat, starmap
from types import CoroutineType
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from typedactors._coroutines import CoroutineRunner
from typedactors._deadlock import PROXY_MESSAGES
from typedactors._introspection import follow
from typedactors._log import logger
from typedactors._parker import current_parker
from typedactors._registry import ActorRegistry
from typedactors.exceptions import DeadlockError, FutureAlreadySetError
from typedactors.messages import ActorStop, ProxyCall, ProxyGetAttr, ProxySetAttr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType

    from typedactors._mailbox import Envelope, ExceptionInfo, Mailbox, ReplyTo
    from typedactors._ref import ActorRef

__all__ = ["ActorLoop", "Behavior", "ending"]

_ONE = ((),)  # the steps of `handle_each` for one message

ending: set[Mailbox] = set()
"""The mailboxes of the actors that have left the registry and whose last code still runs; see `_wait_graph`."""


class Behavior(Protocol):
    """What the loop needs an actor to be."""

    @property
    def actor_ref(self) -> ActorRef[Any]:  # of any class
        """The actor's ref."""
        ...

    def on_start(self) -> None:
        """Begin."""
        ...

    def on_stop(self) -> None:
        """End."""
        ...

    def on_failure(
        self,
        exception_type: type[BaseException] | None,
        exception_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End because of an exception."""
        ...

    @property
    def _handler_names(self) -> Mapping[type, str]:
        """The names of the declared handlers, by their message classes; most actors have none."""
        ...

    def on_receive(self, message: Any) -> Any:  # of any type
        """Handle a message that has no handler of its own."""
        ...

    def _find_handler(self, message_class: type) -> Callable[[Any], object]:  # of messages of any type
        """Return what handles messages of a class that are not a proxy's."""
        ...


class ActorLoop:
    """Runs one actor, from its start to its last reply, in the context that calls.

    Args:
        actor: what to run.
        mailbox: where its messages are.
    """

    _receives_in_place: ClassVar[bool] = True
    """Whether a message that is not a proxy's may go to ``on_receive`` without `_perform`."""

    __slots__ = (
        "_activity",
        "_actor",
        "_before_end",
        "_context",
        "_coroutines",
        "mailbox",
        "stop_requested",
    )

    def __init__(self, actor: Behavior, mailbox: Mailbox) -> None:
        self._actor = actor
        self.mailbox = mailbox
        self._activity = mailbox.activity
        self._context: Context | None = None
        self._coroutines: CoroutineRunner | None = None
        self._before_end: Callable[[], None] | None = None
        self.stop_requested = False
        """Whether the actor's own ``stop()`` was called, so that a stop is on its way."""

    def run(self, before_end: Callable[[], None] | None = None) -> None:
        """Be the actor, until it ends. Does not raise.

        Args:
            before_end: called in this context before anybody learns that the actor has ended.
        """
        self._before_end = before_end
        parker = current_parker()
        parker.activity = self._activity
        try:
            self.begin()
            self._handle_all()
        finally:
            parker.activity = None
            self.clean_up()

    def _handle_all(self) -> None:
        """Take the steps between the first and the last."""
        self.handle_each(repeat(()), self.mailbox.get)

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to handle. For the actor's context: its last step is over."""
        return self.mailbox.closed

    def begin(self) -> None:
        """Start the actor: the first step."""
        self._activity.handling = "on_start"
        try:
            self._call_hook(self._actor.on_start)
            self._activity.handling = None
        except Exception as exception:  # noqa: BLE001 - the actor's, and it is reported
            self._fail(exception)
        except BaseException as exception:  # noqa: BLE001 - the same
            self._stop_everything(exception)

    def clean_up(self) -> None:
        """Free what the actor used: after the last step. Idempotent."""
        self._activity.handling = None
        ending.discard(self.mailbox)
        if self._coroutines is not None:
            self._coroutines.close()
            self._coroutines = None

    def abandon(self, cause: BaseException) -> None:
        """Refuse everything, because the actor will never run."""
        self.mailbox.close(cause)
        self.mailbox.tell_stopped()
        self.mailbox.end()

    def handle_each(self, steps: Iterator[tuple[()]], get: Callable[[], Envelope]) -> None:
        """Handle a message for each item of ``steps``, until the actor has ended.

        Most messages come from contexts without variables. They are handled in one such context as long as none
        of them leaves a variable in it, which is cheaper than a context for each.

        Args:
            steps: asked for an empty tuple before each message is taken.
            get: takes the oldest envelope.
        """
        finished = self.mailbox.closed
        while not finished:
            blank = Context()
            finished = blank.run(self._handle_each_in, blank, steps, get)

    def handle_next(self, get: Callable[[], Envelope]) -> None:
        """Handle the oldest message of an actor that has not ended; see `handle_each`."""
        blank = Context()
        blank.run(self._handle_each_in, blank, _ONE, get)

    def _handle_each_in(self, blank: Context, steps: Iterable[tuple[()]], get: Callable[[], Envelope]) -> bool:
        """Do what `handle_each` does while ``blank``, the current context, is blank; False if it is no longer."""
        # In place, as far as can be: each call would be to be felt. What is in hand is noted without the message
        # or its arguments, which the handler may let go.
        mailbox, activity, actor = self.mailbox, self._activity, self._actor
        receives_all = self._receives_in_place and not actor._handler_names
        reply_to: ReplyTo | None = None
        try:
            # Python runs signal handlers after a call, but not where a loop takes its next item.
            for message, reply_to, context in starmap(get, steps):
                message_class = type(message)
                if message_class is ActorStop:
                    if reply_to is not None:
                        mailbox.reply_at_end(reply_to, None)
                    self._stop()
                elif reply_to is not None and reply_to.withdrawn is not None:
                    self._reply_with_exception(reply_to, (DeadlockError, reply_to.withdrawn, None))
                else:
                    try:
                        if context is not None:
                            result = context.run(self._perform, message)
                        elif message_class in PROXY_MESSAGES or not receives_all:
                            result = self._perform(message)
                        else:
                            activity.handling = message_class
                            result = actor.on_receive(message)
                            if type(result) is CoroutineType:
                                result = self._run_coroutine(result)  # pyright: ignore[reportUnknownArgumentType]  # any
                    except BaseException as exception:  # noqa: BLE001 - the actor's, and it is reported
                        self._raised(exception, reply_to)
                        result = None  # it may be the coroutine that has raised
                    else:
                        if reply_to is not None:
                            self._answer(message, reply_to, result)
                        del result
                    activity.handling = None
                # An idle actor keeps no message alive, and the traceback of an exception refers to this frame.
                del message, context
                reply_to = None  # noqa: PLW2901 - there is none in hand any more
                if mailbox.closed:
                    return True
                if blank:
                    return False
            return True
        finally:
            if reply_to is not None:
                # A signal handler has raised between two lines of this package's, and it may have no answer yet.
                try:
                    reply_to.set_exception(sys.exc_info())
                except FutureAlreadySetError:
                    pass  # it has

    def _answer(self, message: object, reply_to: ReplyTo, result: object) -> None:
        """Give the result to who asked."""
        if self.stop_requested and type(message) is ProxyCall and tuple(message.attr_path) == ("stop",):
            # proxy.stop() is answered when the actor has stopped, not when it has been asked to.
            self.mailbox.reply_at_end(reply_to, result)
            return
        try:
            reply_to.set(result)
        except FutureAlreadySetError:
            self._warn_of_set_future(reply_to)

    def _raised(self, exception: BaseException, reply_to: ReplyTo | None) -> None:
        """Report what a handler has raised. Called while it is the exception being handled."""
        if isinstance(exception, Exception) and reply_to is None:
            self._fail(exception)
            return
        if reply_to is None:
            logger.error("Unhandled exception in %s:", self._actor, exc_info=exception)
        else:
            logger.info("Exception returned from %s to caller:", self._actor, exc_info=True)
            self._reply_with_exception(reply_to, sys.exc_info())
        if not isinstance(exception, Exception):  # it ends the program
            self._stop_everything(exception)

    def _perform(self, message: object) -> object:
        """Do what a message asks for, to its end; in the context variables of its sender."""
        # The types are exact and the most frequent one comes first.
        message_class = type(message)
        request: Any = message  # a checker that shall tell what it is needs type(message) anew each time
        if message_class is ProxyCall:
            attr_path, args, kwargs = request
            self._activity.handling = attr_path
            member: Any = self._actor
            for name in attr_path:  # follow(), in place
                member = getattr(member, name)
            result: object = member(*args, **kwargs) if kwargs else member(*args)
        elif message_class is ProxyGetAttr:
            self._activity.handling = request.attr_path
            return follow(self._actor, request.attr_path)
        elif message_class is ProxySetAttr:
            self._activity.handling = request.attr_path
            setattr(follow(self._actor, request.attr_path[:-1]), request.attr_path[-1], request.value)
            return None
        else:
            self._activity.handling = message_class
            actor = self._actor
            handler = actor._find_handler(message_class) if actor._handler_names else actor.on_receive
            result = handler(message)
        if type(result) is not CoroutineType:
            return result
        return self._run_coroutine(result)  # pyright: ignore[reportUnknownArgumentType]  # a coroutine of any type

    def _call(self, function: Callable[..., object], *args: Any, **kwargs: Any) -> object:  # any function's
        """Call a function of the actor's, to its end if it is ``async``."""
        result = function(*args, **kwargs)
        if type(result) is not CoroutineType:
            return result
        return self._run_coroutine(result)  # pyright: ignore[reportUnknownArgumentType]  # a coroutine of any type

    def _run_coroutine(self, coroutine: CoroutineType[Any, Any, Any]) -> object:  # of any type
        """Run what an ``async`` function of the actor's returned, to its end."""
        if self._coroutines is None:
            self._coroutines = CoroutineRunner()
        return self._coroutines.run(coroutine)

    def _call_hook(self, hook: Callable[..., object], *args: object) -> None:
        """Call ``on_start``, ``on_stop`` or ``on_failure`` in context variables that are the actor's own.

        Not in those of the calling context, which may be somebody else's.
        """
        context = self._context or Context()
        try:
            context.run(self._call, hook, *args)
        finally:
            # Most actors set none, and there may be very many actors.
            self._context = context if len(context) else None

    def _reply_with_exception(self, reply_to: ReplyTo, exc_info: ExceptionInfo) -> None:
        try:
            reply_to.set_exception(exc_info)
        except FutureAlreadySetError:
            self._warn_of_set_future(reply_to)

    def _warn_of_set_future(self, reply_to: ReplyTo) -> None:
        logger.warning("%s could not reply: the asker has set the future itself (%r)", self._actor, reply_to)

    def _stop(self) -> None:
        """End in order."""
        self._finish(None, self._actor.on_stop)

    def _fail(self, exception: Exception) -> None:
        """End because of an exception that nobody is there to get."""
        logger.error("Unhandled exception in %s:", self._actor, exc_info=exception)
        self._finish(exception, self._actor.on_failure, type(exception), exception, exception.__traceback__)

    def _stop_everything(self, exception: BaseException) -> None:
        """End because of an exception that is meant to end the program, and end all other actors."""
        logger.debug("%r in %s. Stopping all actors.", exception, self._actor)
        self._finish(exception, self._actor.on_stop, everything=True)

    def _finish(
        self, cause: BaseException | None, hook: Callable[..., object], *args: object, everything: bool = False
    ) -> None:
        """Close, let the actor clean up, and give the last replies."""
        self._close(cause)
        everything |= not self._run_hook(hook, *args)
        self._end()
        # After the last replies: one of the other actors may be waiting for one.
        if everything:
            ActorRegistry.stop_all()

    def _end(self) -> None:
        """Give the last replies. Idempotent."""
        if self._before_end is not None:
            self._before_end()
        self.mailbox.end()

    def _close(self, cause: BaseException | None) -> None:
        """Take no more messages, and refuse those that are there."""
        self.mailbox.close(cause)
        ending.add(self.mailbox)
        ActorRegistry.unregister(self._actor.actor_ref)
        self.mailbox.tell_stopped()
        logger.debug("Stopped %s", self._actor)
        self.mailbox.refuse_rest()

    def _run_hook(self, hook: Callable[..., object], *args: object) -> bool:
        """Run ``on_stop`` or ``on_failure`` of an actor that is ending; False if it wants to end the program."""
        self._activity.handling = hook.__name__
        try:
            self._call_hook(hook, *args)
        except Exception:
            logger.exception("Unhandled exception in %s:", self._actor)
        except BaseException as exception:  # noqa: BLE001 - it ends the program, as in a handler
            logger.debug("%r in %s. Stopping all actors.", exception, self._actor)
            return False
        return True
