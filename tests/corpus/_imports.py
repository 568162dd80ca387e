"""Changes the import lines of a program from Pykka to typedactors; nothing else in it is touched.

It imports only the standard library, and anything in the corpus may import it.

``import pykka`` becomes ``import typedactors as pykka``, so the rest of the file reads as before. That
is exactly what "coming from Pykka" asks of a user. A string such as ``mock.patch("pykka.ActorRegistry")``
is an import by another way, and is changed too.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

OLD = "pykka"
NEW = "typedactors"
DOTTED_STRING = re.compile(r"""(?P<quote>["'])pykka(?P<rest>(?:\.\w+)+)(?P=quote)""")


def map_imports(source: str) -> str:
    """Return ``source`` with every import of Pykka changed into the same import of typedactors.

    Arguments:
        source: the text of a Python module.

    Returns:
        The text with the import statements rewritten and every other line as it was.

    Raises:
        SyntaxError: ``source`` is no Python that this interpreter can parse.
    """
    if OLD not in source:
        return source
    lines = source.splitlines(keepends=True)
    found = _imports_of_pykka(ast.parse(source))
    # From the end to the start, so that the positions of those still to do stay true.
    for node in sorted(found, key=lambda one: (one.lineno, one.col_offset), reverse=True):
        _replace(lines, node)
    return DOTTED_STRING.sub(rf"\g<quote>{NEW}\g<rest>\g<quote>", "".join(lines))


def map_tree(root: Path) -> int:
    """Map the imports of every ``.py`` file below ``root`` in place, and return how many files changed.

    A file that this interpreter cannot parse stays as it is: a published program may carry a
    template or a test file that is broken on purpose.
    """
    changed = 0
    for path in sorted(root.rglob("*.py")):
        with path.open(encoding="utf-8", newline="") as file:
            old = file.read()
        try:
            new = map_imports(old)
        except SyntaxError:
            continue
        if new != old:
            with path.open("w", encoding="utf-8", newline="") as file:
                file.write(new)
            changed += 1
    return changed


def _imports_of_pykka(tree: ast.Module) -> list[ast.Import | ast.ImportFrom]:
    found: list[ast.Import | ast.ImportFrom] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and any(_is_pykka(module) for module in _modules(node)):
            found.append(node)
    return found


def _modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if node.module is not None and node.level == 0 else []


def _is_pykka(module: str) -> bool:
    return module == OLD or module.startswith(OLD + ".")


def _renamed(module: str) -> str:
    return NEW + module[len(OLD) :] if _is_pykka(module) else module


def _replace(lines: list[str], node: ast.Import | ast.ImportFrom) -> None:
    """Put the new statement in place of ``node``; ast counts columns in bytes of UTF-8."""
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    before = lines[first].encode()[: node.col_offset].decode()
    after = lines[last].encode()[node.end_col_offset or 0 :].decode()
    # The replaced statement keeps its number of lines, so that line numbers in reports still fit.
    padding = "\n" * (last - first)
    lines[first : last + 1] = (before + _mapped(node) + after + padding).splitlines(keepends=True)


def _mapped(node: ast.Import | ast.ImportFrom) -> str:
    if isinstance(node, ast.ImportFrom):
        names = [ast.alias(alias.name, alias.asname) for alias in node.names]
        return ast.unparse(ast.ImportFrom(_renamed(node.module or ""), names, 0))
    statements: list[str] = []
    for alias in node.names:
        module = _renamed(alias.name)
        if not _is_pykka(alias.name) or alias.asname is not None:
            statements.append(f"import {module}" + (f" as {alias.asname}" if alias.asname else ""))
        elif alias.name == OLD:
            statements.append(f"import {module} as {OLD}")
        else:
            # ``import pykka.debug`` binds ``pykka``, which ``import ... as`` cannot do for a submodule.
            statements.append(f"import {module}; import {NEW} as {OLD}")
    return "; ".join(statements)
