"""What reading an attribute gives when its value takes part in it: descriptors and callables.

May be imported by the front end alone.
"""

from __future__ import annotations

from mypy.nodes import Decorator, FuncDef, OverloadedFuncDef, TypeInfo
from mypy.subtypes import find_member, is_subtype
from mypy.typeops import type_object_type
from mypy.types import CallableType, FunctionLike, Instance, Overloaded, Type, TypeType, get_proper_type
from mypy.typevars import fill_typevars


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


def read_type(found: Instance, owner: TypeInfo) -> Type | None:
    """What reading a descriptor through an instance gives; ``None`` if it is no descriptor."""
    getter = _special_method(found, "__get__")
    if getter is None:
        return None
    through = fill_typevars(owner)
    items = getter.items if isinstance(getter, Overloaded) else [getter]
    for item in items:
        if isinstance(item, CallableType) and item.arg_types and is_subtype(through, item.arg_types[0]):
            return item.ret_type
    last = items[-1]
    return last.ret_type if isinstance(last, CallableType) else None


def write_type(found: Instance) -> Type | None:
    """What assigning to a descriptor takes; ``None`` if it takes nothing."""
    setter = _special_method(found, "__set__")
    item = setter.items[0] if isinstance(setter, Overloaded) else setter
    if isinstance(item, CallableType) and len(item.arg_types) > 1:
        return item.arg_types[1]
    return None


def _special_method(found: Instance, name: str) -> FunctionLike | None:
    entry = found.type.get(name)
    if entry is None or not isinstance(entry.node, FuncDef | OverloadedFuncDef | Decorator):
        return None
    if entry.node.info.fullname == "builtins.type":
        return None
    member = get_proper_type(find_member(name, found, found))
    return member if isinstance(member, FunctionLike) else None
