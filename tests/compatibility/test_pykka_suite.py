"""The runner of Pykka's suite: what fails it, on a small suite that stands for the downloaded one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compatibility.pykka_suite import (
    INAPPLICABLE,
    PYTEST_CONFIGURATION,
    Inapplicable,
    check_entry,
    modules_without_applicable_tests,
    read_table,
    run_suite,
)


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A suite with tests that pass, one that fails, and a module that cannot be imported."""
    tests = tmp_path / "tests"
    tests.mkdir()
    (tests / "test_mixed.py").write_text(
        "def test_passes() -> None: ...\n\ndef test_fails() -> None:\n    raise RuntimeError('not here')\n",
        encoding="utf-8",
    )
    (tests / "test_private.py").write_text(
        "import typedactors._no_such_module\n\ndef test_private() -> None: ...\n", encoding="utf-8"
    )
    (tmp_path / "pytest.ini").write_text(PYTEST_CONFIGURATION, encoding="utf-8")
    return tmp_path


FAILS = Inapplicable("tests/test_mixed.py::test_fails", "it fails", "not here")
PRIVATE = Inapplicable("tests/test_private.py::test_private", "it is private", "No module named 'typedactors._no_such")


def test_a_suite_passes_where_the_table_names_just_what_cannot_apply(suite: Path) -> None:
    assert modules_without_applicable_tests(suite, [FAILS, PRIVATE]) == ["tests/test_private.py"]
    assert run_suite(suite, [FAILS, PRIVATE]) == []


@pytest.mark.parametrize("table", [[FAILS], [PRIVATE], []])
def test_what_fails_and_is_not_in_the_table_fails_the_suite(suite: Path, table: list[Inapplicable]) -> None:
    assert run_suite(suite, table) == ["Pykka's test suite fails"]


@pytest.mark.parametrize(
    ("node", "evidence", "problem"),
    [
        ("tests/test_mixed.py::test_passes", "not here", "passes now"),
        ("tests/test_mixed.py::test_gone", "not here", "does not exist"),
        ("tests/test_gone.py::test_fails", "not here", "does not exist"),
        ("tests/test_mixed.py::test_fails", "another reason", "fails, but not with 'another reason'"),
    ],
)
def test_an_entry_that_is_no_longer_true_is_a_problem(suite: Path, node: str, evidence: str, problem: str) -> None:
    found = check_entry(suite, Inapplicable(node, "a reason", evidence))

    assert found is not None
    assert problem in found


def test_the_committed_table_gives_each_test_a_reason() -> None:
    for entry in read_table(INAPPLICABLE):
        assert entry.node.startswith("tests/test_")
        assert entry.reason
        assert entry.evidence
