"""The step that builds and pre-commit run: what it writes, what it leaves alone, and what it refuses."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from tests.codegen.conftest import COUNTER, PYPROJECT, Project
from typedactors_codegen.builders.agreement import agree
from typedactors_codegen.builders.request import asks_for_proxies
from typedactors_codegen.builders.step import StepRefusedError, bring_up_to_date

READER = """\
from typedactors import ThreadingActor
from depot import Reading


class Counter(ThreadingActor):
    def read(self, number: int = 1) -> Reading | None:
        return None
"""
Test = TypeVar("Test", bound=Callable[..., None])
DEPOT = "class Reading:\n    pass\n"


def analyses(test: Test) -> Test:
    """Mark a test that runs mypy, in its own process."""
    for mark in (pytest.mark.checkers, pytest.mark.timeout(180)):
        mark(test)  # which it notes in the function itself
    return test


def times(project: Project) -> list[int]:
    return [path.stat().st_mtime_ns for path in (project.runtime, project.stub)]


@analyses
def test_it_writes_what_is_missing_and_then_nothing(project: Project) -> None:
    first = bring_up_to_date(project.path)
    before, at = project.files(), times(project)
    second = bring_up_to_date(project.path)

    assert set(first.written) == set(first.files) == {project.runtime, project.stub}
    assert second.files == first.files
    assert second.written == ()
    assert (project.files(), times(project)) == (before, at)
    assert not (project.path / ".typedactors_cache").exists()


@analyses
def test_it_uses_a_cache_that_is_there(project: Project) -> None:
    assert project.run("generate").status == 0
    project.write({"src/hub/actors.py": COUNTER.replace("number: int", "amount: int")})

    bring_up_to_date(project.path)

    assert "amount: int" in project.stub.read_text(encoding="utf-8")
    assert project.run("check").status == 0


@analyses
def test_in_check_mode_it_refuses_with_a_diff_and_writes_nothing(project: Project) -> None:
    bring_up_to_date(project.path)
    project.write({"src/hub/actors.py": COUNTER.replace("number: int = 1", "number: int = 2")})
    settings = project.path / "pyproject.toml"
    settings.write_text('[tool.typedactors]\nbuild = "check"\n' + settings.read_text(encoding="utf-8"))
    before = project.files()

    with pytest.raises(StepRefusedError) as refusal:
        bring_up_to_date(project.path)

    assert "+    def __call__(self, number: int = 2) -> Future[int]: ..." in str(refusal.value)
    assert "hint: run: typedactors generate" in str(refusal.value)
    assert project.files() == before


@analyses
def test_findings_refuse_where_warnings_are_errors(project: Project) -> None:
    project.write({"src/hub/actors.py": COUNTER.replace("number: int = 1", "number=1")})
    remarks = bring_up_to_date(project.path).remarks
    assert any("its parameter number has no annotation" in remark for remark in remarks)

    settings = project.path / "pyproject.toml"
    settings.write_text("[tool.typedactors]\nstrict = true\n" + settings.read_text(encoding="utf-8"))
    with pytest.raises(StepRefusedError, match="its parameter number has no annotation"):
        bring_up_to_date(project.path)


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The proxies of a project as they are where nothing is missing."""
    folder = tmp_path_factory.mktemp("complete")
    files = {"pyproject.toml": PYPROJECT, "src/hub/__init__.py": "", "src/hub/actors.py": READER, "src/depot.py": DEPOT}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    written = bring_up_to_date(folder).written
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in written}


@pytest.fixture
def incomplete(project: Project, committed: dict[str, str]) -> Project:
    """A project whose committed proxies are right, and where the module that they need is missing."""
    project.write({"src/hub/actors.py": READER, **committed})
    return project


@analyses
def test_committed_files_are_taken_where_a_module_is_missing(incomplete: Project) -> None:
    before = incomplete.files()
    assert b"Future[Reading | None]" in before["src/hub/proxies.pyi"]

    done = bring_up_to_date(incomplete.path)

    assert done.written == ()
    assert len(done.files) == 2
    assert ["the module depot cannot be found here" in remark for remark in done.remarks] == [True]
    assert incomplete.files() == before


@analyses
@pytest.mark.parametrize("name", ["proxies.py", "proxies.pyi"])
def test_without_one_of_the_files_a_missing_module_is_refused(incomplete: Project, name: str) -> None:
    (incomplete.path / "src/hub" / name).unlink()
    before = incomplete.files()

    with pytest.raises(StepRefusedError) as refusal:
        bring_up_to_date(incomplete.path)

    assert f"src/hub/{name} does not exist" in str(refusal.value)
    assert "src/hub/actors.py:6: warning: Counter.read" in str(refusal.value)
    assert "add what installs the module depot to build-system.requires" in str(refusal.value)
    assert incomplete.files() == before


@analyses
@pytest.mark.parametrize(
    "change",
    [
        ("number: int = 1", "number: int = 2"),
        ("def read(", "def look("),
        ("        return None\n", "        return None\n\n    def reset(self) -> None: ...\n"),
        ("    def read(", "    @staticmethod\n    def other() -> int:\n        return 1\n\n    def read("),
        ("class Counter(ThreadingActor):\n", 'class Counter(ThreadingActor):\n    """Counts."""\n\n'),
        ("class Counter", "class Teller"),
    ],
    ids=["default", "name", "member", "earlier member", "docstring", "class"],
)
def test_stale_files_are_refused_where_a_module_is_missing(incomplete: Project, change: tuple[str, str]) -> None:
    assert change[0] in READER
    incomplete.write({"src/hub/actors.py": READER.replace(*change)})

    with pytest.raises(StepRefusedError, match=r"proxies\.pyi? is not what its sources give now.*depot"):
        bring_up_to_date(incomplete.path)


@analyses
def test_an_unknown_base_is_refused_with_the_fix(incomplete: Project) -> None:
    incomplete.write({"src/hub/actors.py": READER.replace("(ThreadingActor)", "(ThreadingActor, Reading)")})

    with pytest.raises(
        StepRefusedError, match=r"actors\.py:5: error: the base Reading(.|\n)*add what installs .* depot"
    ):
        bring_up_to_date(incomplete.path)


@analyses
def test_a_missing_module_that_no_proxy_needs_is_of_no_consequence(project: Project) -> None:
    optional = "try:\n    import swift\nexcept ImportError:\n    swift = None\n"
    project.write({"src/hub/actors.py": optional + COUNTER})

    assert set(bring_up_to_date(project.path).written) == {project.runtime, project.stub}


def test_without_the_extra_it_says_what_to_require(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def find_spec(name: str) -> object:
        return None if name == "mypy" else object()

    monkeypatch.setattr(importlib.util, "find_spec", find_spec)

    with pytest.raises(StepRefusedError, match=r'missing: mypy(.|\n)*"typedactors\[codegen\]"'):
        bring_up_to_date(project.path)


STUB = """\
from typing import Any, Protocol
from typedactors import Future
class P(Protocol):
    def a(self, x: Any) -> Future[Any]: ...
"""
AGREEING = {
    "another type": STUB.replace("x: Any", "x: list[int]"),
    "another type inside": STUB.replace("Future[Any]", "Future[int | None]"),
    "an import more": "import decimal\n" + STUB,
    "a comment": "# Made by another version.\n" + STUB,
}
DIFFERING = {
    "another name": STUB.replace("x: Any", "y: Any"),
    "a type that is known": STUB.replace("Future[Any]", "list[Any]"),
    "a default": STUB.replace("x: Any", "x: Any = ..."),
    "one parameter more": STUB.replace("x: Any", "x: Any, y: Any"),
    "no annotation": STUB.replace("x: Any", "x"),
    "one statement more": STUB + "class Q: ...\n",
    "no Python": STUB + "class",
}


@pytest.mark.parametrize("found", AGREEING.values(), ids=AGREEING)
def test_files_that_agree(found: str) -> None:
    assert agree(STUB, found)


@pytest.mark.parametrize("found", DIFFERING.values(), ids=DIFFERING)
def test_files_that_do_not_agree(found: str) -> None:
    assert not agree(STUB, found)


def test_a_docstring_shows_types_too() -> None:
    known = 'from typing import Any\nclass P:\n    """def a() -> Any, and words."""\n'
    assert agree(known, known.replace("-> Any", "-> list[Reading]"))
    assert not agree(known, known.replace("and words", "or words"))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ('[build-system]\nrequires = ["setuptools", "typedactors[codegen]>=0.1"]\n[tool.typedactors]\n', True),
        ('[build-system]\nrequires = ["Typedactors"]\n[tool.typedactors]\n', True),
        ('[build-system]\nrequires = ["typedactors @ file:///x.whl"]\n[tool.typedactors]\n', True),
        ('[build-system]\nrequires = ["typedactors-extras"]\n[tool.typedactors]\n', False),
        ('[build-system]\nrequires = ["setuptools"]\n[tool.typedactors]\n', False),
        ('[build-system]\nrequires = ["typedactors"]\n[tool.other]\n', False),
        ('[build-system]\nrequires = "typedactors"\n[tool]\ntypedactors = 1\n', False),
        ("[tool.typedactors]\n", False),
        ("no TOML", False),
    ],
)
def test_who_asks_for_proxies(text: str, asks: bool, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    assert asks_for_proxies(tmp_path) is asks


def test_a_folder_without_a_project_asks_for_nothing(tmp_path: Path) -> None:
    assert not asks_for_proxies(tmp_path)
