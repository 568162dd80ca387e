"""Actors in eventlet's greenlets. See "Runtimes" in the documentation.

It can be imported without eventlet, which is asked for when an actor starts.

Imports `_actor` and `_optional`.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, ParamSpec, TypeVar

from typedactors._actor import Actor, start_on
from typedactors._optional import load, optional_runtime

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedactors._ref import ActorRef
    from typedactors._runtime import LocalRuntime
    from typedactors.runtimes.eventlet import EventletEvent, EventletFuture

__all__ = ["EventletActor", "EventletEvent", "EventletFuture", "start"]

A = TypeVar("A")
P = ParamSpec("P")

_RUNTIME = optional_runtime("eventlet")

# From here on waiting suspends a greenlet and not its hub, before any actor is in one.
with suppress(ModuleNotFoundError):
    load("eventlet")


class EventletActor(Actor):
    """An actor with a green thread of its own, in the thread that starts it.

    What differs in meaning from `ThreadingActor` is what differs for a ``GeventActor``: it runs only while
    its thread lets the hub run, its ``async def`` methods raise `UnsupportedError`, and it does not keep
    the program alive.
    """

    _typedactors_runtime: ClassVar[LocalRuntime] = _RUNTIME


def start(actor_class: Callable[P, A], /, *args: P.args, **kwargs: P.kwargs) -> ActorRef[A]:
    """Start an actor of any class in a green thread of eventlet's; the arguments are for its ``__init__``.

    Raises:
        ModuleNotFoundError: eventlet is not installed.
        BaseException: what ``__init__`` raised.
    """
    return start_on(_RUNTIME, actor_class, *args, **kwargs)


if not TYPE_CHECKING:

    def __getattr__(name):
        """Find what can be made only where eventlet is."""
        if name in __all__:
            return getattr(load("eventlet"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
