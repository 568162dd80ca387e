"""Wrapping messages for a mailbox: an envelope is a bare message, or a tuple of one and all that goes with it.

Imports `_deadlock` and `messages`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from typedactors._deadlock import PROXY_MESSAGES
from typedactors.messages import ActorStop, ProxyCall

if TYPE_CHECKING:
    from contextvars import Context

    from typedactors._failure import ExceptionInfo
    from typedactors.exceptions import DeadlockError

__all__ = ["ALWAYS_WRAPPED", "Envelope", "ReplyTo", "Wrapped", "open_envelope", "wrap"]


class ReplyTo(Protocol):
    """Where the answer to an ask goes: the settler's side of a future."""

    withdrawn: DeadlockError | None
    """Why the asker does not want the answer any more, if so."""

    def set(self, value: Any = None) -> None:  # a handler returns anything
        """Give the value."""
        ...

    def set_exception(self, exc_info: ExceptionInfo | None = None) -> None:
        """Give the exception."""
        ...


Wrapped: TypeAlias = (
    # Any message, any method's arguments.
    "tuple[Any, ReplyTo | None, Context | None, tuple[Any, ...] | None, dict[str, Any] | None]"
)
"""A message with all that goes with it.

The message; where its reply goes, or ``None``; the context variables of its sender, or ``None`` if it has none; and
``None`` twice. Or a call, which is the path of the method in place of a message, and at the end its positional
arguments, and its keyword arguments, if there are any.

A plain tuple, because one is made for each ask and each call. Empty contexts are left out because they would cost
nearly as much memory again, and keep the garbage collector busy with all the messages that wait.
"""

Envelope: TypeAlias = "Wrapped | object"
"""What is put into a mailbox: a `Wrapped`, or the bare message of a tell without context, if its class allows that.

Most messages are told without context variables, and for them this saves making, keeping and opening a tuple.
"""

ALWAYS_WRAPPED = PROXY_MESSAGES | {tuple, ActorStop}
"""The classes of messages that are never put bare: a tuple would be taken for a `Wrapped`, the others for a user's."""


def wrap(message: object, reply_to: ReplyTo | None) -> Wrapped:
    """Return the envelope of a message without context variables."""
    return message, reply_to, None, None, None


def open_envelope(envelope: Envelope) -> tuple[object, ReplyTo | None]:
    """Return the message, and where its reply goes. The actor itself does this in place."""
    if type(envelope) is not tuple:
        return envelope, None
    wrapped: Wrapped = envelope  # pyright: ignore[reportUnknownVariableType]  # no other tuple is put bare
    message, reply_to, _, args, kwargs = wrapped
    if args is None:
        return message, reply_to
    return ProxyCall(message, args, kwargs or {}), reply_to
