"""The messages by which proxies speak to actors; every layer may import this module, it imports none.

They are public, as in Pykka, so that a call can be made without a proxy::

    reply = ref.ask(ProxyCall(attr_path=("add",), args=(1,), kwargs={}))

They are rarely needed: a generated proxy sends exactly these and costs hardly more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

__all__ = ["ActorStop", "ProxyCall", "ProxyGetAttr", "ProxySetAttr"]


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
