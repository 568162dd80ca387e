"""Questions about the definitions of one member in the source: decorators, docstring, receiver.

May be imported by the front end alone; knows no mypy.
"""

from __future__ import annotations

import ast

from typedactors_codegen.frontend.sources import FunctionNode, MemberSource, dotted_name

# Decorators behind which the type is still the one that the annotations say.
_TRANSPARENT = frozenset(
    {
        "abstractmethod",
        "abstractproperty",
        "cached_property",
        "classmethod",
        "deleter",
        "deprecated",
        "final",
        "getter",
        "no_type_check",
        "overload",
        "override",
        "property",
        "setter",
        "staticmethod",
        "type_check_only",
    }
)


def has_receiver(function: FunctionNode | None) -> bool:
    """Whether a definition has a first parameter that binding takes away."""
    return function is not None and bool(function.args.posonlyargs or function.args.args)


def has_decorator(function: FunctionNode, name: str) -> bool:
    """Whether a definition has a decorator of that name, from whichever module."""
    return any(_decorator_name(decorator) == name for decorator in function.decorator_list)


def _decorator_name(decorator: ast.expr) -> str:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (dotted_name(called) or "").rpartition(".")[2]


def is_changed_by_decorators(source: MemberSource | None) -> bool:
    """Whether a decorator stands between a definition's annotations and its type."""
    return bool(changing_decorators(source))


def changing_decorators(source: MemberSource | None) -> list[ast.expr]:
    """The decorators of a member's first definition that may make something else of it."""
    functions = [] if source is None else source.functions[:1]
    return [item for function in functions for item in function.decorator_list if not _is_transparent(item)]


def _is_transparent(decorator: ast.expr) -> bool:
    return _decorator_name(decorator) in _TRANSPARENT


def member_docstring(source: MemberSource | None) -> str | None:
    """The docstring of a member: of an implementation before its overloads, of a getter before its setter."""
    if source is None:
        return None
    if source.docstring is not None:
        return source.docstring
    documented = (ast.get_docstring(function) for function in source.functions)
    plain = [found for found in documented if found is not None]
    implementation = None if not source.functions else ast.get_docstring(source.functions[-1])
    is_property = bool(source.functions) and any(
        _decorator_name(item) in ("property", "cached_property", "abstractproperty")
        for item in source.functions[0].decorator_list
    )
    if implementation is not None and not is_property:
        return implementation
    return plain[0] if plain else None
