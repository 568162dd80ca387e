"""The registry of running actors, and how a pickled ref finds its actor again.

Imports `_log`, `_ref` and `exceptions`.
"""

from __future__ import annotations

import copyreg
import threading
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar, overload

from typedactors._log import logger
from typedactors._ref import ActorRef
from typedactors.exceptions import ActorDeadError

if TYPE_CHECKING:
    from typedactors._future import Future

__all__ = ["ActorRegistry"]

A = TypeVar("A")


class ActorRegistry:
    """All the actors that run in this process. Its methods may be called from any thread.

    An actor is registered when it starts and unregistered when it stops. Looking one up by its URN,
    registering and unregistering cost the same for any number of actors.
    """

    # The refs by URN, in the order of registration, which is what dictionaries keep.
    _refs: ClassVar[dict[str, ActorRef[Any]]] = {}
    # The same in a row, for those who want all; None if it has to be made anew. Copying it takes half the time.
    _snapshot: ClassVar[tuple[ActorRef[Any], ...] | None] = None
    _changes: ClassVar[int] = 0
    _lock: ClassVar[threading.RLock] = threading.RLock()

    @classmethod
    def register(cls, actor_ref: ActorRef[Any]) -> None:  # of any class
        """Add an actor. `Actor.start` does it by itself."""
        with cls._lock:
            cls._refs[actor_ref.actor_urn] = actor_ref
            cls._changes += 1
            cls._snapshot = None
        logger.debug("Registered %s", actor_ref)

    @classmethod
    def unregister(cls, actor_ref: ActorRef[Any]) -> None:  # of any class
        """Remove an actor, or do nothing if it is not there. A stopping actor does it by itself."""
        with cls._lock:
            found = cls._refs.pop(actor_ref.actor_urn, None)
            cls._changes += 1
            cls._snapshot = None
        logger.debug("Unregistered %s%s", actor_ref, "" if found else " (not found in registry)")

    @classmethod
    def get_all(cls) -> list[ActorRef[Any]]:  # running actors are of any class
        """Return the refs of all running actors, in the order in which they were started."""
        return list(cls._all())

    @classmethod
    def _all(cls) -> tuple[ActorRef[Any], ...]:  # running actors are of any class
        with cls._lock:
            snapshot = cls._snapshot
            if snapshot is None:
                changes = cls._changes
                snapshot = tuple(cls._refs.values())
                # The lock keeps other threads out, but not a signal handler that starts an actor.
                if changes == cls._changes:
                    cls._snapshot = snapshot
            return snapshot

    @classmethod
    def get_by_class(cls, actor_class: type[A]) -> list[ActorRef[A]]:
        """Return the refs of the running actors of a class or of its subclasses.

        Args:
            actor_class: the class, which may be a Protocol. One that is not ``runtime_checkable``, or that has
                fields, finds those that have it as a base.
        """
        try:
            return [ref for ref in cls._all() if issubclass(ref._actor_class, actor_class)]
        except TypeError:
            # Most Protocols refuse the question, whether or not they are a base. It is typing's own mark.
            if not getattr(actor_class, "_is_protocol", False):
                raise
            return [ref for ref in cls._all() if actor_class in ref._actor_class.__mro__]

    @classmethod
    def get_by_class_name(cls, actor_class_name: str) -> list[ActorRef[Any]]:  # a name is no type
        """Return the refs of the running actors whose class has exactly this name, without its module."""
        return [ref for ref in cls._all() if ref._actor_class.__name__ == actor_class_name]

    @classmethod
    def get_by_urn(cls, actor_urn: str) -> ActorRef[Any] | None:  # a URN is no type
        """Return the ref of the running actor with this URN, or ``None``."""
        with cls._lock:
            return cls._refs.get(actor_urn)

    @classmethod
    def broadcast(cls, message: object, target_class: str | type[Any] | None = None) -> None:  # any class
        """Tell a message to many actors.

        An actor that stops meanwhile is passed over.

        Args:
            message: the message; it is not copied.
            target_class: only to actors of this class or its subclasses, see `get_by_class`, or of the
                class of this name; ``None`` is to all.
        """
        if target_class is None:
            targets = cls.get_all()
        elif isinstance(target_class, str):
            targets = cls.get_by_class_name(target_class)
        else:
            targets = cls.get_by_class(target_class)
        for ref in targets:
            try:
                ref.tell(message)
            except ActorDeadError:
                logger.debug("%s stopped before a broadcast reached it", ref)

    @overload
    @classmethod
    def stop_all(cls, *, block: Literal[True] = ..., timeout: float | None = ...) -> list[bool]: ...
    @overload
    @classmethod
    def stop_all(cls, *, block: Literal[False], timeout: float | None = ...) -> list[Future[bool]]: ...
    @overload
    @classmethod
    def stop_all(cls, *, block: bool, timeout: float | None = ...) -> list[bool] | list[Future[bool]]: ...
    @classmethod
    def stop_all(cls, *, block: bool = True, timeout: float | None = None) -> list[bool] | list[Future[bool]]:
        """Stop all running actors, the last started first.

        An actor that is stopping already is no longer registered, and is not waited for.

        Args:
            block: whether to wait for each actor to have stopped before the next one is stopped. So
                an actor may rely, to its end, on those that were started before it.
            timeout: how many seconds to wait for each at the most; ``None`` waits without end.

        Returns:
            What `ActorRef.stop` returned for each, the last started first.

        Raises:
            Timeout: an actor did not stop in time. Those started before it were not asked to stop.
            DeadlockError: called in an actor that is itself registered, or waited for by one.
        """
        refs = reversed(cls.get_all())
        if block:
            return [ref.stop(block=True, timeout=timeout) for ref in refs]
        return [ref.stop(block=False) for ref in refs]


def _find_again(actor_urn: str, description: str) -> ActorRef[Any]:  # a URN is no type
    """Unpickle a ref."""
    ref = ActorRegistry.get_by_urn(actor_urn)
    if ref is None:
        raise ActorDeadError(
            f"{description} is not running in this process. A pickled ref finds its actor only in "
            "the process that pickled it, and only while the actor is alive."
        )
    return ref


def _reduce_ref(ref: ActorRef[Any]) -> tuple[Any, ...]:  # what copyreg asks for
    return _find_again, (ref.actor_urn, str(ref))


# Here and not in the class, because a ref must not know the registry that is built on it.
copyreg.pickle(ActorRef, _reduce_ref)
