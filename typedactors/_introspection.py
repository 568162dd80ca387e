"""Looking at an actor's attributes without running any of its code, for the dynamic proxy alone.

Nothing here triggers a property: an attribute is judged by what the class and the instance hold
under its name, as Pykka does.

Imports nothing of the package.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partialmethod, singledispatchmethod
from typing import Any, Final, Literal, TypeAlias, TypeVar

__all__ = ["AttributeKind", "Kind", "attribute_kind", "find_attribute", "follow", "public_names", "traversable"]

T = TypeVar("T")

_TRAVERSABLE_MARKS = ("_typedactors_traversable", "typedactors_traversable", "pykka_traversable")
_CALLABLE_WHEN_BOUND = (classmethod, partialmethod, singledispatchmethod)


class AttributeKind:
    """How a dynamic proxy shows an attribute. No enumeration, whose module would be imported for it alone."""

    FIELD: Final = "field"
    METHOD: Final = "method"
    NODE: Final = "node"


Kind: TypeAlias = Literal["field", "method", "node"]
"""One of those."""


def follow(root: object, attr_path: Sequence[str]) -> Any:  # any attribute's value
    """Return the attribute at the end of the path; an empty path is ``root`` itself.

    Raises:
        AttributeError: a step of the path is missing.
    """
    found = root
    for name in attr_path:
        found = getattr(found, name)
    return found


def find_attribute(parent: object, name: str) -> object:
    """Return what the instance or its class holds under a name, without binding or calling it.

    Raises:
        KeyError: there is nothing.
    """
    instance_attributes = getattr(parent, "__dict__", None)
    if instance_attributes is not None and name in instance_attributes:
        return instance_attributes[name]
    for cls in type(parent).__mro__:
        if name in cls.__dict__:
            return cls.__dict__[name]
    raise KeyError(name)


def attribute_kind(attribute: object) -> Kind:
    """Judge what `find_attribute` found."""
    if callable(attribute) or isinstance(attribute, _CALLABLE_WHEN_BOUND):
        return AttributeKind.METHOD
    if any(getattr(attribute, mark, False) is True for mark in _TRAVERSABLE_MARKS):
        return AttributeKind.NODE
    return AttributeKind.FIELD


def public_names(parent: object) -> list[str]:
    """Return the names of the attributes that do not start with an underscore, sorted."""
    return [name for name in dir(parent) if not name.startswith("_")]


def traversable(obj: T) -> T:
    """Mark an attribute of an actor, or a class, as traversable.

    A proxy shows a traversable attribute as a further proxy, so that its own methods and attributes
    can be used: ``proxy.playback.play()``. They run in the actor. There are three ways to mark::

        class Player(ThreadingActor):
            playback = traversable(Playback())  # this one attribute

        @traversable
        class Playback: ...                     # every instance of the class

        class Playback:
            pykka_traversable = True            # the same; typedactors_traversable is as good

    Args:
        obj: the object or class to mark.

    Returns:
        ``obj`` itself.

    Raises:
        ValueError: ``obj`` has ``__slots__`` and so no place for the mark.
    """
    # Protocol and Generic have empty slots, which all that derive from them inherit, and which take no place away.
    cls: type = obj if isinstance(obj, type) else type(obj)  # pyright: ignore[reportUnknownVariableType]  # any class
    if hasattr(obj, "__slots__") and not cls.__dictoffset__:
        raise ValueError(
            f"traversable() cannot be used to mark an object using slots: {obj!r}. "
            "Add 'pykka_traversable' to its __slots__ and set it to True instead."
        )
    setattr(obj, _TRAVERSABLE_MARKS[0], True)
    return obj
