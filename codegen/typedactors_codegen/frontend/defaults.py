"""Default values as text: what a stub can show is shown, all else is ``...``.

Shown are literals, the empty tuple and the members of enumerations. May be imported by the front
end alone.
"""

from __future__ import annotations

import ast

from mypy.nodes import TypeInfo

from typedactors_codegen.frontend.build import Program
from typedactors_codegen.frontend.sources import dotted_name
from typedactors_codegen.frontend.symbols import symbol_of
from typedactors_codegen.model import Text

ELLIPSIS = Text(("...",))

_LONGEST = 120
"""A literal longer than this says little in a signature."""


def default_text(program: Program, module: str, owner: str, value: ast.expr | None) -> Text:
    """The text of a default value.

    Arguments:
        program: the analysed program.
        module: the module that the function is defined in.
        owner: the qualified name of the class around it, in whose body the default is evaluated.
        value: the default's expression, ``None`` when only its existence is known.
    """
    if value is None:
        return ELLIPSIS
    literal = _literal(value)
    if literal is not None:
        return Text((literal,)) if len(literal) <= _LONGEST else ELLIPSIS
    name = dotted_name(value)
    if name is None or "." not in name:
        return ELLIPSIS
    holder, _, member = name.rpartition(".")
    node = program.resolve(module, f"{owner}.{holder}") or program.resolve(module, holder)
    if isinstance(node, TypeInfo) and node.is_enum and member in node.names and not member.startswith("_"):
        symbol = symbol_of(program, node)
        if symbol is not None:
            return Text((symbol, f".{member}"))
    return ELLIPSIS


def _literal(value: ast.expr) -> str | None:
    if isinstance(value, ast.Constant):
        if isinstance(value.value, float | complex) and "inf" in repr(value.value):
            return None
        return repr(value.value) if value.value is not ... else "..."
    if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub | ast.UAdd | ast.Invert):
        operand = value.operand
        if isinstance(operand, ast.Constant) and isinstance(operand.value, int | float | complex):
            inner = _literal(operand)
            sign = {ast.USub: "-", ast.UAdd: "+", ast.Invert: "~"}[type(value.op)]
            return None if inner is None else f"{sign}{inner}"
    if isinstance(value, ast.Tuple) and not value.elts:
        return "()"
    return None
