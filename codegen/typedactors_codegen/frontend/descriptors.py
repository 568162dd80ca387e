"""What reading an attribute gives when its value takes part in it: descriptors and callables.

May be imported by the front end alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy.erasetype import erase_typevars
from mypy.nodes import ARG_POS, Decorator, FuncDef, OverloadedFuncDef
from mypy.subtypes import find_member, is_subtype, unify_generic_callable
from mypy.typeops import make_simplified_union, type_object_type
from mypy.types import (
    AnyType,
    CallableType,
    FunctionLike,
    Instance,
    Type,
    TypeOfAny,
    TypeType,
    get_proper_type,
)


def called_type(found: Type) -> FunctionLike | None:
    """The callable that an attribute's value is: a function, a class, or an object with ``__call__``.

    ``None`` for a value that a proxy reads.
    """
    proper = get_proper_type(found)
    if isinstance(proper, FunctionLike):
        return proper
    if isinstance(proper, TypeType):
        item = get_proper_type(proper.item)
        if isinstance(item, Instance):
            constructor = get_proper_type(type_object_type(item.type))
            return constructor if isinstance(constructor, FunctionLike) else None
    if isinstance(proper, Instance):
        return _special_method(proper, "__call__")
    return None


def read_type(found: Instance, through: Instance) -> Type | None:
    """What reading a descriptor through an instance gives; ``None`` if it is no descriptor."""
    getter = _special_method(found, "__get__")
    if getter is None:
        return None
    for item in _taking(getter, through, TypeType.make_normalized(through)):
        return item.ret_type
    last = getter.items[-1]
    return erase_typevars(last.ret_type, {variable.id for variable in last.variables})


def write_type(found: Instance, through: Instance) -> Type | None:
    """What assigning to a descriptor through an instance takes; ``None`` if it takes nothing."""
    setter = _special_method(found, "__set__")
    if setter is None:
        return None
    items = list(_taking(setter, through, AnyType(TypeOfAny.special_form))) or setter.items[:1]
    values = [item.arg_types[1] for item in items if len(item.arg_types) > 1]
    # A union of one would lose the name of an alias.
    return make_simplified_union(values) if len(values) > 1 else next(iter(values), None)


def _taking(found: FunctionLike, *arguments: Type) -> Iterator[CallableType]:
    """The signatures that take such arguments by position, with what they make of their type variables."""
    wanted = CallableType(
        arguments,
        [ARG_POS] * len(arguments),
        [None] * len(arguments),
        AnyType(TypeOfAny.special_form),
        found.items[0].fallback,
    ).with_unpacked_kwargs()
    for item in found.items:
        own = item.with_unpacked_kwargs()
        applied = unify_generic_callable(own, wanted, ignore_return=True) if own.variables else own
        if applied is not None and is_subtype(applied, wanted):
            yield applied


def _special_method(found: Instance, name: str) -> FunctionLike | None:
    entry = found.type.get(name)
    if entry is None or not isinstance(entry.node, FuncDef | OverloadedFuncDef | Decorator):
        return None
    if entry.node.info.fullname == "builtins.type":
        return None
    member = get_proper_type(find_member(name, found, found))
    return member if isinstance(member, FunctionLike) else None
