"""The seam between actors and what runs them.

There is one future, one mailbox and one actor loop. A runtime that runs actors in this process adds
three things: a queue that suspends its reader in the runtime's way, a way to start the loop in a new
context, and (`_parker`) a parker for that kind of context. A runtime that runs actors elsewhere
starts them itself and returns a ref.

Imports nothing of the package but types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedactors._future import ThreadingFuture
    from typedactors._mailbox import MessageQueue

__all__ = ["LocalRuntime"]


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

    def make_queue(self) -> MessageQueue:
        """Return a new queue for an actor's mailbox."""
        ...

    def spawn(self, run: Callable[[], None], name: str, *, daemon: bool) -> None:
        """Call ``run()`` in a new context and return at once.

        Args:
            run: an actor's whole life; it does not raise.
            name: the actor's class name, from which a context's name may be made.
            daemon: whether the interpreter may exit while the context is running.

        Raises:
            RuntimeError: no context can be had; ``run`` will not be called.
        """
        ...
