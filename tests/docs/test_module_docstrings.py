"""The docstring of each module of the runtime ends with what it imports of the package.

What it may import is import-linter's to say; what only a type checker reads is not counted, as there.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "typedactors"
INIT = Path("__init__.py")
MODULES = sorted({path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py")} - {INIT})


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """Yield all that is in a module but what only a type checker reads."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        yield child
        yield from statements(child)


def is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def sentence(module: Path) -> str:
    """Return what a module's docstring is to say; a module beside it goes by its last name."""
    package = ".".join(["typedactors", *module.parent.parts, ""])
    imported: set[str] = set()
    for node in statements(ast.parse((PACKAGE / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            imported |= {name if is_module(name) else node.module for name in whole}
    names = sorted(
        f"`{name.removeprefix(package).removeprefix('typedactors.')}`"
        for name in imported
        if name.startswith("typedactors.")
    )
    if not names:
        return "Imports nothing of the package."
    *others, last = names
    return f"Imports {', '.join(others)} and {last}." if others else f"Imports {last}."


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_says_what_it_imports(module: Path) -> None:
    docstring = ast.get_docstring(ast.parse((PACKAGE / module).read_text(encoding="utf-8")))
    assert docstring is not None
    *_, last_paragraph = docstring.split("\n\n")
    assert " ".join(last_paragraph.split()) == sentence(module)


def test_the_map_of_the_package_has_each_of_its_modules() -> None:
    docstring = ast.get_docstring(ast.parse((PACKAGE / INIT).read_text(encoding="utf-8")))
    assert docstring is not None
    names = {module.parts[0].removesuffix(".py") for module in MODULES} - {"__main__"}
    assert {name for name in names if f"``{name}``" not in docstring} == set()
