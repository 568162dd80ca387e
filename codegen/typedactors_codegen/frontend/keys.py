"""What tells the classes apart that get proxies. May be imported by the front end alone."""

from __future__ import annotations

from mypy.nodes import TypeInfo
from mypy.typeops import get_all_type_vars
from mypy.types import Instance, Type, TypeVarLikeType, TypeVarType, get_proper_type

from typedactors_codegen.frontend.catalogue import qualified_name
from typedactors_codegen.model import Symbol


def class_key(info: TypeInfo) -> Symbol:
    """The key of a class that is no generic part."""
    return Symbol(info.module_name, qualified_name(info))


def part_key(found: Instance) -> Symbol:
    """The key of a node's class; a generic class has one proxy for each way it is used."""
    key = class_key(found.type)
    if not found.args:
        return key
    arguments = ", ".join(str(argument) for argument in found.args)
    # Those of two actors may have one name, and other bounds.
    shapes = "".join(_shape(variable) for variable in free_variables(found))
    return Symbol(key.module, f"{key.name}[{arguments}]{shapes}")


def _shape(variable: TypeVarLikeType) -> str:
    """What a type variable stands for, in words; empty if that may be any type."""
    values = variable.values if isinstance(variable, TypeVarType) else []
    if not values and _is_object(variable.upper_bound) and not variable.has_default():
        return ""
    return f" ({variable.name}: {variable.upper_bound}, {values}, {variable.default})"


def _is_object(found: Type) -> bool:
    proper = get_proper_type(found)
    return isinstance(proper, Instance) and proper.type.fullname == "builtins.object"


def free_variables(found: Instance) -> list[TypeVarLikeType]:
    """The type variables in the arguments of a part's class, which are those of the class that holds the part."""
    every = [variable for argument in found.args for variable in get_all_type_vars(argument)]
    return list({variable.id: variable for variable in every}.values())
