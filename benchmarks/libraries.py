"""The actor libraries that are compared, behind one interface.

A program writes its actors once, as `Behavior` classes, and a `Library` makes actors of its own of them. What a program
gets to see are the library's own refs and futures, not wrappers, so nothing is measured but the library.

Imported by `benchmarks.runtime` and `benchmarks.savina`. Imports typedactors and Pykka.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, cast

import pykka

import typedactors

P = ParamSpec("P")


class Ref(Protocol):
    """What programs use of a ref. The replies are of any type, as they are in each of the libraries."""

    def tell(self, message: object) -> None: ...
    def ask(self, message: object, *, block: bool = ..., timeout: float | None = ...) -> Any: ...
    def stop(self, *, block: bool = ..., timeout: float | None = ...) -> Any: ...
    def proxy(self) -> Any: ...


class Future(Protocol):
    """What programs use of a future; a library's futures take and give any value."""

    def set(self, value: Any = ...) -> None: ...
    def get(self, *, timeout: float | None = ...) -> Any: ...
    def __await__(self) -> Any: ...


class Behavior:
    """What an actor does, whichever library runs it."""

    if TYPE_CHECKING:
        # They come from the library's actor class, which stands behind this one in the class that is made.
        @property
        def actor_ref(self) -> Ref: ...
        def stop(self) -> None: ...


class Library:
    """One way to run actors.

    Arguments:
        name: how it is called in results.
        description: how it is called in texts, with its version.
        actor: the library's actor class.
        future: the library's future class.
        registry: the library's registry.
        get_all: the library's function of that name.
    """

    def __init__(
        self,
        name: str,
        description: str,
        *,
        actor: type[Any],  # as the registry
        future: Callable[[], Future],
        registry: Any,  # classes of the libraries' own that have nothing but names in common
        get_all: Callable[[Iterable[Any]], Iterable[Any]],  # futures of the library's own, of any values
    ) -> None:
        self.name = name
        self.description = description
        self.actor = actor
        self.future = future
        self.registry = registry
        self.get_all = get_all
        self._classes: dict[object, Any] = {}

    def __str__(self) -> str:
        return self.name

    def actor_class(self, behavior: Callable[..., Behavior]) -> Any:  # it exists at run time only
        """The library's own actor class that does what ``behavior`` says."""
        found = self._classes.get(behavior)
        if found is None:
            # What is called is a class; the type that checks its arguments does not say so.
            bases = (cast("type[Behavior]", behavior), self.actor)
            found = self._classes[behavior] = type(bases[0].__name__, bases, {})
        return found

    def start(self, behavior: Callable[P, Behavior], /, *args: P.args, **kwargs: P.kwargs) -> Ref:
        """Start an actor."""
        ref: Ref = self.actor_class(behavior).start(*args, **kwargs)
        return ref

    def stop_all(self) -> None:
        """Stop every actor of the library."""
        self.registry.stop_all()


def _own(name: str, description: str, actor: type[Any]) -> Library:
    return Library(
        name,
        f"typedactors {version('typedactors')}, {description}",
        actor=actor,
        future=typedactors.ThreadingFuture,
        registry=typedactors.ActorRegistry,
        get_all=typedactors.get_all,
    )


THREADS = _own("threads", "a thread for each actor", typedactors.ThreadingActor)
PYKKA = Library(
    "pykka",
    f"Pykka {version('pykka')}",
    actor=pykka.ThreadingActor,
    future=pykka.ThreadingFuture,
    registry=pykka.ActorRegistry,
    get_all=pykka.get_all,
)
_pooled_actor: type[Any] | None = getattr(typedactors, "PooledActor", None)
POOL = None if _pooled_actor is None else _own("pool", "caller-runs pool", _pooled_actor)

OWN = (THREADS,) if POOL is None else (THREADS, POOL)
LIBRARIES = (*OWN, PYKKA)
