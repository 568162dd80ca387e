"""The seam between actors and what runs them.

There is one future, one mailbox and one actor loop. A runtime that runs actors in this process adds
three things: a queue that suspends its reader in the runtime's way, a way to run the loop, in a context
of the actor's own or step by step (`_turns`), and (`_parker`) a parker for that kind of context. A
runtime that runs actors elsewhere starts them itself and returns a ref.

Imports nothing of the package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from typedactors._future import ThreadingFuture
    from typedactors._loop import ActorLoop
    from typedactors._mailbox import MessageQueue
    from typedactors._ref import ActorRef

__all__ = ["LocalRuntime", "RemoteRuntime"]


class LocalRuntime(Protocol):
    """Runs actors in contexts of this process."""

    @property
    def name(self) -> str:
        """How the runtime is called in messages: ``"threads"``."""
        ...

    @property
    def future_class(self) -> type[ThreadingFuture[Any]]:  # of any value
        """What its actors' asks return."""
        ...

    @property
    def loop_class(self) -> type[ActorLoop]:
        """What runs its actors."""
        ...

    def make_queue(self) -> MessageQueue:
        """Return a new queue for an actor's mailbox."""
        ...

    def spawn(self, loop: ActorLoop, name: str, *, daemon: bool) -> None:
        """See to it that an actor runs, and return at once.

        Args:
            loop: the actor's life: `ActorLoop.run` in a context of its own, or the steps one by one.
            name: the actor's class name, from which a context's name may be made.
            daemon: whether the interpreter may exit while the actor is running.

        Raises:
            RuntimeError: no context can be had; the actor will not run.
        """
        ...


class RemoteRuntime(Protocol):
    """Runs actors elsewhere, and knows a way to bring messages there."""

    # The class is known when the program runs; Actor.start() has had the arguments checked against it.
    def start(self, actor_class: type, args: tuple[Any, ...], kwargs: dict[str, Any]) -> ActorRef[Any]:
        """Start an actor, and return a ref that brings messages to it.

        Args:
            actor_class: its class.
            args: for its ``__init__``.
            kwargs: for its ``__init__``.

        Raises:
            UnsendableError: the class or an argument cannot be brought there.
            BaseException: what ``__init__`` raised.
        """
        ...
