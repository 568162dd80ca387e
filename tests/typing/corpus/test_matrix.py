"""Six checkers read every item of the corpus exactly, but for what ``exceptions.toml`` has. See ``expectations``."""

from __future__ import annotations

import os
import re
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.typing.corpus import page
from tests.typing.corpus.checkers import CHECKERS, Checker
from tests.typing.corpus.expectations import (
    ERROR_MARK,
    Difference,
    all_rows,
    differences,
    known_exceptions,
    rows_of,
    run,
    run_gaps,
    stale,
    unproved,
)
from tests.typing.corpus.staging import CORPUS, SUITES, Suite

PIN = re.compile(r"(?P<name>[\w-]+)(\[\w+\])?==(?P<version>[\w.]+)")
ALL_CHECKERS = pytest.mark.parametrize("checker", CHECKERS, ids=[each.name for each in CHECKERS])
ALL_SUITES = pytest.mark.parametrize("suite", SUITES, ids=[each.version for each in SUITES])


def require(*checkers: Checker) -> None:
    """Skip where a checker is not installed; under nox, which installs them all, that is an error."""
    missing = [each.name for each in checkers if find_spec(each.name) is None and not _is_installed(each)]
    if missing and not os.environ.get("TYPEDACTORS_TEST_INSTALLED"):
        pytest.skip(f"not installed: {', '.join(missing)}; the dependency group `checkers` has them")
    assert not missing


def _is_installed(checker: Checker) -> bool:
    try:
        return bool(checker.version)
    except ModuleNotFoundError:  # PackageNotFoundError, of importlib.metadata
        return False


class Runs:
    """What each checker said of each suite; run once, whichever tests ask."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._found: dict[str, list[Difference]] = {}

    def differences(self, suite: Suite, checker: Checker) -> list[Difference]:
        name = f"{checker.name}{suite.suffix}"
        if name not in self._found:
            self._found[name] = run(suite, checker, self._directory / name)
        return self._found[name]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return Runs(tmp_path_factory.mktemp("matrix"))


@ALL_SUITES
def test_each_item_is_complete(suite: Suite) -> None:
    items = set(suite.items())
    assert len(items) >= 2
    negative = {path.stem for path in (CORPUS / f"negative{suite.suffix}").glob("*.py")} - {"__init__"}
    assert negative == items
    actors = CORPUS / f"actors{suite.suffix}"
    assert {item for item in items if not (actors / f"{item}.py").exists() and not (actors / item).is_dir()} == set()
    for item in items:
        text = (CORPUS / f"negative{suite.suffix}" / f"{item}.py").read_text(encoding="utf-8")
        assert text.count(ERROR_MARK) >= 5, item
        assert text.count("# error") == text.count(ERROR_MARK), f"{item}: write `{ERROR_MARK.strip()} why`"


@pytest.mark.checkers
@pytest.mark.timeout(300)
@ALL_CHECKERS
@ALL_SUITES
def test_a_checker_says_what_is_expected(suite: Suite, checker: Checker, runs: Runs) -> None:
    require(checker)
    known = known_exceptions()
    found = runs.differences(suite, checker)
    wrong = [difference for row in rows_of(suite, checker, found, known) for difference in row.wrong]
    assert "\n".join(map(str, wrong)) == ""
    assert stale(checker, suite, found, known) == []


@pytest.mark.checkers
@pytest.mark.timeout(120)
@ALL_CHECKERS
def test_the_minimal_cases_show_the_checkers_own_faults(checker: Checker, tmp_path: Path) -> None:
    require(checker)
    assert unproved(checker, run_gaps(checker, tmp_path), known_exceptions()) == []


@pytest.mark.checkers
@pytest.mark.timeout(600)
def test_the_published_page_is_what_the_matrix_says(runs: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    require(*CHECKERS)
    rows = all_rows(runs.differences)
    with capsys.disabled():
        print("", *page.matrix(rows), sep="\n")
    written = page.PAGE.read_text(encoding="utf-8")
    rendered = page.render(rows, known_exceptions())
    hint = "run `python -m tests.typing.corpus`, which writes the page"
    assert page.without_versions(written) == page.without_versions(rendered), hint


def test_the_versions_are_those_that_are_pinned(repository: Path) -> None:
    """A new release of a checker is taken with a new run of the matrix and a look at each exception."""
    groups = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    pins = [PIN.match(each) for each in (*groups["checkers"], *groups["more-checkers"])]
    pinned = {found["name"]: found["version"] for found in pins if found is not None}
    written = page.PAGE.read_text(encoding="utf-8")
    for checker in CHECKERS:
        assert f"| {checker.name} | {pinned[checker.name]} | {checker.mode} |" in written
    assert {(each.checker, each.version) for each in known_exceptions()} <= pinned.items()


def test_a_difference_is_seen(tmp_path: Path) -> None:
    """A checker that says nothing misses every marked line; one that complains of a line without a mark is seen too."""
    suite = SUITES[0]
    suite.stage(tmp_path, generated=True)
    marked = sum(path.read_text(encoding="utf-8").count(ERROR_MARK) for path in CORPUS.glob("negative/*.py"))
    assert [each.fault for each in differences(tmp_path, suite, [])] == ["silent"] * marked
