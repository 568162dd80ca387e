"""What the type that is written for ``self`` allows of an instance. May be imported by the front end alone.

``def total(self: Bag[int])`` of a ``Bag[T]`` can be called on some instances only. A proxy's method cannot say so: it
has no ``self`` of the actor's type.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence

from mypy.checker import overload_can_never_match
from mypy.erasetype import erase_typevars
from mypy.meet import is_overlapping_types
from mypy.messages import format_type_bare
from mypy.nodes import ARG_POS
from mypy.options import Options
from mypy.subtypes import is_callable_compatible, is_subtype
from mypy.typeops import erase_to_bound, get_all_type_vars
from mypy.types import CallableType, Instance, ParamSpecType, Type, TypeType, TypeVarType, get_proper_type

from typedactors_codegen.frontend.anys import Issue


class Reach(enum.Enum):
    """On which instances of a class a function can be called."""

    ALL = enum.auto()
    SOME = enum.auto()
    NONE = enum.auto()


def reach_of(function: CallableType, instance: Instance, *, of_class: bool) -> Reach:
    """On which instances a function can be called, by the type of its first parameter.

    Arguments:
        function: the function, not bound.
        instance: the type of the instances. Where it has type variables, it stands for several types.
        of_class: whether the first parameter takes the class.
    """
    if not function.arg_types or function.arg_kinds[0] != ARG_POS:
        return Reach.ALL
    declared = get_proper_type(function.arg_types[0])
    if isinstance(declared, ParamSpecType):
        return Reach.ALL
    given: Type = TypeType.make_normalized(instance) if of_class else instance
    # As mypy decides whether a method can be called on an instance.
    wanted = erase_typevars(erase_to_bound(declared))
    packed = any(not isinstance(variable, TypeVarType) for variable in get_all_type_vars(declared))
    if is_subtype(given, wanted, always_covariant=packed, ignore_pos_arg_names=True):
        return Reach.ALL
    if get_all_type_vars(instance) and is_overlapping_types(given, wanted, ignore_promotions=True):
        return Reach.SOME
    return Reach.NONE


def overloads_to_keep(bound: Sequence[CallableType], reaches: Sequence[Reach]) -> list[int]:
    """Which of a method's overloads some instance has; not those whose every call an earlier one takes."""
    kept: list[int] = []
    for index, (item, reach) in enumerate(zip(bound, reaches, strict=True)):
        covering = [bound[before] for before in kept if reaches[before] is Reach.ALL]
        if reach is not Reach.NONE and not any(overload_can_never_match(before, item) for before in covering):
            kept.append(index)
    return kept


def take_the_same_call(first: CallableType, second: CallableType) -> bool:
    """Whether there is a call that two bound functions both take."""
    return is_callable_compatible(
        first,
        second,
        is_compat=is_overlapping_types,
        is_proper_subtype=False,
        ignore_return=True,
        allow_partial_overlap=True,
    )


def out_of_reach(instance: Instance) -> str:
    """Why an instance does not have a function."""
    return f"the type of its first parameter keeps it from a {instance.type.name}"


def within_reach_of_some(function: CallableType, instance: Instance, name: str) -> Issue:
    """Say that a method is for some instances only, which its proxy does not know."""
    declared = get_proper_type(function.arg_types[0])
    wanted = format_type_bare(declared.item if isinstance(declared, TypeType) else declared, Options())
    return Issue(
        f"by the type of its first parameter it is for a {wanted}, and the proxy of every {instance.type.name} has it",
        f"Define {name} in a class that derives from {wanted}.",
    )


def told_apart_by_self(name: str) -> Issue:
    """Say that which overload is meant cannot be told from a call of the proxy's method."""
    return Issue(
        "its overloads take the same call, and only the type of self says which is meant, so it gives Any",
        f"Define {name} without overloads in a class for each type of self, which derives from that type.",
    )
