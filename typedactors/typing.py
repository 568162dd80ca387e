"""The members that proxy classes declare: fields, methods, nodes, and the actor's own.

Generated proxies use the forms without an actor's attribute, and their types stand in the generated
``.pyi``. By hand one writes, as in Pykka::

    class CircleProxy(ActorMemberMixin, ActorProxy[Circle]):
        pi = proxy_field(Circle.pi)
        area = proxy_method(Circle.area)

    proxy = Circle.start().proxy(CircleProxy)

Each member knows its name and sends its message directly: nothing looks at the actor.

Imports `_actor`, `_format`, `_proxy` and `messages`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Concatenate, Generic, NoReturn, ParamSpec, Protocol, TypeVar, overload

from typedactors._actor import Actor
from typedactors._format import proxy_format
from typedactors._proxy import MethodMember, ProxyNode, callable_proxy, cannot_assign
from typedactors.messages import ProxyGetAttr, ProxySetAttr

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from typing import Self

    from typedactors._future import Future
    from typedactors._mailbox import ActorInbox

__all__ = ["ActorMemberMixin", "Method", "proxy_field", "proxy_format", "proxy_method", "proxy_node"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
NodeT_co = TypeVar("NodeT_co", bound=ProxyNode, covariant=True)
P = ParamSpec("P")


class Method(Protocol[P, T_co]):
    """What reading a method from a proxy gives: something to call or to defer."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Future[T_co]:
        """Call the method in the actor; return a future of its result."""
        ...

    def defer(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call the method in the actor and do not wait for it.

        Raises:
            ActorDeadError: the actor is dead.
        """
        ...


class _Member:
    """A descriptor that knows under which name its proxy class has it.

    At run time the object that has it is a `ProxyNode`. The types ask for no more than an object, because
    the classes that programs for Pykka declare for traversable attributes are plain ones, of which no
    object is ever made.
    """

    def __init__(self) -> None:
        self._name = ""
        self._path: tuple[str, ...] = ()

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name
        self._path = (name,)

    def _path_from(self, proxy: ProxyNode) -> tuple[str, ...]:
        """Return the path from the actor to this member of ``proxy``."""
        return proxy._attr_path + self._path if proxy._attr_path else self._path

    def _is_found_at(self, proxy: object) -> bool:
        """Tell whether the name leads here, and not to a member that overrides this one and calls ``super()``."""
        return getattr(type(proxy), self._name, None) is self


class ProxyField(_Member, Generic[T]):
    """A field of a proxy. Made by `proxy_field`."""

    def __init__(self, *, readonly: bool) -> None:
        super().__init__()
        self._readonly = readonly

    @overload
    def __get__(self, proxy: None, owner: type) -> Self: ...
    @overload
    def __get__(self, proxy: object, owner: type) -> Future[T]: ...
    def __get__(self, proxy: Any, owner: type) -> Self | Future[T]:  # overloaded above
        if proxy is None:
            return self
        value: Future[T] = proxy._actor_ref.ask(ProxyGetAttr(self._path_from(proxy)), block=False)
        return value

    def __set__(self, proxy: Any, value: T) -> None:  # as for __get__
        if self._readonly:
            raise cannot_assign("the read-only field", self._name, proxy)
        proxy._actor_ref.ask(ProxySetAttr(self._path_from(proxy), value))


class ProxyMethod(_Member, MethodMember, Generic[P, T_co]):
    """A method of a proxy. Made by `proxy_method`.

    It is made when it is first used, and then lies in the proxy's dictionary, where it is found without a call: but not
    if this were a descriptor with a ``__set__``, which would come first. So the proxy itself refuses assignments.
    """

    def __init__(self, docstring: str | None) -> None:
        super().__init__()
        self.__doc__ = docstring

    @overload
    def __get__(self, proxy: None, owner: type) -> Self: ...
    @overload
    def __get__(self, proxy: object, owner: type) -> Method[P, T_co]: ...
    def __get__(self, proxy: Any, owner: type) -> Self | Method[P, T_co]:  # overloaded above
        if proxy is None:
            return self
        method = callable_proxy(proxy._actor_ref, self._path_from(proxy))
        if self._is_found_at(proxy):
            object.__setattr__(proxy, self._name, method)
        return method

    if TYPE_CHECKING:

        def __set__(self, proxy: object, value: NoReturn) -> None: ...


class ProxyNodeMember(_Member, Generic[NodeT_co]):
    """A traversable attribute of a proxy, which is made when it is first used. Made by `proxy_node`."""

    def __init__(self, find_class: Callable[[], type[NodeT_co]]) -> None:
        super().__init__()
        self._find_class = find_class

    @overload
    def __get__(self, proxy: None, owner: type) -> Self: ...
    @overload
    def __get__(self, proxy: object, owner: type) -> NodeT_co: ...
    def __get__(self, proxy: Any, owner: type) -> Self | NodeT_co:  # overloaded above
        if proxy is None:
            return self
        kept: dict[str, Any] = proxy.__dict__ if self._is_found_at(proxy) else {}  # of whatever a proxy keeps
        if self._name not in kept:
            kept[self._name] = self._find_class()._at(proxy._actor_ref, self._path_from(proxy))
        node: NodeT_co = kept[self._name]
        return node

    # Being a data descriptor, it is what a stub calls a property, and keeps `proxy.node = ...` from doing anything.
    def __set__(self, proxy: object, value: NoReturn) -> None:
        raise cannot_assign("the traversable attribute", self._name, proxy)


@overload
def proxy_field(field: T, /) -> ProxyField[T]: ...
@overload
def proxy_field(*, readonly: bool = False) -> ProxyField[Any]: ...  # the .pyi has the type
def proxy_field(field: object = None, /, *, readonly: bool = False) -> ProxyField[Any]:
    """Declare a field of a proxy class; reading it gives a `Future`, assigning assigns in the actor.

    Args:
        field: the actor's attribute, for its type alone: ``proxy_field(Circle.pi)``.
        readonly: whether assigning raises ``AttributeError``.
    """
    return ProxyField(readonly=readonly)


@overload
def proxy_method(method: Callable[Concatenate[Any, P], T], /) -> ProxyMethod[P, T]: ...  # Any is the method's self
@overload
def proxy_method(docstring: str | None = None, /) -> ProxyMethod[..., Any]: ...  # the .pyi has the types
def proxy_method(source: Callable[..., Any] | str | None = None, /) -> ProxyMethod[..., Any]:
    """Declare a method of a proxy class; calling it gives a `Future`, ``.defer`` does not wait.

    Args:
        source: the actor's method, for its signature and docstring alone:
            ``proxy_method(Circle.area)``; or a docstring.
    """
    return ProxyMethod(source if isinstance(source, str | None) else source.__doc__)


def proxy_node(find_class: Callable[[], type[NodeT_co]], /) -> ProxyNodeMember[NodeT_co]:
    """Declare a traversable attribute of a proxy class.

    Args:
        find_class: returns the class of the attribute's proxy; called when the attribute is used, so
            that classes may refer to each other: ``proxy_node(lambda: PlaybackProxy)``.
    """
    return ProxyNodeMember(find_class)


class ActorMemberMixin:
    """The members that every actor has, for proxy classes to derive from."""

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def actor_urn(self) -> Future[str]:
            """See `Actor.actor_urn`."""
            ...

        @property
        def actor_inbox(self) -> Future[ActorInbox]:
            """See `Actor.actor_inbox`."""
            ...

        @property
        def actor_stopped(self) -> Future[threading.Event]:
            """See `Actor.actor_stopped`."""
            ...
    else:
        actor_urn = proxy_field(readonly=True)
        actor_inbox = proxy_field(readonly=True)
        actor_stopped = proxy_field(readonly=True)

    stop = proxy_method(Actor.stop)
    on_start = proxy_method(Actor.on_start)
    on_stop = proxy_method(Actor.on_stop)
    on_failure = proxy_method(Actor.on_failure)
    on_receive = proxy_method(Actor.on_receive)
