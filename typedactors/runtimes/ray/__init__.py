"""The runtime of Ray: each actor in a process of a cluster of machines.

Imports `_clock`, `_log`, `_remote`, `carrier`, `codec`, `engine`, `exceptions`, `host`, `messages` and `refs`.
"""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, Any

from typedactors._clock import monotonic
from typedactors._log import logger
from typedactors._remote import register_if_alive
from typedactors.exceptions import ActorDeadError
from typedactors.messages import ProxyCall
from typedactors.runtimes.ray.carrier import translate
from typedactors.runtimes.ray.codec import decode, decode_exception, encode_message
from typedactors.runtimes.ray.engine import errors, ray
from typedactors.runtimes.ray.host import CONCURRENCY_GROUPS, Boot, Host
from typedactors.runtimes.ray.refs import find_ref, reduce_ref

if TYPE_CHECKING:
    from typedactors._ref import ActorRef

__all__ = ["RUNTIME", "RayRuntime"]


_NAME_SECONDS = 20.0
"""How long a start waits for the name of an actor that has ended."""

_NAME_STEP_SECONDS = 0.05


class RayRuntime:
    """Starts a Ray actor for each actor, and finds those that have a name."""

    def __init__(self) -> None:
        self._host_class = ray.remote(concurrency_groups=CONCURRENCY_GROUPS)(Host)

    def start(
        self, actor_class: type, args: tuple[Any, ...], kwargs: dict[str, Any], **options: object
    ) -> ActorRef[Any]:  # Any: as in RemoteRuntime
        """Start an actor on Ray; see `RemoteRuntime`.

        Args:
            actor_class: its class.
            args: for its ``__init__``.
            kwargs: for its ``__init__``.
            options: Ray's, for the host.
        """
        actor_urn = uuid.uuid4().urn
        request = ProxyCall((actor_class.__qualname__,), args, kwargs)
        payload = encode_message(request, reduce_ref, addressee=actor_class)
        handle = self._make_host(actor_urn, payload, options)
        try:
            _open(_boot(handle, actor_class.__name__))
        except BaseException:
            ray.kill(handle)
            raise
        ref = find_ref(handle, actor_urn, actor_class)
        register_if_alive(ref)
        logger.debug("Started %s on Ray", ref)
        return ref

    def lookup(self, name: str, actor_class: type, namespace: str) -> ActorRef[Any]:  # as in start()
        """Return the ref of an actor by the name that it was started under; see `typedactors.ray.lookup`."""
        what = f"the actor named {name!r} in the namespace {namespace!r}"
        boot, handle = _find(name, namespace)
        if boot.ended:
            raise ActorDeadError(f"{what} has ended")
        actor_urn, found_class, qualnames = _open(boot)
        if actor_class.__qualname__ not in qualnames and not getattr(actor_class, "_is_protocol", False):
            raise TypeError(f"{what} is a {found_class.__qualname__}, and no {actor_class.__qualname__}")
        return find_ref(handle, actor_urn, found_class)

    def _make_host(self, actor_urn: str, payload: bytes, options: dict[str, Any]) -> Any:  # of any value; Ray's
        """Have Ray make a process for an actor, and return its handle.

        Raises:
            ActorAlreadyExistsError: of Ray, a ``ValueError``: a running actor has the name.
        """
        deadline = monotonic() + _NAME_SECONDS
        while True:
            try:
                return self._host_class.options(**options).remote(actor_urn, payload)
            except errors.ActorAlreadyExistsError:
                if _is_running(options["name"], options["namespace"]) or monotonic() > deadline:
                    raise
            # Ray says to nobody that a name is free again.
            time.sleep(_NAME_STEP_SECONDS)


def _is_running(name: str, namespace: str) -> bool:
    """Tell whether an actor that has a name has not ended."""
    try:
        boot, _ = _find(name, namespace)
    except ActorDeadError:
        return False
    return not boot.ended


def _find(name: str, namespace: str) -> tuple[Boot, Any]:  # Ray's
    """Return what has become of the actor of a name, when it is there, and its host's handle.

    Raises:
        ActorDeadError: there is none, or its process has ended.
    """
    what = f"the actor named {name!r} in the namespace {namespace!r}"
    try:
        handle = ray.get_actor(name, namespace=namespace)
    except ValueError as error:
        raise ActorDeadError(f"{what} is not running") from error
    return _boot(handle, what), handle


def _boot(handle: Any, name: str) -> Boot:  # Ray's
    """Wait until an actor is constructed.

    Raises:
        ActorDeadError: its process has ended.
    """
    try:
        boot: Boot = ray.get(handle.boot.remote())
    except errors.RayActorError as error:
        raise translate(error, name) from error
    return boot


def _open(boot: Boot) -> Any:  # the actor's URN, class, and its bases' names
    """Return what the process of an actor says of it.

    Raises:
        BaseException: what its ``__init__`` raised.
    """
    if boot.raised:
        raise decode_exception(boot.payload)
    return decode(boot.payload)


RUNTIME = RayRuntime()
