"""Which branches of a source file a type checker never looks at. May be imported by the front end alone; knows no mypy.

The same conditions as mypy's, or the source would show another definition of a member than the one
that mypy has: ``TYPE_CHECKING``, ``sys.version_info``, ``sys.platform``, and what ``not``, ``and``
and ``or`` make of them.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

# Of two numbers, two tuples of numbers, or two strings; what else would compare them has no type in common.
_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_MIRRORED = {operator.lt: operator.gt, operator.le: operator.ge, operator.gt: operator.lt, operator.ge: operator.le}


@dataclass(frozen=True, slots=True)
class Platform:
    """What the sources are read for."""

    version: tuple[int, int]
    name: str


def prune(statements: list[ast.stmt], platform: Platform) -> list[ast.stmt]:
    """The statements of a body, each ``if`` whose outcome is known replaced by the branch that is taken.

    Changes the statements that have bodies of their own.
    """
    return [kept for statement in statements for kept in _pruned(statement, platform)]


def _pruned(statement: ast.stmt, platform: Platform) -> Iterator[ast.stmt]:
    if isinstance(statement, ast.If):
        known = _outcome(statement.test, platform)
        if known is not None:
            yield from prune(statement.body if known else statement.orelse, platform)
            return
    for node in (statement, *getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        for name in ("body", "orelse", "finalbody"):
            body: list[ast.stmt] | None = getattr(node, name, None)
            if body:
                setattr(node, name, prune(body, platform))
    yield statement


def _outcome(test: ast.expr, platform: Platform) -> bool | None:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = _outcome(test.operand, platform)
        return None if inner is None else not inner
    if isinstance(test, ast.BoolOp):
        parts = [_outcome(value, platform) for value in test.values]
        decisive = isinstance(test.op, ast.Or)
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        return _compared(test.left, test.ops[0], test.comparators[0], platform)
    if isinstance(test, ast.Call):
        return _starts_with(test, platform)
    name = test.id if isinstance(test, ast.Name) else test.attr if isinstance(test, ast.Attribute) else None
    return True if name in ("TYPE_CHECKING", "MYPY") else None


def _compared(left: ast.expr, comparison: ast.cmpop, right: ast.expr, platform: Platform) -> bool | None:
    compare = _COMPARISONS.get(type(comparison))
    if compare is None:
        return None
    equality = isinstance(comparison, ast.Eq | ast.NotEq)
    if _is_of_sys(left, "platform"):
        literal = right.value if isinstance(right, ast.Constant) else None
        return compare(platform.name, literal) if equality and isinstance(literal, str) else None
    if _version(right, platform.version) is not None:
        left, right, compare = right, left, _MIRRORED.get(compare, compare)
    running = _version(left, platform.version)
    given = _numbers(right)
    if isinstance(running, int) and isinstance(given, int):
        return compare(running, given)
    if isinstance(running, tuple) and isinstance(given, tuple):
        exact = len(given) == len(running)
        return compare(running, given) if exact or (len(given) < len(running) and not equality) else None
    return None


def _starts_with(test: ast.Call, platform: Platform) -> bool | None:
    function = test.func
    if not isinstance(function, ast.Attribute) or function.attr != "startswith" or len(test.args) != 1:
        return None
    prefix = test.args[0].value if isinstance(test.args[0], ast.Constant) else None
    if not _is_of_sys(function.value, "platform") or not isinstance(prefix, str):
        return None
    return platform.name.startswith(prefix)


def _is_of_sys(node: ast.expr, name: str) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr == name
        and isinstance(node.value, ast.Name)
        and node.value.id == "sys"
    )


def _version(node: ast.expr, version: tuple[int, int]) -> tuple[int, ...] | int | None:
    """What of the version ``sys.version_info``, or an item or a slice of it, stands for."""
    if _is_of_sys(node, "version_info"):
        return version
    if not isinstance(node, ast.Subscript) or not _is_of_sys(node.value, "version_info"):
        return None
    if isinstance(node.slice, ast.Slice):
        if node.slice.step is not None:
            return None
        bounds = [None if each is None else _numbers(each) for each in (node.slice.lower, node.slice.upper)]
        first, last = (default if bound is None else bound for bound, default in zip(bounds, (0, 2), strict=True))
        if isinstance(first, int) and isinstance(last, int) and 0 <= first < last <= 2:
            return version[first:last]
        return None
    index = _numbers(node.slice)
    return version[index] if isinstance(index, int) and 0 <= index <= 1 else None


def _numbers(node: ast.expr) -> tuple[int, ...] | int | None:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    if isinstance(node, ast.Tuple):
        found = [_numbers(item) for item in node.elts]
        numbers = [item for item in found if isinstance(item, int)]
        return tuple(numbers) if len(numbers) == len(found) else None
    return None
