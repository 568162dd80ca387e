"""Parts whose types grow without end. May be imported by the front end alone."""

from __future__ import annotations

from collections.abc import Iterable

from mypy.types import Instance

from typedactors_codegen.errors import CodegenError
from typedactors_codegen.frontend.catalogue import qualified_name
from typedactors_codegen.frontend.found import Found

# A part may hold another of its class, with larger type arguments, a few times over.
_MOST = 8


def refuse_growth(found: Found, part: Instance, holders: Iterable[Instance]) -> None:
    """Refuse a part that holds itself with ever larger type arguments, each of which would have a proxy.

    Arguments:
        found: the member that gives the part.
        part: the part's type.
        holders: the type of what has the member, then of what holds that, and so on.

    Raises:
        CodegenError: it does.
    """
    above = list(holders)
    smaller = [each for each in above if each.type is part.type and _size(each) < _size(part)]
    # The member that makes it larger is to blame, not one that hands it on.
    if len(smaller) < _MOST or _size(part) <= _size(above[0]):
        return
    member = f"{found.owner.module_name}.{qualified_name(found.owner)}.{found.name}"
    name = qualified_name(part.type)
    seen = ", ".join(f"{name}[{_shown(each)}]" for each in smaller[:-4:-1])
    raise CodegenError(
        f"{member} gives the part {name} ever larger type arguments, so its proxies would have no end: {seen}, "
        "and so on",
        path=found.origin.path,
        line=found.origin.line,
        hint=f"Mark the attributes that hold such a part, with traversable(...), instead of the class {name}, or "
        f"annotate {member} with a type that is no traversable part.",
    )


def _size(found: Instance) -> int:
    return len(_shown(found))


def _shown(found: Instance) -> str:
    return ", ".join(str(argument) for argument in found.args).replace("builtins.", "")
