"""Proxies: objects that turn calls, reads and assignments into messages.

- `ProxyNode` is what every proxy is: a ref and a path of attribute names.
- `ActorProxy` is the base of the proxies that are generated or written by hand. What it offers is
  what its class declares, so it looks at no actor and lets no misspelt name pass.
- `DynamicProxy` is what ``ref.proxy()`` gives without a proxy class: it finds out at run time what
  the actor has, as in Pykka, and no type checker can follow it.

The members that proxy classes declare are in `typedactors.typing`.

Imports `_introspection`, `_log`, `exceptions` and `messages`.
"""

from __future__ import annotations

from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from typedactors._introspection import AttributeKind, Kind, attribute_kind, find_attribute, follow, public_names
from typedactors._log import logger
from typedactors.exceptions import ActorDeadError
from typedactors.messages import ProxyCall, ProxyGetAttr, ProxySetAttr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Self, overload

    from typedactors._future import Future
    from typedactors._ref import ActorRef

__all__ = [
    "ActorProxy",
    "CallableProxy",
    "DynamicProxy",
    "MethodMember",
    "ProxyNode",
    "callable_proxy",
    "cannot_assign",
]

MYPY = False  # mypy alone takes it for True

A = TypeVar("A")
A_co = TypeVar("A_co", covariant=True)


class MethodMember:
    """Base of what declares a method of a proxy, to which nothing can be assigned."""


class ProxyNode:
    """One place in an actor that a proxy stands for: the actor itself, or a traversable attribute.

    Generated classes for traversable attributes derive from it. Proxies are equal if they stand for
    the same place, can be dictionary keys, and may be used from any thread.
    """

    # The dictionary keeps members that are always the same, so that each is made once.
    __slots__ = ("__dict__", "__weakref__", "_actor_ref", "_attr_path")

    _actor_ref: ActorRef[Any]  # a part of an actor does not know the class of the whole
    _attr_path: tuple[str, ...]

    @classmethod
    def _at(cls, actor_ref: ActorRef[Any], attr_path: tuple[str, ...]) -> Self:
        """Make a proxy of this class for a place in an actor, without looking at the actor."""
        node = object.__new__(cls)
        node._place_at(actor_ref, attr_path)
        return node

    def _place_at(self, actor_ref: ActorRef[Any], attr_path: tuple[str, ...]) -> None:
        _set_actor_ref(self, actor_ref)
        _set_attr_path(self, attr_path)

    @property
    def actor_ref(self) -> ActorRef[Any]:  # see _actor_ref
        """The ref of the actor."""
        return self._actor_ref

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ProxyNode):
            return NotImplemented
        return self._actor_ref == other._actor_ref and self._attr_path == other._attr_path

    def __hash__(self) -> int:
        return hash((self._actor_ref, self._attr_path))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} for {self._actor_ref}, attr_path={self._attr_path!r}>"

    def __reduce__(self) -> tuple[Any, ...]:  # the type that object.__reduce__ has
        return type(self)._at, (self._actor_ref, self._attr_path)

    if not TYPE_CHECKING:  # a checker takes a class with __setattr__ for one that has any attribute

        def __setattr__(self, name, value):
            member = getattr(type(self), name, None)
            if isinstance(member, MethodMember):
                raise cannot_assign("the method", name, self)
            if not hasattr(member, "__set__") and not (name.startswith("_") and _has_unslotted_base(type(self))):
                raise AttributeError(
                    f"{self!r} has no field {name!r}{_suggestion(name, dir(type(self)))}", name=name, obj=self
                )
            object.__setattr__(self, name, value)


# A proxy is made for each use of a traversable attribute, and these pass by its __setattr__.
_set_actor_ref: Callable[[ProxyNode, ActorRef[Any]], None] = vars(ProxyNode)["_actor_ref"].__set__
_set_attr_path: Callable[[ProxyNode, tuple[str, ...]], None] = vars(ProxyNode)["_attr_path"].__set__


def cannot_assign(what: str, name: str, proxy: object) -> AttributeError:
    """Return the error for a member of a proxy that nothing can be assigned to."""
    return AttributeError(f"cannot assign to {what} {name!r} of {proxy!r}", name=name, obj=proxy)


def _has_unslotted_base(cls: type) -> bool:
    """Tell whether objects of a class would have a dictionary without that of `ProxyNode`."""
    return any("__slots__" not in vars(base) for base in cls.__mro__ if base not in (Generic, object))


def _suggestion(name: str, names: list[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - for a message alone

    similar = get_close_matches(name, names, n=1)
    return f"; did you mean {similar[0]!r}?" if similar else ""


class ActorProxy(ProxyNode, Generic[A_co]):
    """Base of the proxies whose members are declared, by the generator or by hand.

    Get one with ``ref.proxy(CounterProxy)``. Calling a member gives a `Future` of the result, reading
    gives a `Future` of the value, assigning blocks until the actor has assigned, and
    ``proxy.method.defer(...)`` calls without a reply.

    ``ActorProxy(actor_ref=ref)`` itself makes a `DynamicProxy`, as in Pykka.

    Args:
        actor_ref: the ref of the actor.

    Raises:
        ActorDeadError: the actor is not alive.
    """

    __slots__ = ()

    if TYPE_CHECKING:

        @overload
        def __new__(cls, actor_ref: ActorRef[A_co], /) -> Self: ...
        @overload
        def __new__(cls, *, actor_ref: ActorRef[A]) -> DynamicProxy[A]: ...
        def __new__(cls, actor_ref: ActorRef[Any]) -> Any: ...  # overloaded above
        @property
        def actor_ref(self) -> ActorRef[A_co]: ...
    else:

        def __new__(cls, actor_ref):
            return object.__new__(DynamicProxy if cls is ActorProxy else cls)

        def __init__(self, actor_ref):
            if not actor_ref.is_alive():
                raise ActorDeadError(f"{actor_ref} not found")
            self._place_at(actor_ref, ())


class DynamicProxy(ActorProxy[A_co]):
    """The proxy that finds out at run time what the actor has.

    What starts with an underscore is private and not shown. A name is looked up in the actor when it
    is first used; making the proxy costs the same for any actor. To the type checker every name is
    there and of any type: generate a proxy class to have it check.

    Args:
        actor_ref: the ref of the actor.
        attr_path: the path of attribute names from the actor to the place that is meant.

    Raises:
        ActorDeadError: the actor is not alive, or no longer there.
    """

    _actor: object
    _kinds: dict[str, Kind]

    def __new__(cls, actor_ref: ActorRef[A_co], attr_path: Sequence[str] | None = None) -> Self:
        """Make the proxy; the arguments are for ``__init__``."""
        return object.__new__(cls)

    def __init__(self, actor_ref: ActorRef[A_co], attr_path: Sequence[str] | None = None) -> None:
        if not actor_ref.is_alive():
            raise ActorDeadError(f"{actor_ref} not found")
        self._place_at(actor_ref, tuple(attr_path or ()))

    def _place_at(self, actor_ref: ActorRef[Any], attr_path: tuple[str, ...]) -> None:
        super()._place_at(actor_ref, attr_path)
        # To look at, never to touch. Kept, so that names can still be told apart when it is dead.
        self._actor = actor_ref._actor_weakref()
        # What a name stands for is found out once; the value is asked for each time.
        self._kinds = {}

    def __repr__(self) -> str:
        return f"<ActorProxy for {self._actor_ref}, attr_path={self._attr_path!r}>"

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._public_names()})

    def __getattr__(self, name: str) -> Any:  # the dynamic proxy's price
        if name.startswith("_"):
            raise self._no_attribute(name)
        kind = self._kinds.get(name)
        if kind is None:
            kind = self._kinds[name] = self._find_kind(name)
        attr_path = (*self._attr_path, name)
        if kind == AttributeKind.METHOD:
            method = callable_proxy(self._actor_ref, attr_path)
            # What is found in the instance never comes here again, and a failed look-up is dear.
            object.__setattr__(self, name, method)
            return method
        if kind == AttributeKind.NODE:
            return type(self)._at(self._actor_ref, attr_path)
        return self._actor_ref.ask(ProxyGetAttr(attr_path), block=False)

    # After an assignment a checker takes an attribute for what was assigned, unless it is known to read
    # as something else: to mypy an Any says that, to pyright a setter of another type does.
    if MYPY:

        def __setattr__(self, name: str, value: Any) -> None: ...  # pyright: ignore[reportRedeclaration]  # see above

    def __setattr__(self, name: str, value: object) -> None:  # type: ignore[no-redef]  # see above
        """Assign to an attribute of the actor; blocks until the actor has done it.

        Raises:
            BaseException: what the assignment raised in the actor.
        """
        if name.startswith("_"):
            object.__setattr__(self, name, value)
        elif name == "actor_ref":
            raise AttributeError(f"{self} has a fixed actor_ref; make another proxy instead")
        else:
            self._actor_ref.ask(ProxySetAttr((*self._attr_path, name), value))

    def _place(self) -> object:
        """Return the object that this proxy stands for, to look at but not to touch."""
        if self._actor is None:
            raise ActorDeadError(f"{self._actor_ref} not found: its actor object is gone")
        return follow(self._actor, self._attr_path)

    def _find_kind(self, name: str) -> Kind:
        if self._actor_ref._is_remote:
            kind = self._ask_for_members().get(name)
            if kind is None:
                raise self._no_attribute(name)
            return kind
        try:
            attribute = find_attribute(self._place(), name)
        except KeyError:
            raise self._no_attribute(name) from None
        if self._is_hidden(name, attribute):
            raise self._no_attribute(name)
        return attribute_kind(attribute)

    def _is_hidden(self, name: str, attribute: object) -> bool:
        """Tell whether a public attribute is the actor's proxy to itself; Pykka hides these too."""
        if not isinstance(attribute, ActorProxy) or attribute._actor_ref != self._actor_ref:
            return False
        logger.warning(
            "%s attribute %r is a proxy to itself. Consider making it private by renaming it to %r.",
            self._actor_ref,
            ".".join((*self._attr_path, name)),
            f"_{name}",
        )
        return True

    def _ask_for_members(self) -> dict[str, Kind]:
        """Ask an actor elsewhere what it has."""
        members: dict[str, Kind] = self._actor_ref.ask(ProxyCall(("_typedactors_members",), (self._attr_path,), {}))
        return members

    def _public_names(self) -> list[str]:
        if self._actor_ref._is_remote:
            return sorted(self._ask_for_members())
        place = self._place()
        names: list[str] = []
        for name in public_names(place):
            try:
                attribute = find_attribute(place, name)
            except KeyError:
                continue  # made up by the class's own __dir__ or __getattr__
            if not self._is_hidden(name, attribute):
                names.append(name)
        return names

    def _no_attribute(self, name: str) -> AttributeError:
        text = f"{self} has no attribute {name!r}"
        if name.startswith("_"):
            return AttributeError(f"{text}: names that start with an underscore are private to the actor", name=name)
        return AttributeError(f"{text}{_suggestion(name, self._public_names())}", name=name)


class CallableProxy(Generic[A_co]):
    """A method of an actor, as a proxy shows it.

    Calling it asks and returns a `Future`; `defer` tells. May be kept, and used from any thread.

    Args:
        actor_ref: the ref of the actor.
        attr_path: the path of attribute names from the actor to the method.
    """

    __slots__ = ("_attr_path", "actor_ref")

    actor_ref: ActorRef[A_co]
    """The ref of the actor."""

    def __init__(self, *, actor_ref: ActorRef[A_co], attr_path: Sequence[str]) -> None:
        self.actor_ref = actor_ref
        self._attr_path = tuple(attr_path)  # of a tuple it is the same one

    # The arguments and the result of these two are any method's: exact types are what is generated.
    def __call__(self, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call the method in the actor; return a future of what it returns or raises.

        If the actor is dead the future has an `ActorDeadError`.
        """
        return self.actor_ref._call(self._attr_path, args, kwargs)

    def defer(self, *args: Any, **kwargs: Any) -> None:
        """Call the method in the actor and do not wait for it, nor learn what it returns.

        An exception goes to the actor's ``on_failure``, and the actor stops.

        Raises:
            ActorDeadError: the actor is dead.
        """
        mailbox = self.actor_ref._mailbox
        if not mailbox.put((self._attr_path, None, copy_context() or None, args, kwargs or None)):
            raise mailbox.dead(ProxyCall(self._attr_path, args, kwargs))

    def __repr__(self) -> str:
        return f"<CallableProxy for {self.actor_ref}, attr_path={self._attr_path!r}>"


def callable_proxy(actor_ref: ActorRef[Any], attr_path: tuple[str, ...]) -> CallableProxy[Any]:
    """Make a `CallableProxy`, as calling the class does, in half the time: one is made for most calls."""
    method: CallableProxy[Any] = _new_callable_proxy()
    method.actor_ref = actor_ref
    method._attr_path = attr_path
    return method


_new_callable_proxy: Callable[[], CallableProxy[Any]]  # of whichever class
_new_callable_proxy = partial(object.__new__, CallableProxy)
