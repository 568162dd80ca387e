"""Actors: the class that users derive from, and how one is started.

Imports `_deadlock`, `_fork`, `_log`, `_loop`, `_mailbox`, `_proxy`, `_ref`, `_registry`, `exceptions` and
`messages`.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar, cast, final, get_origin, overload

from typedactors._deadlock import Activity
from typedactors._fork import watch_forks
from typedactors._log import logger
from typedactors._loop import ActorLoop
from typedactors._mailbox import Mailbox
from typedactors._proxy import DynamicProxy
from typedactors._ref import ActorRef
from typedactors._registry import ActorRegistry
from typedactors.exceptions import ActorNotInitializedError
from typedactors.messages import ActorStop, handled_messages

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    from typedactors._introspection import Kind
    from typedactors._mailbox import ActorInbox
    from typedactors._runtime import LocalRuntime, RemoteRuntime

__all__ = ["Actor", "start", "start_here", "start_on"]

A = TypeVar("A")
P = ParamSpec("P")


@final
class _NoArgument:
    """What no constructor takes; see `Actor.start`."""


class Actor:
    """Something that runs by itself, shares nothing, and handles one message at a time.

    Derive from a class that says what it runs on, `ThreadingActor`; write ``__init__`` and methods
    as usual; call `start` on the class with the arguments for ``__init__``; and use the actor
    through the ref, or a proxy made from it::

        class Counter(ThreadingActor):
            def __init__(self, step: int = 1) -> None:
                super().__init__()
                self._step = step
                self.count = 0

            def add(self) -> int:
                self.count += self._step
                return self.count

        counter = Counter.start(step=2).proxy(CounterProxy)
        assert counter.add().get() == 2
        counter.stop()

    ``__init__`` runs in the starter's thread, all else in the actor's own.
    """

    # A program's actor may have any name for its own that does not begin with `_typedactors_`. Only `_actor_ref` is
    # called as in Pykka, whose programs use it.
    _typedactors_runtime: ClassVar[LocalRuntime]
    _typedactors_remote_runtime: ClassVar[RemoteRuntime | None] = None
    _typedactors_handler_names: ClassVar[dict[type, str]] = {}
    use_daemon_thread: ClassVar[bool] = False
    """Whether the interpreter may exit while the actor runs, without its ``on_stop`` being called."""

    _actor_ref: ActorRef[Any]
    _typedactors_loop: ActorLoop
    _typedactors_initialized = False

    actor_urn: str
    """The actor's name, unique for all time: ``urn:uuid:...``."""

    actor_inbox: ActorInbox
    """The actor's mailbox, to look at. Send with `ActorRef.tell` and `ActorRef.ask`."""

    if TYPE_CHECKING:
        # An actor without an __init__ of its own takes no arguments, and the checker shall say so.
        def __init__(self) -> None: ...
    else:

        def __new__(cls, *args, **kwargs):
            """Give the actor its URN, mailbox and ref, before any ``__init__`` runs."""
            actor = super().__new__(cls)
            runtime = getattr(cls, "_typedactors_runtime", None)
            if runtime is None:
                raise TypeError(
                    f"{cls.__name__} says not what it runs on. "
                    "Derive it from a runtime's actor class, such as typedactors.ThreadingActor."
                )
            _set_up(actor, runtime)
            return actor

        def __init__(self, *_args, **_kwargs):
            """Must be called by the ``__init__`` of a subclass; arguments are ignored, as in Pykka."""
            _set_attribute(self, "_typedactors_initialized", True)

    def __init_subclass__(cls, **kwargs: Any) -> None:  # for other bases' sake
        """Find the handlers that the class and its bases declare with `Message.handler`."""
        super().__init_subclass__(**kwargs)
        cls._typedactors_handler_names = {
            message_class: name
            for base in reversed(cls.__mro__)
            for name, attribute in vars(base).items()
            for message_class in handled_messages(attribute)
        }

    def _typedactors_find_handler(self, message_class: type) -> Callable[[Any], object]:  # of messages of any type
        """Return the method for a class of messages, or for its nearest base class, or ``on_receive``."""
        for base in message_class.__mro__:
            name = self._typedactors_handler_names.get(base)
            if name is not None:
                handler: Callable[[Any], object] = getattr(self, name)
                return handler
        return self.on_receive

    # The class is taken as what it is when it is called, so that the arguments are checked.
    @overload
    @classmethod
    def start(cls: Callable[P, A], *args: P.args, **kwargs: P.kwargs) -> ActorRef[A]: ...
    # mypy compares a variable of type type[X] with a callable by the result alone, and finds no P. This
    # arm takes such a variable and leaves its arguments unchecked; it takes no class that is named.
    @overload
    @classmethod
    def start(cls: Callable[[_NoArgument], A], *args: Any, **kwargs: Any) -> ActorRef[A]: ...
    @classmethod
    def start(cls: Callable[..., A], *args: Any, **kwargs: Any) -> ActorRef[A]:  # overloaded above
        """Make an actor, register it, and start its loop.

        Args:
            args: for ``__init__``.
            kwargs: for ``__init__``.

        Returns:
            The actor's ref, at once. If ``on_start`` raises later on, the ref's asks fail with an
            `ActorDeadError` whose cause is that exception, and ``on_failure`` is called.

        Raises:
            ActorNotInitializedError: ``__init__`` did not call ``super().__init__()``.
            RuntimeError: the system has no more threads; the actor was not started.
            BaseException: what ``__init__`` raised.
        """
        return start(cls, *args, **kwargs)

    def _typedactors_members(self, attr_path: tuple[str, ...]) -> dict[str, Kind]:
        """Say what a dynamic proxy shows; for one in another process."""
        proxy = DynamicProxy(self._actor_ref, attr_path)
        return {name: proxy._find_kind(name) for name in proxy._public_names()}

    @property
    def actor_ref(self) -> ActorRef[Self]:
        """The actor's ref, to be given to others, or to make a proxy for oneself of."""
        return self._actor_ref

    @property
    def actor_stopped(self) -> threading.Event:
        """Set when the actor has stopped taking messages. Stop it with `stop`."""
        return self._actor_ref.actor_stopped

    def __str__(self) -> str:
        return f"{type(self).__name__} ({self.actor_urn})"

    def stop(self) -> None:
        """Stop, after all the messages that are in the mailbox now. Returns at once.

        Called through a proxy, ``proxy.stop().get()`` returns when the actor has stopped and its
        ``on_stop`` has run.

        Raises:
            ActorDeadError: the actor has stopped already.
        """
        self._typedactors_loop.stop_requested = True
        self._actor_ref.tell(ActorStop())

    def on_start(self) -> None:
        """Override to do something before the first message. Runs in the actor's own context.

        If it raises, the actor fails: the exception is logged, `on_failure` is called, and asks get
        an `ActorDeadError` with the exception as its cause.
        """

    def on_stop(self) -> None:
        """Override to do something after the last message. Runs in the actor's own context.

        It is not called after a failure; see `on_failure`. If it raises, the exception is logged.
        """

    def on_failure(
        self,
        exception_type: type[BaseException] | None,
        exception_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Override to do something after an exception that no asker gets, before the actor ends.

        Runs in the actor's own context. If it raises, the exception is logged.

        Args:
            exception_type: the exception's class.
            exception_value: the exception.
            traceback: where it was raised.
        """

    def on_receive(self, message: Any) -> Any:  # messages and replies are of any type
        """Override to handle messages other than a proxy's.

        Args:
            message: what was told or asked.

        Returns:
            The reply to an ask; a tell ignores it. An exception goes to the asker; after a tell it
            goes to `on_failure`.
        """
        logger.warning("Unexpected message received by %s: %s", self, message)


def start(actor_class: Callable[P, A], /, *args: P.args, **kwargs: P.kwargs) -> ActorRef[A]:
    """Start an actor, as `Actor.start` does.

    For generic classes with their arguments given, ``start(Cache[str, int], ...)``, whose ``start``
    method a type checker cannot follow.

    Args:
        actor_class: the class of the actor.
        args: for its ``__init__``.
        kwargs: for its ``__init__``.

    Returns:
        The actor's ref.

    Raises:
        ActorNotInitializedError: ``__init__`` did not call ``super().__init__()``.
        RuntimeError: the system has no more threads; the actor was not started.
        BaseException: what ``__init__`` raised.
    """
    # What is called is a class, which the types that check its arguments do not say.
    cls = cast("type[Actor]", get_origin(actor_class) or actor_class)
    remote_runtime = cls._typedactors_remote_runtime
    if remote_runtime is not None:
        return cast("ActorRef[A]", remote_runtime.start(cls, args, kwargs))
    return cast("ActorRef[A]", start_here(cls, args, kwargs))


def start_on(runtime: LocalRuntime, actor_class: Callable[P, A], /, *args: P.args, **kwargs: P.kwargs) -> ActorRef[A]:
    """Start an actor in this process on a runtime other than its class's; see `start`.

    Args:
        runtime: what it is to run on.
        actor_class: its class.
        args: for its ``__init__``.
        kwargs: for its ``__init__``.
    """
    # As in start().
    cls = cast("type[Actor]", get_origin(actor_class) or actor_class)
    return cast("ActorRef[A]", start_here(cls, args, kwargs, runtime))


def start_here(
    cls: type[Actor],
    args: tuple[Any, ...],  # for any constructor
    kwargs: dict[str, Any],  # the same
    runtime: LocalRuntime | None = None,
    *,
    actor_urn: str = "",
) -> ActorRef[Any]:  # the caller knows the class
    """Start an actor in this process, on its class's runtime or on another one; see `start`.

    One that has been started anew on another runtime keeps its URN.
    """
    actor = cls.__new__(cls, *args, **kwargs)
    if runtime is not None:
        _set_up(actor, runtime, actor_urn)
    try:
        _initialize(actor, args, kwargs)
        _start_running(actor)
    except BaseException as exception:
        # Its ref may have been given away, and no ask of it shall wait for ever.
        actor._typedactors_loop.abandon(exception)
        raise
    return actor._actor_ref


def _set_up(actor: Actor, runtime: LocalRuntime, actor_urn: str = "") -> None:
    """Give an actor what its runtime makes of it."""
    cls = type(actor)
    if runtime is not cls._typedactors_runtime:
        _set_attribute(actor, "_typedactors_runtime", runtime)
    actor_urn = actor_urn or _new_urn()
    mailbox = Mailbox(runtime.make_queue(), Activity(cls.__name__, actor_urn))
    _set_attribute(actor, "actor_urn", actor_urn)
    _set_attribute(actor, "actor_inbox", mailbox)
    _set_attribute(actor, "_actor_ref", ActorRef(actor, mailbox=mailbox, future_class=runtime.future_class))
    loop = runtime.loop_class(actor, mailbox)  # pyright: ignore[reportArgumentType]  # a class variable is read like any other
    _set_attribute(actor, "_typedactors_loop", loop)


_set_attribute: Callable[[Actor, str, object], None] = object.__setattr__
"""Sets an attribute of an actor, but not by its class's own ``__setattr__``, which may need what ``__init__`` makes."""


def _initialize(actor: Actor, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:  # any constructor's
    """Call an actor's ``__init__``."""
    initialize: Callable[..., None] = actor.__init__  # type: ignore[misc]  # of whichever class it is
    initialize(*args, **kwargs)
    if not actor._typedactors_initialized and not _has_dataclass_init(type(actor)):
        _refuse_uninitialized(type(actor))


def _refuse_uninitialized(cls: type) -> None:
    """Raise for an actor whose bases have not all been set up, though `Actor` has nothing to set up itself.

    Raises:
        ActorNotInitializedError: the call was forgotten, or did not get beyond a Protocol.
    """
    own = cls.__mro__[: cls.__mro__.index(Actor)]
    protocol = next((base for base in own if _is_protocol(base) and "__init__" in vars(base)), None)
    if protocol is None:
        raise ActorNotInitializedError(
            f"{cls.__name__}.__init__() did not call super().__init__(). "
            "Call it first thing, so that the actor and all its bases are set up."
        )
    # The __init__ that typing gives to a Protocol calls no other.
    for base in own[own.index(protocol) :]:
        if "__init__" in vars(base) and not _is_protocol(base):
            raise ActorNotInitializedError(
                f"{protocol.__name__}, a base of {cls.__name__}, is a Protocol, and keeps {base.__name__}.__init__() "
                f"from being called. Put {base.__name__} before {protocol.__name__}, and have "
                f"{cls.__name__}.__init__() call super().__init__() first thing."
            )


def _is_protocol(cls: type) -> bool:
    return bool(vars(cls).get("_is_protocol", False))  # typing's own mark; its function is new in Python 3.13


def _start_running(actor: Actor) -> None:
    """Register an actor, and have its runtime run it."""
    ref = actor._actor_ref
    ActorRegistry.register(ref)
    logger.debug("Starting %s", actor)
    try:
        runtime = actor._typedactors_runtime
        runtime.spawn(actor._typedactors_loop, type(actor).__name__, daemon=actor.use_daemon_thread)
    except BaseException:
        ActorRegistry.unregister(ref)
        raise


def _new_urn() -> str:
    """Return the URN of a random UUID, version 4; ``uuid.uuid4().urn`` takes twice as long to make it."""
    digits = os.urandom(16).hex()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"urn:uuid:{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def _has_dataclass_init(cls: type) -> bool:
    """Tell whether a class or a base has an ``__init__`` that ``dataclass`` wrote, which calls no other."""
    return any({"__init__", "__dataclass_fields__"} <= base.__dict__.keys() for base in cls.__mro__)


# Here, because there are no actors before this module is imported.
watch_forks()
