"""How the messages of one actor are handled, one after the other: the hot path of the receiving side.

What it does for a message is said by `MessageHandling._perform`. `MessageHandling._handle_each_in` does the same in
place where nothing stands against it, because each call of a function would be to be felt. Three things make that safe:

- A bare message has no answer to be given and no context to be handled in; see `_wrapping.Envelope`.
- The context that messages are handled in is looked at after each, and is exchanged when a handler has left something.
- The envelope in hand is noted until its answer is given, since a signal handler may raise after any call.

Imports `_coroutines`, `_deadlock`, `_introspection`, `_log`, `_wrapping`, `exceptions` and `messages`.
"""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from contextvars import Context
from itertools import starmap
from types import CoroutineType
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from typedactors._coroutines import CoroutineRunner
from typedactors._deadlock import PROXY_MESSAGES
from typedactors._introspection import follow
from typedactors._log import dead_letters, logger
from typedactors._wrapping import open_envelope, wrap
from typedactors.exceptions import DeadlockError, FutureAlreadySetError
from typedactors.messages import ActorStop, ProxyCall, ProxyGetAttr, ProxySetAttr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType

    from typedactors._failure import ExceptionInfo
    from typedactors._mailbox import Mailbox
    from typedactors._ref import ActorRef
    from typedactors._wrapping import Envelope, ReplyTo

__all__ = ["Behavior", "MessageHandling"]

_ONE = ((),)  # the steps of `handle_each` for one message


class Behavior(Protocol):
    """What an actor's loop needs the actor to be."""

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
    def _typedactors_handler_names(self) -> Mapping[type, str]:
        """The names of the declared handlers, by their message classes; most actors have none."""
        ...

    def on_receive(self, message: Any) -> Any:  # of any type
        """Handle a message that has no handler of its own."""
        ...

    def _typedactors_find_handler(self, message_class: type) -> Callable[[Any], object]:  # of messages of any type
        """Return what handles messages of a class that are not a proxy's."""
        ...


class MessageHandling(ABC):
    """Handles the messages of one actor, in the context that calls.

    Args:
        actor: whose messages they are.
        mailbox: where they are.
    """

    _works_in_place: ClassVar[bool] = True
    """Whether a message may be handled without `_perform`."""

    __slots__ = ("_activity", "_actor", "_coroutines", "mailbox", "stop_requested")

    def __init__(self, actor: Behavior, mailbox: Mailbox) -> None:
        self._actor = actor
        self.mailbox = mailbox
        self._activity = mailbox.activity
        self._coroutines: CoroutineRunner | None = None
        self.stop_requested = False
        """Whether the actor's own ``stop()`` was called, so that a stop is on its way."""

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
        mailbox, activity, actor = self.mailbox, self._activity, self._actor
        works_in_place = self._works_in_place
        receives_in_place = works_in_place and not actor._typedactors_handler_names
        envelope: Any = None  # what is in hand
        result: object
        try:
            # Python runs signal handlers after a call, but not where a loop takes its next item.
            for envelope in starmap(get, steps):
                envelope_class = type(envelope)  # pyright: ignore[reportUnknownVariableType]  # a message's may be any
                if receives_in_place and envelope_class is not tuple:  # the bare message of a tell
                    activity.handling = envelope_class
                    try:
                        result = actor.on_receive(envelope)
                        if type(result) is CoroutineType:
                            self._run_coroutine(result)  # pyright: ignore[reportUnknownArgumentType]  # of any type
                    except BaseException as exception:  # noqa: BLE001 - the actor's, and it is reported
                        self._raised(exception, None)
                    result = None
                    activity.handling = None
                else:
                    message, reply_to, context, args, kwargs = (
                        envelope if envelope_class is tuple else wrap(envelope, None)
                    )
                    message_class = type(message)  # pyright: ignore[reportUnknownVariableType]  # the same
                    if message_class is ActorStop:
                        if reply_to is not None:
                            mailbox.reply_at_end(reply_to, None)
                        self._stop()
                    elif reply_to is not None and reply_to.withdrawn is not None:
                        self._reply_with_exception(reply_to, (DeadlockError, reply_to.withdrawn, None))
                    else:
                        try:
                            if args is None and receives_in_place and message_class not in PROXY_MESSAGES:
                                activity.handling = message_class
                                if context is None:
                                    result = actor.on_receive(message)
                                else:
                                    result = context.run(actor.on_receive, message)
                                if type(result) is CoroutineType:
                                    result = self._run_coroutine_in(context, result)  # pyright: ignore[reportUnknownArgumentType]  # any
                            elif context is not None:
                                result = context.run(self._perform, message, args, kwargs)
                            elif args is None or not works_in_place:
                                result = self._perform(message, args, kwargs)
                            else:
                                activity.handling = message
                                member: Any = actor
                                for name in message:
                                    member = getattr(member, name)
                                result = member(*args, **kwargs) if kwargs else member(*args)
                                if type(result) is CoroutineType:
                                    result = self._run_coroutine(result)  # pyright: ignore[reportUnknownArgumentType]  # any
                        except BaseException as exception:  # noqa: BLE001 - the actor's, and it is reported
                            self._raised(exception, reply_to)
                        else:
                            if reply_to is not None:
                                self._answer(reply_to, result, message, args)
                        activity.handling = None
                    message = reply_to = context = args = kwargs = member = result = None
                # An idle actor keeps no message alive, and the traceback of an exception refers to this frame.
                envelope = None  # noqa: PLW2901 - it is in hand no more
                if mailbox.closed:
                    return True
                if blank:
                    return False
            return True
        finally:
            if envelope is not None:
                self._interrupted(envelope)

    def _interrupted(self, envelope: Envelope) -> None:
        """See to it that a message is not lost, though a signal handler has raised between two lines of this package's.

        Called while that is the exception being handled.
        """
        message, reply_to = open_envelope(envelope)
        if type(message) is ActorStop:
            self.mailbox.put(envelope)  # to stop is tried again, if it has not been done
        elif reply_to is not None:
            try:
                reply_to.set_exception(sys.exc_info())
            except FutureAlreadySetError:
                pass  # it has its answer
        elif self._activity.handling is None:
            dead_letters.error("%s was interrupted before handling the message: %r", self._actor, message)

    def _answer(self, reply_to: ReplyTo, result: object, message: Any, args: tuple[Any, ...] | None) -> None:  # any
        """Give the result to who asked."""
        if self.stop_requested and _path_of_call(message, args) == ("stop",):
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
        exc_info = sys.exc_info()
        try:
            if reply_to is None:
                logger.error("Unhandled exception in %s:", self._actor, exc_info=exception)
            else:
                logger.info("Exception returned from %s to caller:", self._actor, exc_info=True)
        finally:
            if reply_to is not None:
                self._reply_with_exception(reply_to, exc_info)
            del exc_info  # it refers to this frame
            if not isinstance(exception, Exception):  # it ends the program
                self._stop_everything(exception)

    def _perform(
        self,
        message: Any,  # of any type
        args: tuple[Any, ...] | None,  # any method's
        kwargs: Mapping[str, Any] | None,  # the same
    ) -> object:
        """Do what was in an envelope, to its end; in the context variables of its sender; see `_wrapping.Wrapped`."""
        message_class: type[Any] = type(message)  # pyright: ignore[reportUnknownVariableType]  # the same
        is_call = args is not None
        if args is None and message_class is ProxyCall:
            is_call = True
            attr_path, args, kwargs = message
            message = tuple(attr_path)
        if is_call:
            self._activity.handling = message
            result: object = follow(self._actor, message)(*args, **kwargs or {})  # type: ignore[misc]  # pyright: ignore[reportOptionalIterable]  # who sends None gets the error
        elif message_class is ProxyGetAttr:
            self._activity.handling = message.attr_path
            return follow(self._actor, message.attr_path)
        elif message_class is ProxySetAttr:
            self._activity.handling = message.attr_path
            setattr(follow(self._actor, message.attr_path[:-1]), message.attr_path[-1], message.value)
            return None
        else:
            self._activity.handling = message_class
            actor = self._actor
            handler = (
                actor._typedactors_find_handler(message_class) if actor._typedactors_handler_names else actor.on_receive
            )
            result = handler(message)
        if type(result) is not CoroutineType:
            return result
        return self._run_coroutine(result)  # pyright: ignore[reportUnknownArgumentType]  # a coroutine of any type

    def _run_coroutine(self, coroutine: CoroutineType[Any, Any, Any]) -> object:  # of any type
        """Run what an ``async`` function of the actor's returned, to its end."""
        if self._coroutines is None:
            self._coroutines = CoroutineRunner()
        return self._coroutines.run(coroutine)

    def _run_coroutine_in(self, context: Context | None, coroutine: CoroutineType[Any, Any, Any]) -> object:  # as above
        return self._run_coroutine(coroutine) if context is None else context.run(self._run_coroutine, coroutine)

    def _reply_with_exception(self, reply_to: ReplyTo, exc_info: ExceptionInfo) -> None:
        try:
            reply_to.set_exception(exc_info)
        except FutureAlreadySetError:
            self._warn_of_set_future(reply_to)

    def _warn_of_set_future(self, reply_to: ReplyTo) -> None:
        logger.warning("%s could not reply: the asker has set the future itself (%r)", self._actor, reply_to)

    @abstractmethod
    def _stop(self) -> None:
        """End in order."""

    @abstractmethod
    def _fail(self, exception: Exception) -> None:
        """End because of an exception that nobody is there to get."""

    @abstractmethod
    def _stop_everything(self, exception: BaseException) -> None:
        """End because of an exception that is meant to end the program, and end all other actors."""


def _path_of_call(message: Any, args: tuple[Any, ...] | None) -> tuple[str, ...] | None:  # of any type
    """Return the path of the method that is to be called; ``None`` if what was in the envelope is no call."""
    if args is not None:
        return message  # type: ignore[no-any-return]  # see `_wrapping.Wrapped`
    return tuple(message.attr_path) if type(message) is ProxyCall else None
