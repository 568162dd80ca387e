"""The name of a dictionary type that mypy has forgotten. May be imported by the front end alone.

What goes through a type variable, such as the result of a decorated method, comes out as a
dictionary type without a name. Its keys and their types are all that counts for a type checker, so
a TypedDict with the same ones is the same type.
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy.nodes import MypyFile, TypeInfo
from mypy.subtypes import is_same_type
from mypy.types import TypedDictType

from typedactors_codegen.frontend.build import Program


def named_like(program: Program, found: TypedDictType, module: str) -> TypeInfo | None:
    """The TypedDict with the keys and types of one without a name, among those that a module knows.

    Arguments:
        program: the analysed program.
        found: the type without a name.
        module: where to look: in what it defines and imports, then in the modules that it imports.

    Returns:
        The first in that order and then by name; ``None`` if there is none.
    """
    for info in _known(program, module):
        if (
            info.typeddict_type is not None
            and not info.typeddict_type.fallback.args
            and _same(found, info.typeddict_type)
        ):
            return info
    return None


def _known(program: Program, module: str) -> Iterator[TypeInfo]:
    tree = program.module(module)
    if tree is None:
        return
    imported: list[MypyFile] = []
    for name in sorted(tree.names):
        node = tree.names[name].node
        if isinstance(node, TypeInfo):
            yield node
        elif isinstance(node, MypyFile) and program.is_user_module(node.fullname):
            imported.append(node)
    for other in imported:
        for name in sorted(other.names):
            node = other.names[name].node
            if isinstance(node, TypeInfo):
                yield node


def _same(left: TypedDictType, right: TypedDictType) -> bool:
    return (
        list(left.items) == list(right.items)
        and left.required_keys == right.required_keys
        and left.readonly_keys == right.readonly_keys
        and all(is_same_type(left.items[name], right.items[name]) for name in left.items)
    )
