"""No ``Any`` in a generated stub that the source did not declare; where the source is untyped, the report says so."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.typing.corpus.staging import MARKER, STUBS, SUITES, Suite
from tests.typing.corpus.walking import Leak, analyse, count_types, leaks
from typedactors_codegen import cli

# The folders with generated stubs that are no part of the corpus, each a root of imports.
CONTRACT = Path("tests/runtime/contract")
PROJECTS = [Path("examples/first_steps"), Path("examples/greenhouse"), Path("tests/codegen/golden"), CONTRACT]

# Each line that ends in `# untyped` makes an Any that nobody declared.
UNTYPED = """\
from collections.abc import Callable
from typing import Any

from typedactors import ThreadingActor


def untyped(value):
    return value


def narrow(function: Callable[..., int]) -> Callable[..., int]:
    return function


class Untyped(ThreadingActor):
    def __init__(self, config) -> None:
        super().__init__()
        self.config = config  # untyped
        self.result = untyped(1)  # untyped
        self.found = None  # untyped
        self.names = []  # untyped

    def both(self, first, second: int):  # untyped
        return first

    def one(self, first: int, *rest, **more: int) -> int:  # untyped
        return first

    def bare(self, values: list) -> None: ...  # untyped

    def gives(self) -> dict:  # untyped
        return {}

    @property
    def size(self):  # untyped
        return 1

    @untyped
    def decorated(self, value: int) -> int:  # untyped
        return value

    @narrow
    def narrowed(self, value: int) -> int:  # untyped
        return value

    def declared(self, value: Any) -> list[Any]:
        return [value]

    def typed(self, value: int) -> int:
        return value
"""


@pytest.mark.timeout(120)
@pytest.mark.parametrize("suite", SUITES, ids=[each.version for each in SUITES])
def test_no_any_that_the_source_did_not_declare(suite: Suite, tmp_path: Path) -> None:
    if suite.needs_newer_python:
        pytest.skip(f"its sources need Python {suite.version}")
    suite.stage(tmp_path, generated=True)
    stubs = [tmp_path / name for name in suite.generated() if name.endswith(".pyi")]
    assert undeclared(tmp_path, stubs, tmp_path / suite.packages[0], suite.version) == []


@pytest.mark.timeout(120)
@pytest.mark.parametrize("project", PROJECTS, ids=[each.as_posix() for each in PROJECTS])
def test_nor_in_any_other_stub_of_the_repository(project: Path, repository: Path) -> None:
    folder = repository / project
    root = repository if project == CONTRACT else folder  # where the project's modules are imported from
    assert undeclared(root, generated_stubs(folder), folder, "3.11") == []


def test_each_generated_stub_of_the_repository_is_walked(repository: Path) -> None:
    held = [repository / project for project in PROJECTS] + [STUBS]
    hidden = [repository / name for name in (".nox", ".venv", "venv", "build", "dist")]
    stubs = generated_stubs(repository)
    missed = [path for path in stubs if not any(path.is_relative_to(folder) for folder in [*held, *hidden])]
    assert missed == [], "name their project in PROJECTS"
    assert all(folder.is_dir() for folder in held)


def generated_stubs(folder: Path) -> list[Path]:
    """Those below a folder; the generator's cache has copies of them."""
    paths = [path for path in sorted(folder.rglob("*.pyi")) if ".typedactors_cache" not in path.parts]
    return [path for path in paths if path.read_text(encoding="utf-8").startswith(MARKER)]


def undeclared(root: Path, stubs: list[Path], sources: Path, version: str) -> list[Leak]:
    """The leaks of generated stubs below a root of imports that the sources do not ask for."""
    assert stubs
    modules = sorted(path.relative_to(root).with_suffix("").as_posix().replace("/", ".") for path in stubs)
    trees = analyse(root, modules, version).values()
    assert count_types(trees) > 10 * len(modules)  # there is something to walk
    declared = declared_any(sources)
    return [leak for leak in leaks(trees) if not (leak.what == "Any" and _member_of(leak) in declared)]


def test_a_leak_is_found(tmp_path: Path) -> None:
    """The walk sees an ``Any`` at any depth, a bare generic, an alias's target, and a variable that nothing binds."""
    (tmp_path / "leaky.pyi").write_text(
        "from collections.abc import Callable\n"
        "from typing import Any, Generic, TypeVar\n"
        'T = TypeVar("T")\n'
        "Alias = list[dict[str, Any]]\n"
        "class Leaky(Generic[T]):\n"
        "    deep: Callable[[int], list[tuple[Any, int]]]\n"
        "    alias: Alias\n"
        "    bound: list[T]\n"
        "    def result(self, a: T) -> T: ...\n"
        "    def argument(self, a: dict[str, Any]) -> int: ...\n"
        "    @property\n"
        "    def value(self) -> int: ...\n"
        "    @value.setter\n"
        "    def value(self, given: Any) -> None: ...\n"
        "class Unbound:\n"
        "    @property\n"
        "    def free(self) -> list[T]: ...\n"
        "    def generic(self, a: T) -> T: ...\n",
        encoding="utf-8",
    )
    found = leaks(analyse(tmp_path, ["leaky"], "3.11").values())
    assert found == [
        Leak("leaky", "Leaky", "alias", "Any"),
        Leak("leaky", "Leaky", "argument", "Any"),
        Leak("leaky", "Leaky", "deep", "Any"),
        Leak("leaky", "Leaky", "value", "Any"),
        Leak("leaky", "Unbound", "free", "unbound type variable"),
    ]


@pytest.mark.timeout(120)
def test_untyped_sources_are_reported_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_untyped(tmp_path)
    assert cli.main(["generate", "--config", str(tmp_path)]) == 0
    report = capsys.readouterr().err
    lines = [line for line in report.splitlines() if ": warning: " in line]
    reported = {int(found[1]) for found in (re.search(r"hub/actors\.py:(\d+): ", line) for line in lines) if found}
    assert sorted(reported) == untyped_lines(), report
    assert len(lines) >= len(reported)
    stub = (tmp_path / "hub/proxies.pyi").read_text(encoding="utf-8")
    assert "def declared(" in stub
    assert report.count("remedy: ") == len(lines)


@pytest.mark.timeout(120)
def test_untyped_sources_are_refused_strictly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_untyped(tmp_path)
    assert cli.main(["generate", "--config", str(tmp_path), "--strict"]) == 1
    assert f"hub/actors.py:{untyped_lines()[0]}" in capsys.readouterr().err
    assert not (tmp_path / "hub/proxies.pyi").exists()
    assert not (tmp_path / "hub/proxies.py").exists()


def untyped_lines() -> list[int]:
    return [number for number, line in enumerate(UNTYPED.splitlines(), 1) if line.endswith("# untyped")]


def write_untyped(directory: Path) -> None:
    (directory / "hub").mkdir()
    (directory / "hub/__init__.py").touch()
    (directory / "hub/actors.py").write_text(UNTYPED, encoding="utf-8")
    (directory / "pyproject.toml").write_text(
        '[tool.typedactors.outputs]\n"hub.proxies" = ["hub.actors"]\n', encoding="utf-8"
    )


def declared_any(sources: Path) -> set[tuple[str, str]]:
    """The members of the sources' classes whose own text says ``Any``, by the class's name and the member's."""
    found: set[tuple[str, str]] = set()
    for path in sources.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found |= {(node.name, name) for name in _members_with_any(node)}
    return found


def _members_with_any(node: ast.ClassDef) -> list[str]:
    found: list[str] = []
    for statement in node.body:
        if not any(isinstance(part, ast.Name) and part.id == "Any" for part in ast.walk(statement)):
            continue
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append(statement.name)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            found.append(statement.target.id)
    return found


def _member_of(leak: Leak) -> tuple[str, str]:
    """The class and the member of the source that a stub's class, or a method's class, stands for."""
    if leak.member in ("__call__", "defer"):
        proxy, _, member = leak.class_name.removeprefix("_").partition("Proxy_")
        return proxy, member
    return leak.class_name.removesuffix("Proxy"), leak.member
