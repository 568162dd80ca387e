"""pactor's API on processes of ours: wrap an instance, call its methods from anywhere.

A program written for pactor runs when its import line is changed. What pactor lacks is here too:
keyword arguments, results and exceptions (each call returns a `Future`), and calls that cannot be
sent are errors at the call.

::

    monitor = Actor(Monitor("robot"))
    monitor.proxy.start_reading()
    status = monitor.proxy.status().get()
    monitor.close()
    monitor.join()

Imports `messages` and `runtimes.process`.
"""

from __future__ import annotations

from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from typedactors.messages import ProxyCall
from typedactors.runtimes.process import ProcessActor, when_process_ended

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedactors._future import Future
    from typedactors._ref import ActorRef

__all__ = ["Actor", "Proxy"]

T = TypeVar("T")


class Actor(Generic[T]):
    """An instance that has moved to a process of its own.

    The instance is pickled, and the copy in the new process gets an attribute ``enqueue``:
    ``self.enqueue(self.method, ...)`` has the actor call one of its own methods after all that waits.

    Args:
        actor_instance: an instance of any class that the new process can import.

    Raises:
        UnsendableError: the instance cannot be pickled.
    """

    proxy: Proxy
    """Calls the instance's methods. It may be given to other actors."""

    def __init__(self, actor_instance: T) -> None:
        cls = type(actor_instance)
        names = frozenset(
            name for name in dir(cls) if not name.startswith("__") and callable(getattr(actor_instance, name))
        )
        self._ref = _Host.start(actor_instance)
        # From here too it can be sent messages. The copy in the process has an enqueue of its own.
        actor_instance.enqueue = partial(_enqueue, self._ref)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]  # T is any class
        self._process_ended = Event()
        when_process_ended(self._ref, self._process_ended.set)
        self.proxy = Proxy(self._ref, cls.__name__, names)

    def close(self) -> None:
        """Have the actor end when it has handled all that was sent before. Returns at once."""
        self._ref.stop(block=False)

    def join(self, timeout: float | None = None) -> bool:
        """Wait until the actor's process has ended.

        Args:
            timeout: how many seconds to wait at the most; ``None`` waits without end.

        Returns:
            False if the time ran out.
        """
        return self._process_ended.wait(timeout)


class Proxy:
    """Stands for an instance in another process: it has the same methods, which return futures."""

    def __init__(self, ref: ActorRef[Any], class_name: str, names: frozenset[str]) -> None:  # of any class
        self._ref = ref
        self._class_name = class_name
        self._names = names

    def __repr__(self) -> str:
        return f"<pactor proxy for {self._class_name} ({self._ref.actor_urn})>"

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._names})

    def __reduce__(self) -> tuple[Any, ...]:  # the type that object.__reduce__ has
        return Proxy, (self._ref, self._class_name, self._names)

    def __getattr__(self, name: str) -> Callable[..., Future[Any]]:  # pactor's proxies are not typed
        if name.startswith("__") or name not in self._names:
            raise AttributeError(f"{self._class_name} has no method {name!r}", name=name, obj=self)

        def call(*args: Any, **kwargs: Any) -> Future[Any]:  # of a method that is not known here
            return self._ref.ask(ProxyCall(("_instance", name), args, kwargs), block=False)

        return call


class _Host(ProcessActor):
    """The actor that an instance lives in."""

    def __init__(self, instance: Any) -> None:  # of any class
        super().__init__()
        self._instance = instance
        instance.enqueue = partial(_enqueue, self.actor_ref)


def _enqueue(ref: ActorRef[_Host], method: Callable[..., object], /, *args: object, **kwargs: object) -> None:
    """Call a method of the instance later; the instance's ``enqueue``.

    Raises:
        ActorDeadError: the actor has ended.
        UnsendableError: an argument cannot be pickled.
    """
    ref.tell(ProxyCall(("_instance", method.__name__), args, kwargs))
