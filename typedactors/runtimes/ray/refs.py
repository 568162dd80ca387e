"""Refs of actors on Ray: how they travel, and how a process finds its own actor again.

Imports `_deadlock`, `_future`, `_ref`, `_remote`, `carrier`, `engine` and `exceptions`.
"""

from __future__ import annotations

import copyreg
import threading
import weakref
from typing import Any

from typedactors._deadlock import Activity
from typedactors._future import ThreadingFuture
from typedactors._ref import ActorRef
from typedactors._remote import RemoteMailbox, RemoteRef
from typedactors.exceptions import UnsendableError
from typedactors.runtimes.ray.carrier import RayCarrier
from typedactors.runtimes.ray.engine import when_left

__all__ = ["RayRef", "find_ref", "live_here", "reduce_ref"]


class RayRef(RemoteRef[Any]):  # the class of the actor comes out of a pickle
    """The ref of an actor on Ray.

    Args:
        actor_class: its class.
        mailbox: the way to it.
        carrier: what brings messages there.
    """

    def __init__(self, actor_class: type, mailbox: RemoteMailbox, carrier: RayCarrier) -> None:
        super().__init__(actor_class, mailbox=mailbox, future_class=ThreadingFuture)
        self.carrier = carrier


_refs: weakref.WeakValueDictionary[str, RayRef] = weakref.WeakValueDictionary()
_carriers: dict[str, RayCarrier] = {}
_making = threading.RLock()  # a finalizer may unpickle
_here: dict[str, tuple[ActorRef[Any], Any]] = {}


class _Cluster:
    """What there is once for each time that this program is in a cluster."""

    is_watched = False


def live_here(ref: ActorRef[Any], handle: Any) -> None:  # the actor of this process, and its host's handle
    """Take note that an actor is in this process, so that its ref is a local one here and travels from here."""
    _here[ref.actor_urn] = ref, handle


def find_ref(handle: Any, actor_urn: str, actor_class: type) -> ActorRef[Any]:  # a URN is no type
    """Return the ref of an actor, and watch over the actor unless it is in this process."""
    here = _here.get(actor_urn)
    if here is not None:
        return here[0]
    with _making:
        ref = _refs.get(actor_urn)
        if ref is None:
            carrier = RayCarrier(handle, reduce_ref)
            mailbox = RemoteMailbox(Activity(actor_class.__name__, actor_urn), carrier)
            ref = _refs[actor_urn] = RayRef(actor_class, mailbox, carrier)
            forget = ref
            if handle is None:  # it had ended where the ref comes from
                ref._end()
                return ref

            def lost(why: str) -> None:
                _carriers.pop(actor_urn, None)
                forget._note_end(why)

            if not _Cluster.is_watched:
                _Cluster.is_watched = True
                when_left(_leave)
            _carriers[actor_urn] = carrier
            carrier.watch(str(ref), lost)
        return ref


def _leave() -> None:
    """End all refs, because this program is in the cluster no more. It may come back and find its actors again."""
    with _making:
        _Cluster.is_watched = False
        carriers = list(_carriers.values())
        _carriers.clear()
        _refs.clear()
    for carrier in carriers:
        carrier.leave("this program has left the Ray cluster")


def reduce_ref(ref: ActorRef[Any]) -> tuple[Any, ...]:  # what pickle asks for
    """Return how to find a ref's actor from another process.

    Raises:
        UnsendableError: the actor is not on Ray.
    """
    if isinstance(ref, RayRef):
        return find_ref, (ref.carrier.handle, ref.actor_urn, ref.actor_class)
    here = _here.get(ref.actor_urn)
    if here is None:
        raise UnsendableError(
            f"{ref} is not on Ray, and cannot be reached from other processes of the cluster. "
            "Start it with typedactors.ray, or send what it knows."
        )
    return find_ref, (here[1], ref.actor_urn, ref.actor_class)


# What pickles a ref by itself, as Ray does with arguments of its own tasks, makes the same of it.
copyreg.pickle(RayRef, reduce_ref)
