"""The errors that typedactors raises; every layer may import this module.

::

    Exception
     └── TypedActorsError
          ├── ActorDeadError             the actor is stopped, failed, or no longer there
          │    └── ActorUnavailableError  it cannot be reached now; it may come back
          ├── ActorNotInitializedError   an actor's ``__init__`` did not call ``super().__init__()``
          ├── DeadlockError              the wait would close a cycle of actors that wait for each other
          ├── FutureAlreadySetError      a future was given a second result; also a ``queue.Full``
          ├── GeneratedFormatError       generated code that this version does not read; also an ``ImportError``
          ├── Timeout                    no result came within the time given
          ├── UnsendableError            something cannot leave its process; also a ``TypeError``
          └── UnsupportedError           the runtime that the actor runs on cannot do this

Imports nothing of the package.
"""

from __future__ import annotations

from queue import Full
from typing import Final

__all__ = [
    "ActorDeadError",
    "ActorNotInitializedError",
    "ActorUnavailableError",
    "DeadlockError",
    "FutureAlreadySetError",
    "GeneratedFormatError",
    "Timeout",
    "TypedActorsError",
    "UnsendableError",
    "UnsupportedError",
]


class TypedActorsError(Exception):
    """Base of every error that this library defines."""


class _NoMessage:
    """The type of `NO_MESSAGE`."""

    def __repr__(self) -> str:
        return "<no message>"

    def __reduce__(self) -> str:
        return "NO_MESSAGE"


NO_MESSAGE: Final = _NoMessage()
"""What `ActorDeadError.undelivered` is when no message was at stake; ``None`` may be a message."""


class ActorDeadError(TypedActorsError):
    """An actor was asked for something and is not there to answer.

    ``__cause__`` is the exception that ended the actor, where there was one and the request was
    already waiting in its mailbox.

    Args:
        text: what happened.
        undelivered: the message that was not accepted; it stays readable as ``undelivered``.
    """

    undelivered: object
    """The message that the actor will never handle, or `NO_MESSAGE`."""

    def __init__(self, text: str = "", *, undelivered: object = NO_MESSAGE) -> None:
        super().__init__(text)
        self.undelivered = undelivered


class ActorUnavailableError(ActorDeadError):
    """An actor elsewhere did not answer: it is being started again, or its machine cannot be reached.

    Whether it has handled the request is not known. A later request may succeed.
    """


class ActorNotInitializedError(TypedActorsError, RuntimeError):
    """An actor's ``__init__`` returned without having called ``super().__init__()``."""


class DeadlockError(TypedActorsError):
    """A wait without a timeout would have closed a cycle of actors that wait for each other.

    It is raised in one actor of the cycle, at the call that would have closed it. The others go on
    as soon as that actor's handler has ended. What that actor had asked for is withdrawn, unless it
    is being handled already. A stop is not: the actor stops all the same.

    Args:
        steps: one line for each actor of the cycle: who it is, what it is doing, what it waits for.
    """

    steps: tuple[str, ...]
    """One line for each actor of the cycle, the raising one first."""

    def __init__(self, steps: tuple[str, ...]) -> None:
        lines = "".join(f"\n  {step}" for step in steps)
        super().__init__(
            f"this wait would never end:{lines}\n"
            "End the handler first and have the result sent back in another message, or wait with a timeout."
        )
        self.steps = steps

    def __reduce__(self) -> tuple[type[DeadlockError], tuple[tuple[str, ...]]]:
        return type(self), (self.steps,)


class FutureAlreadySetError(TypedActorsError, Full):
    """A future that has a result, an exception or a get hook was given another one.

    It is a ``queue.Full`` too, which is what Pykka raises here.
    """


class GeneratedFormatError(TypedActorsError, ImportError):
    """A generated module is of a format that the installed typedactors does not read.

    Its text says what to do, which is most often to run ``typedactors generate``; ``name`` is the module.
    """


class Timeout(TypedActorsError):  # noqa: N818 - Pykka's name for it
    """No result came within the time that the caller gave."""


class UnsendableError(TypedActorsError, TypeError):
    """A message or a result was to leave its process and cannot be pickled, or not be unpickled again.

    Nothing was sent. The text names what it was; ``__cause__`` is what pickle had to say.
    """


class UnsupportedError(TypedActorsError):
    """The runtime that the actor runs on cannot do what was asked for. The text says what can be done."""
