"""The wait-for graph between actors, and the search for a cycle in it.

An actor that waits without a timeout publishes which future it waits for. Each future that an actor
has promised to settle knows that actor. Following the two in turn from a waiting actor, one comes to
a future that is settled or that no actor promised, and then there is hope; or back to the start, and
then nobody in the cycle will ever go on.

An actor that runs another one on its own stack while it waits (`_turns`) cannot go on before that one
returns, though its future be settled meanwhile. So while it does, its edge leads to the actor that it runs.

Why no deadlock is missed: each actor publishes its edge *before* it looks. The last actor of a cycle
to publish sees all the other edges, which stand still because their actors are suspended. An actor that
has ceased to run another one publishes again before it is suspended.

Why there is no false alarm: an edge may be stale (its future was settled a moment ago and the waiter
has not yet woken). A suspected cycle is therefore walked again under a lock, and must then consist
of the same unsettled futures. A future is never unsettled again, and an actor that waits for an
unsettled future cannot replace its edge, nor can one that runs an actor which waits. So edges that
were all seen unsettled *after* they were all seen published were there at the same time.

Why there is one victim: the edge of the victim is withdrawn before the lock is released, so the
next one to look finds no cycle.

The search can be switched off; edges are published all the same, so that `_wait_graph` can show them.

Imports `exceptions` and `messages`.
"""

from __future__ import annotations

from _thread import allocate_lock
from typing import TYPE_CHECKING, Protocol, TypeAlias

from typedactors.exceptions import ActorDeadError, DeadlockError
from typedactors.messages import ActorStop, ProxyCall, ProxyGetAttr, ProxySetAttr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typedactors._turns import Turns

__all__ = [
    "PROXY_MESSAGES",
    "Activity",
    "Promise",
    "Request",
    "describe",
    "forked",
    "publish_wait",
    "refuse_forked",
    "request_of",
    "switch_detection",
]

Request: TypeAlias = "Sequence[str] | type | str"
"""The path of a member that a proxy asks for, the type of a plain message, or words."""

PROXY_MESSAGES = frozenset({ProxyCall, ProxyGetAttr, ProxySetAttr})


class Promise(Protocol):
    """What this module needs to know of a future."""

    def done(self) -> bool:
        """Tell whether it is settled."""
        ...

    @property
    def promised_by(self) -> Activity | None:
        """The actor that will settle it, or ``None`` if it is nobody's duty."""
        ...

    @property
    def request(self) -> Request:
        """What the promising actor was asked for."""
        ...


class Activity:
    """What one actor is doing right now: the request in hand, and the future that it waits for.

    Written by the actor's own context only; read by any.
    """

    __slots__ = (
        "actor_class_name",
        "actor_urn",
        "handling",
        "runs",
        "turns",
        "waiting_for",
        "waiting_with_timeout_for",
    )

    def __init__(self, actor_class_name: str, actor_urn: str) -> None:
        self.actor_class_name = actor_class_name
        self.actor_urn = actor_urn
        self.handling: Request | None = None
        self.waiting_for: Promise | None = None
        # A wait that ends by itself closes no cycle; it is there to be shown only.
        self.waiting_with_timeout_for: Promise | None = None
        self.runs: Activity | None = None
        """The actor that this one runs on its own stack, and for whose turn to end it has to wait."""
        self.turns: Turns | None = None
        """How to run the actor in the context of whoever waits for it, if it has no context of its own."""

    def __str__(self) -> str:
        return f"{self.actor_class_name} ({self.actor_urn})"


def request_of(message: object) -> Request:
    """Return what a message asks for, without keeping the message or its arguments alive."""
    message_class = type(message)
    # Exact types, as the actor takes them; half as dear as isinstance(), and it comes twice for each message.
    return message.attr_path if message_class in PROXY_MESSAGES else message_class  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]  # they have one


def describe(request: Request) -> str:
    """Say in a word or two what a request is: ``count_to``, ``playback.volume``, ``on_receive(Tick)``."""
    if isinstance(request, str):
        return request
    if isinstance(request, type):
        return "stop" if request is ActorStop else f"on_receive({request.__name__})"
    return ".".join(request)


forked: dict[Activity, str] = {}
"""The actors that are not in this process, because it was forked, and where they are; see `_fork`."""


def refuse_forked(promise: Promise) -> None:
    """Raise `ActorDeadError` if it is up to an actor that is not in this process, so that nobody waits for it."""
    promised_by = promise.promised_by
    if promised_by is not None and promised_by in forked:
        raise ActorDeadError(f"{promised_by} will not answer here: {forked[promised_by]}")


_confirmation = allocate_lock()
_detecting = True


def switch_detection(on: bool) -> bool:
    """Have `publish_wait` look for cycles or not, from now on; return whether it did before."""
    global _detecting
    was_on, _detecting = _detecting, on
    return was_on


def publish_wait(activity: Activity, promise: Promise) -> None:
    """Record that an actor is about to wait for a future, without a timeout.

    The caller resets ``activity.waiting_for`` to ``None`` when the wait is over.

    Raises:
        DeadlockError: the wait would close a cycle; the edge is withdrawn again.
    """
    activity.waiting_for = promise
    if not _detecting or _find_cycle(activity) is None:
        return
    with _confirmation:
        while True:
            cycle = _find_cycle(activity)
            if cycle is None:
                return
            # The second look is taken in reverse, at edges that were all seen published: see above.
            if all(_stands(waiter, awaited) for waiter, awaited in reversed(cycle)):
                break
        activity.waiting_for = None
    raise DeadlockError(tuple(_step(waiter, awaited) for waiter, awaited in cycle))


def _stands(waiter: Activity, awaited: Activity | Promise) -> bool:
    if isinstance(awaited, Activity):
        return waiter.runs is awaited
    return waiter.waiting_for is awaited and not awaited.done()


def _step(waiter: Activity, awaited: Activity | Promise) -> str:
    if isinstance(awaited, Activity):
        awaits = f"runs {awaited} on its own stack and waits until it returns"
    else:
        awaits = f"waits for {describe(awaited.request)} of {awaited.promised_by}"
    return f"{waiter} in {describe(waiter.handling or 'its own code')} {awaits}"


def _find_cycle(start: Activity) -> list[tuple[Activity, Activity | Promise]] | None:
    """Follow the edges from ``start``; return them if they lead back to it, else ``None``."""
    edges: list[tuple[Activity, Activity | Promise]] = []
    visited: set[int] = set()
    waiter: Activity | None = start
    while waiter is not None and id(waiter) not in visited:
        visited.add(id(waiter))
        promise, runs = waiter.waiting_for, waiter.runs
        if promise is not None and not promise.done() and (runs is None or promise.promised_by is runs):
            edges.append((waiter, promise))
            waiter = promise.promised_by
        elif runs is not None:
            edges.append((waiter, runs))
            waiter = runs
        else:
            return None
    return edges if waiter is start else None
