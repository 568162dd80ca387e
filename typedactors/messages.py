"""Messages: the base of those that declare their reply, and those by which proxies speak to actors.

Every layer may import this module. The proxies' messages are public, as in Pykka,
so that a call can be made without a proxy::

    reply = ref.ask(ProxyCall(attr_path=("add",), args=(1,), kwargs={}))

They are rarely needed: a proxy asks for the same, and its calls cost less.

Imports nothing of the package.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, Generic, NamedTuple, Self, TypeVar, cast, overload

__all__ = ["ActorStop", "Message", "ProxyCall", "ProxyGetAttr", "ProxySetAttr"]

A = TypeVar("A")
Reply_co = TypeVar("Reply_co", covariant=True)

_HANDLED_MESSAGES = "_typedactors_handled_messages"


def handled_messages(attribute: object) -> tuple[type[Message[Any]], ...]:  # of any reply
    """Return the message classes that an attribute of an actor class is the declared handler of."""
    handled: object
    try:
        handled = getattr(attribute, _HANDLED_MESSAGES, ())
    except Exception:  # noqa: BLE001 - of an attribute that stands for what is not there yet
        return ()
    if not isinstance(handled, tuple):
        return ()  # a mock, which answers to any name
    return cast("tuple[type[Message[Any]], ...]", handled)  # nobody but handler() sets the attribute


class Message(Generic[Reply_co]):
    """Base of message classes that declare the type of their reply.

    Asking with such a message gives a reply of that type, and a handler for it is checked::

        @dataclass(frozen=True)
        class GetPrice(Message[Decimal]):
            symbol: str

        class Market(ThreadingActor):
            @GetPrice.handler
            def price(self, message: GetPrice) -> Decimal:
                return self._prices[message.symbol]

        price = Market.start().ask(GetPrice("ACME"))  # a Decimal

    A message goes to the handler of its class, or of the nearest base class that has one; a message
    without a handler goes to ``on_receive``. A class that overrides a handler's method by name
    overrides the handler.
    """

    __slots__ = ()

    # What a coroutine yields and is sent is between it and the event loop.
    @overload
    @classmethod
    def handler(
        cls, method: Callable[[A, Self], Coroutine[Any, Any, Reply_co]], /
    ) -> Callable[[A, Self], Coroutine[Any, Any, Reply_co]]: ...
    @overload
    @classmethod
    def handler(cls, method: Callable[[A, Self], Reply_co], /) -> Callable[[A, Self], Reply_co]: ...
    @classmethod
    def handler(cls, method: Callable[[A, Self], Any], /) -> Callable[[A, Self], Any]:  # overloaded above
        """Declare a method of an actor as the handler of this class of messages.

        Args:
            method: takes the message, returns its reply; may be ``async``.

        Returns:
            ``method`` itself.
        """
        setattr(method, _HANDLED_MESSAGES, (*handled_messages(method), cls))
        return method


class ActorStop(NamedTuple):
    """Ask an actor to stop when it comes to this message; what is before it is handled first."""


# Pykka's private name for it, under which programs and its own test suite import it.
_ActorStop = ActorStop


class ProxyCall(NamedTuple):
    """Ask an actor to call one of its methods."""

    attr_path: Sequence[str]
    """The path from the actor to the method, one name a step."""

    args: Sequence[Any]  # arguments of any method have any type
    """The positional arguments."""

    kwargs: Mapping[str, Any]  # arguments of any method have any type
    """The keyword arguments."""


class ProxyGetAttr(NamedTuple):
    """Ask an actor for the value of one of its attributes."""

    attr_path: Sequence[str]
    """The path from the actor to the attribute, one name a step."""


class ProxySetAttr(NamedTuple):
    """Ask an actor to set one of its attributes."""

    attr_path: Sequence[str]
    """The path from the actor to the attribute, one name a step."""

    value: Any  # any attribute's value
    """The value to set."""
