"""The life of an actor: start, one message after the other, stop or failure, and the last replies.

It is the same for every runtime in this process. A context that is the actor's alone calls `ActorLoop.run`;
one that goes from actor to actor takes the same steps one by one: `ActorLoop.begin`, `ActorLoop.handle_each` (see
`_handling`) as often as there are messages until `ActorLoop.ended`, and `ActorLoop.clean_up`. The order is the
promise that users build on:

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

Imports `_handling`, `_log`, `_parker` and `_registry`.
"""

from __future__ import annotations

from contextvars import Context
from itertools import repeat
from types import CoroutineType
from typing import TYPE_CHECKING

from typedactors._handling import Behavior, MessageHandling
from typedactors._log import logger
from typedactors._parker import current_parker
from typedactors._registry import ActorRegistry

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedactors._mailbox import Mailbox

__all__ = ["ActorLoop", "ending"]

ending: set[Mailbox] = set()
"""The mailboxes of the actors that have left the registry and whose last code still runs; see `_wait_graph`."""


class ActorLoop(MessageHandling):
    """Runs one actor, from its start to its last reply, in the context that calls.

    Args:
        actor: what to run.
        mailbox: where its messages are.
    """

    __slots__ = ("_before_end", "_context")

    def __init__(self, actor: Behavior, mailbox: Mailbox) -> None:
        super().__init__(actor, mailbox)
        self._context: Context | None = None
        self._before_end: Callable[[], None] | None = None

    def run(self, before_end: Callable[[], None] | None = None) -> None:
        """Be the actor, until it ends. Raises only what no step may, which ends the actor.

        Args:
            before_end: called in this context before anybody learns that the actor has ended.
        """
        self._before_end = before_end
        parker = current_parker()
        parker.activity = self._activity
        try:
            self.begin()
            self._handle_all()
        except BaseException as exception:
            self.give_up(exception)
            raise
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
            self._call_hook("on_start")
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
        """Refuse everything, because the actor will never run; if its start was interrupted and it does run, end it."""
        self.mailbox.close(cause)
        self.mailbox.tell_stopped()
        self.mailbox.end()
        self.mailbox.wake()

    def give_up(self, cause: BaseException) -> None:
        """End at once, because of what no step may raise; memory that has run out, say. Idempotent.

        So nobody waits for an actor that nothing runs any more.
        """
        if not self.mailbox.closed:
            self._close(cause)
        self._end()

    def _call(self, hook: str, *args: object) -> object:
        """Call a hook of the actor's, to its end if it is ``async``."""
        result = getattr(self._actor, hook)(*args)
        if type(result) is not CoroutineType:
            return result
        return self._run_coroutine(result)  # pyright: ignore[reportUnknownArgumentType]  # a coroutine of any type

    def _call_hook(self, hook: str, *args: object) -> None:
        """Call ``on_start``, ``on_stop`` or ``on_failure`` in context variables that are the actor's own.

        Not in those of the calling context, which may be somebody else's.
        """
        context = self._context or Context()
        try:
            context.run(self._call, hook, *args)
        finally:
            # Most actors set none, and there may be very many actors.
            self._context = context if len(context) else None

    def _stop(self) -> None:
        """End in order."""
        self._finish(None, "on_stop")

    def _fail(self, exception: Exception) -> None:
        """End because of an exception that nobody is there to get."""
        try:
            logger.error("Unhandled exception in %s:", self._actor, exc_info=exception)
        finally:
            self._finish(exception, "on_failure", type(exception), exception, exception.__traceback__)

    def _stop_everything(self, exception: BaseException) -> None:
        """End because of an exception that is meant to end the program, and end all other actors."""
        try:
            logger.debug("%r in %s. Stopping all actors.", exception, self._actor)
        finally:
            self._finish(exception, "on_stop", everything=True)

    def _finish(self, cause: BaseException | None, hook: str, *args: object, everything: bool = False) -> None:
        """Close, let the actor clean up, and give the last replies."""
        # What the hook raises does not come out of it. A signal handler's does, and a logging handler's in the main
        # thread, and nobody shall wait for the rest.
        try:
            self._close(cause)
        except BaseException:
            self._finish(cause, hook, *args, everything=everything)
            raise
        try:
            everything |= not self._run_hook(hook, *args)
            logger.debug("Stopped %s", self._actor)
            self._end()
        except BaseException:
            self._end()
            raise
        # After the last replies: one of the other actors may be waiting for one.
        if everything:
            ActorRegistry.stop_all()

    def _end(self) -> None:
        """Give the last replies. Idempotent."""
        if self._before_end is not None:
            self._before_end()
        self.mailbox.end()

    def _close(self, cause: BaseException | None) -> None:
        """Take no more messages, and refuse those that are there. Idempotent."""
        self.mailbox.close(cause)
        ending.add(self.mailbox)
        ActorRegistry.unregister(self._actor.actor_ref)
        self.mailbox.tell_stopped()
        self.mailbox.refuse_rest()

    def _run_hook(self, hook: str, *args: object) -> bool:
        """Run ``on_stop`` or ``on_failure`` of an actor that is ending; False if it wants to end the program."""
        self._activity.handling = hook
        try:
            self._call_hook(hook, *args)
        except Exception:
            logger.exception("Unhandled exception in %s:", self._actor)
        except BaseException as exception:  # noqa: BLE001 - it ends the program, as in a handler
            logger.debug("%r in %s. Stopping all actors.", exception, self._actor)
            return False
        return True
