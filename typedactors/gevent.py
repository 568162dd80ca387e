"""Actors in gevent's greenlets. See "Runtimes" in the documentation.

It can be imported without gevent, which is asked for when an actor starts.

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
    from typedactors.runtimes.gevent import GeventFuture

__all__ = ["GeventActor", "GeventFuture", "start"]

A = TypeVar("A")
P = ParamSpec("P")

_RUNTIME = optional_runtime("gevent")

# From here on waiting suspends a greenlet and not its hub, before any actor is in one.
with suppress(ModuleNotFoundError):
    load("gevent")


class GeventActor(Actor):
    """An actor with a greenlet of its own, in the thread that starts it.

    Everything else is as with `ThreadingActor`, and actors of all kinds may use each other. What
    differs in meaning:

    - It handles messages only while its thread lets gevent's hub run, so whatever blocks that thread
      blocks all its greenlets.
    - ``async def`` methods raise `UnsupportedError`.
    - Like any greenlet it does not keep the program alive.
    """

    _typedactors_runtime: ClassVar[LocalRuntime] = _RUNTIME


def start(actor_class: Callable[P, A], /, *args: P.args, **kwargs: P.kwargs) -> ActorRef[A]:
    """Start an actor of any class in a greenlet of gevent's; the arguments are for its ``__init__``.

    Raises:
        ModuleNotFoundError: gevent is not installed.
        BaseException: what ``__init__`` raised.
    """
    return start_on(_RUNTIME, actor_class, *args, **kwargs)


if not TYPE_CHECKING:

    def __getattr__(name):
        """Find what can be made only where gevent is."""
        if name in __all__:
            return getattr(load("gevent"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
