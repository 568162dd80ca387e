"""The greenhouse: a program of ten actor classes, fourteen running actors, in a package of its own."""

from __future__ import annotations

from pathlib import Path

from tests.examples._runner import Runner, expected

PROJECT = "greenhouse"


def test_the_day_prints_exactly_what_is_recorded(runner: Runner) -> None:
    assert runner.run(PROJECT, "-m", "greenhouse") == expected("greenhouse")


def test_the_projects_own_tests_pass(runner: Runner, tmp_path: Path) -> None:
    # A configuration of its own, so that it does not take this one's; and no cache in the checkout.
    configuration = tmp_path / "pytest.ini"
    configuration.write_text("[pytest]\n", encoding="utf-8")
    output = runner.run(
        PROJECT, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", str(configuration), "test_greenhouse.py"
    )
    assert "9 passed" in output
