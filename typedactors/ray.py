"""Actors on Ray, on one machine or on many: `RayActor`, `start`, `Options`, `lookup`. See "Ray" in the documentation.

It can be imported without Ray, which is asked for when an actor starts.

Imports `_actor`, `_optional` and `runtimes.threading`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar, cast, get_origin

from typedactors._actor import Actor
from typedactors._optional import load, optional_runtime
from typedactors.runtimes.threading import THREADS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from typedactors._ref import ActorRef
    from typedactors._runtime import LocalRuntime, RemoteRuntime

__all__ = ["NAMESPACE", "Options", "RayActor", "lookup", "start"]

A = TypeVar("A")
P = ParamSpec("P")

NAMESPACE = "typedactors"
"""The namespace of Ray's in which actors get their names, unless another one is given."""


class RayActor(Actor):
    """An actor in a process of a Ray cluster.

    Arguments, messages and results are pickled, which copies them; a proxy or a ref of an actor on Ray stays one of
    the same actor. ``__init__`` too runs in the other process.
    """

    _typedactors_runtime: ClassVar[LocalRuntime] = THREADS
    # It has what the runtime has, which is loaded when it is needed.
    _typedactors_remote_runtime: ClassVar[RemoteRuntime | None] = cast("RemoteRuntime", optional_runtime("ray"))


@dataclass(frozen=True, kw_only=True)
class Options:
    """How actors are to be started on Ray: ``Options(name="hub", max_restarts=3).start(Hub, 20)``.

    Args:
        name: by which `lookup` finds the actor from any program of the cluster.
        namespace: in which the name is unique.
        detached: whether the actor outlives the program that starts it. It needs a name.
        max_restarts: how often Ray makes the actor again after its process or machine died; -1 is without end.
            The actor begins anew with the same arguments, and keeps its URN.
        ray_options: any other options of Ray's for an actor, such as ``num_cpus``, ``resources`` or ``runtime_env``.
    """

    name: str | None = None
    namespace: str = NAMESPACE
    detached: bool = False
    max_restarts: int = 0
    ray_options: Mapping[str, Any] = field(default_factory=dict[str, Any])  # of any type, as Ray takes them

    def __post_init__(self) -> None:
        if self.detached and self.name is None:
            raise ValueError("a detached actor needs a name, or nobody could find it when this program has ended")

    def start(self, actor_class: Callable[P, A], /, *args: P.args, **kwargs: P.kwargs) -> ActorRef[A]:
        """Start an actor of any class with these options; see `start`.

        Args:
            actor_class: the class of the actor.
            args: for its ``__init__``.
            kwargs: for its ``__init__``.

        Raises:
            ValueError: a running actor has the name. The name of one that has just ended is waited for.
            Exception: see `start`.
        """
        options: dict[str, Any] = {**self.ray_options, "max_restarts": self.max_restarts}  # see above
        if self.name is not None:
            options |= {"name": self.name, "namespace": self.namespace}
        if self.detached:
            options["lifetime"] = "detached"
        # What is called is a class, or a generic one with its arguments, which its own types do not say.
        cls = get_origin(actor_class) or actor_class
        # The runtime takes any class, and so does not say whose ref it gives.
        return cast("ActorRef[A]", load("ray").RUNTIME.start(cls, args, kwargs, **options))


def start(actor_class: Callable[P, A], /, *args: P.args, **kwargs: P.kwargs) -> ActorRef[A]:
    """Start an actor of any class on Ray, whatever its class says that it runs on.

    If the program is not connected to a Ray cluster, Ray starts or finds one, as ``ray.init()`` does.

    Args:
        actor_class: the class of the actor.
        args: for its ``__init__``.
        kwargs: for its ``__init__``.

    Returns:
        The actor's ref.

    Raises:
        ModuleNotFoundError: Ray is not installed; it says how to install it.
        UnsendableError: the class or an argument cannot be pickled.
        ActorDeadError: the process ended before the actor had started.
        BaseException: what ``__init__`` raised.
    """
    return Options().start(actor_class, *args, **kwargs)


def lookup(name: str, actor_class: type[A], *, namespace: str = NAMESPACE) -> ActorRef[A]:
    """Return the ref of a running actor, by the name under which some program of the cluster started it.

    While the actor is being started, for the first time or again, this waits.

    Args:
        name: see `Options`.
        actor_class: its class, a base of it, or a Protocol that it implements.
        namespace: see `Options`.

    Raises:
        ModuleNotFoundError: Ray is not installed; it says how to install it.
        ActorDeadError: there is no actor of that name, or it has ended.
        TypeError: the actor is of another class.
    """
    return cast("ActorRef[A]", load("ray").RUNTIME.lookup(name, actor_class, namespace))  # as in Options.start
