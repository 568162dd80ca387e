"""Whether generated text and a file on disk agree in all that is known where a module is missing.

What comes from a missing module is ``Any`` in the generated text, and may be anything in the file. Imports are not
compared, since which are needed depends on the types, and comments are not. Everything else must be the same: the
classes, their bases and members, the kinds, parameters, defaults and docstrings of these, and each type that is known.

``step`` imports it. It imports nothing of the package.
"""

from __future__ import annotations

import ast
import re
from typing import cast


def agree(generated: str, on_disk: str) -> bool:
    """Whether a file may be what would be generated if no module were missing."""
    try:
        known, found = ast.parse(generated), ast.parse(on_disk)
    except (SyntaxError, ValueError):
        return False
    return _same([_without_imports(known)], [_without_imports(found)], _names_of_any(known))


def _without_imports(tree: ast.Module) -> ast.Module:
    statements = [node for node in tree.body if not isinstance(node, ast.Import | ast.ImportFrom)]
    return ast.Module(statements, [])


def _names_of_any(tree: ast.Module) -> frozenset[str]:
    return frozenset(
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "typing"
        for alias in node.names
        if alias.name == "Any"
    )


def _pattern(text: str, unknown: frozenset[str]) -> str:
    """A pattern for a string: a docstring may show a signature, with its types."""
    names = "|".join(map(re.escape, sorted(unknown)))
    parts = re.split(rf"\b(?:{names})\b", text) if names else [text]
    return ".+".join(map(re.escape, parts))


def _same(known: object, found: object, unknown: frozenset[str]) -> bool:
    if isinstance(known, ast.Name) and known.id in unknown and isinstance(found, ast.expr):
        return True
    if isinstance(known, ast.AST) and isinstance(found, ast.AST):
        return type(known) is type(found) and all(
            _same(getattr(known, field, None), getattr(found, field, None), unknown) for field in known._fields
        )
    if isinstance(known, str) and isinstance(found, str):
        return re.fullmatch(_pattern(known, unknown), found, re.DOTALL) is not None
    if isinstance(known, list) and isinstance(found, list):
        # What is in the fields of a syntax tree has no type that could be told.
        left, right = cast("list[object]", known), cast("list[object]", found)
        return len(left) == len(right) and all(_same(*each, unknown) for each in zip(left, right, strict=True))
    # A constant, such as 1, which must not be True or 1.0. Pyright still thinks of a list of unknown elements.
    return repr(known) == repr(found)  # pyright: ignore[reportUnknownArgumentType]  # of any type
