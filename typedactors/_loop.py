"""The life of an actor: start, one message after the other, stop or failure, and the last replies.

It is the same for every runtime in this process. Its order is the promise that users build on:

====================  =======================================================================
what happens          in this order
====================  =======================================================================
stop                  the mailbox closes, ``on_stop`` runs, asks that were left are refused, and
                      whoever waits for the stop is answered
``on_start`` raises   logged, the mailbox closes, ``on_failure`` runs, asks are refused with the
                      exception as their cause
a tell raises         the same
an ask raises         the asker gets the exception, the actor goes on
a ``BaseException``   the asker gets it, the actor stops as above, and then all actors stop
====================  =======================================================================

Imports `messages`, `_coroutines`, `_deadlock`, `_introspection`, `_mailbox`, `_parker` and
`_registry`.
"""

from __future__ import annotations

import logging
from types import CoroutineType
from typing import TYPE_CHECKING, Any, Protocol

from typedactors._coroutines import CoroutineRunner
from typedactors._deadlock import request_of
from typedactors._introspection import follow
from typedactors._parker import current_parker
from typedactors._registry import ActorRegistry
from typedactors.exceptions import FutureAlreadySetError
from typedactors.messages import ActorStop, ProxyCall, ProxyGetAttr, ProxySetAttr

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event
    from types import TracebackType

    from typedactors._mailbox import Mailbox, ReplyTo
    from typedactors._ref import ActorRef

__all__ = ["ActorLoop", "Behavior"]

logger = logging.getLogger("typedactors")


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

    def on_receive(self, message: Any) -> Any:  # messages and replies are of any type
        """Handle a message that is not a proxy's."""
        ...


class ActorLoop:
    """Runs one actor, from its start to its last reply, in the context that calls `run`.

    Args:
        actor: what to run.
        mailbox: where its messages are.
        stopped: set when the mailbox closes.
    """

    __slots__ = ("_actor", "_coroutines", "_mailbox", "_stop_replies", "_stopped", "stop_requested")

    def __init__(self, actor: Behavior, mailbox: Mailbox, stopped: Event) -> None:
        self._actor = actor
        self._mailbox = mailbox
        self._stopped = stopped
        self._stop_replies: list[ReplyTo] = []
        self._coroutines: CoroutineRunner | None = None
        self.stop_requested = False
        """Whether the actor's own ``stop()`` was called, so that a stop is on its way."""

    def run(self) -> None:
        """Be the actor, until it ends. Does not raise."""
        parker = current_parker()
        activity = self._mailbox.activity
        parker.activity = activity
        try:
            activity.handling = "on_start"
            try:
                self._actor.on_start()
            except Exception as exception:  # noqa: BLE001 - the actor's, and it is reported
                self._fail(exception)
            except BaseException as exception:  # noqa: BLE001 - the same
                self._stop_everything(exception)
            while not self._mailbox.closed:
                self._handle_next()
        finally:
            parker.activity = None
            activity.handling = None
            if self._coroutines is not None:
                self._coroutines.close()

    def abandon(self) -> None:
        """Refuse everything, because `run` will never be called."""
        self._close()
        self._refuse_rest(None)

    def _handle_next(self) -> None:
        # The envelope lives in this frame and no longer, so that an idle actor keeps nothing alive.
        message, reply_to, context = self._mailbox.get()
        self._mailbox.activity.handling = request_of(message)
        if type(message) is ActorStop:
            if reply_to is not None:
                self._stop_replies.append(reply_to)
            self._stop()
            return
        try:
            result = context.run(self._handle, message)
        except Exception as exception:  # noqa: BLE001 - the handler's, and it goes to the asker
            if reply_to is None:
                self._fail(exception)
            else:
                logger.info("Exception returned from %s to caller:", self._actor, exc_info=True)
                self._reply(reply_to, reply_to.set_exception)
        except BaseException as exception:  # noqa: BLE001 - the handler's, and it ends the program
            if reply_to is not None:
                self._reply(reply_to, reply_to.set_exception)
            self._stop_everything(exception)
        else:
            if reply_to is None:
                return
            if self.stop_requested and type(message) is ProxyCall and tuple(message.attr_path) == ("stop",):
                # proxy.stop() is answered when the actor has stopped, not when it has been asked to.
                self._stop_replies.append(reply_to)
            else:
                self._reply(reply_to, reply_to.set, result)
        finally:
            # The traceback of an exception that the asker gets refers to this frame.
            del message, reply_to, context

    def _handle(self, message: object) -> object:
        """Do what a message asks for; in the context variables of its sender."""
        # The types are exact and the most frequent one comes first.
        if type(message) is ProxyCall:
            method: Callable[..., object] = follow(self._actor, message.attr_path)
            result: object = method(*message.args, **message.kwargs)
            if type(result) is CoroutineType:
                return self._run_coroutine(result)
            return result
        if type(message) is ProxyGetAttr:
            value: object = follow(self._actor, message.attr_path)
            return value
        if type(message) is ProxySetAttr:
            setattr(follow(self._actor, message.attr_path[:-1]), message.attr_path[-1], message.value)
            return None
        reply: object = self._actor.on_receive(message)
        return reply

    def _run_coroutine(self, coroutine: Any) -> object:  # a coroutine of any type
        if self._coroutines is None:
            self._coroutines = CoroutineRunner()
        return self._coroutines.run(coroutine)

    def _reply(self, reply_to: ReplyTo, settle: Callable[..., None], *args: object) -> None:
        try:
            settle(*args)
        except FutureAlreadySetError:
            logger.warning("%s could not reply: the asker has set the future itself (%r)", self._actor, reply_to)

    def _stop(self) -> None:
        """End in order."""
        self._close()
        self._run_hook(self._actor.on_stop)
        self._refuse_rest(None)

    def _fail(self, exception: Exception) -> None:
        """End because of an exception that nobody is there to get."""
        logger.error("Unhandled exception in %s:", self._actor, exc_info=exception)
        self._mailbox.obituary = f"it failed with {type(exception).__name__}: {exception}"
        self._close(log=False)
        self._run_hook(self._actor.on_failure, type(exception), exception, exception.__traceback__)
        self._refuse_rest(exception)

    def _stop_everything(self, exception: BaseException) -> None:
        """End because of an exception that is meant to end the program, and end all other actors."""
        logger.debug("%r in %s. Stopping all actors.", exception, self._actor)
        self._close()
        self._run_hook(self._actor.on_stop)
        # Before the others are stopped: one of them may be waiting for an answer from here.
        self._refuse_rest(exception)
        ActorRegistry.stop_all()

    def _close(self, *, log: bool = True) -> None:
        self._mailbox.close()
        ActorRegistry.unregister(self._actor.actor_ref)
        self._stopped.set()
        if log:
            logger.debug("Stopped %s", self._actor)

    def _run_hook(self, hook: Callable[..., None], *args: object) -> None:
        """Run ``on_stop`` or ``on_failure`` of an actor that is ending anyway."""
        self._mailbox.activity.handling = hook.__name__
        try:
            hook(*args)
        except Exception:
            logger.exception("Unhandled exception in %s:", self._actor)
        except BaseException as exception:  # noqa: BLE001 - it ends the program, as in a handler
            logger.debug("%r in %s. Stopping all actors.", exception, self._actor)
            self._refuse_rest(exception)
            ActorRegistry.stop_all()

    def _refuse_rest(self, cause: BaseException | None) -> None:
        """Answer all that is left, once the mailbox is closed."""
        for envelope in self._mailbox.take_rest():
            message, reply_to, _ = envelope
            if reply_to is not None and isinstance(message, ActorStop):
                self._stop_replies.append(reply_to)
            else:
                self._mailbox.refuse(envelope, cause)
        while self._stop_replies:
            reply_to = self._stop_replies.pop(0)
            self._reply(reply_to, reply_to.set, None)
