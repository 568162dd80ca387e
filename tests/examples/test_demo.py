"""The main job, ``examples/demo.py``: that it succeeds, and that it would fail."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.examples._runner import Runner, expected

# Both checkers start several times, on a machine that may have other things to do.
pytestmark = [pytest.mark.checkers, pytest.mark.timeout(600)]


def test_the_demonstration_succeeds(runner: Runner) -> None:
    output = runner.run(".", "demo.py")
    assert [line for line in output.splitlines() if re.match(r"\d/", line)] == [
        "1/4  Generate the proxies, and compare them with their sources",
        "2/4  Check the program strictly with mypy and with pyright",
        "3/4  Check a client with wrong calls: each must be rejected, and nothing else",
        "4/4  Run the program",
    ]
    wrong = (runner.examples / "greenhouse/wrong_calls.py.txt").read_text(encoding="utf-8").count("# wrong: ") - 1
    assert f"Both checkers reject all of the {wrong} wrong lines and none of the others." in output
    for checker in ("mypy: ", "pyright: "):
        assert len(re.findall(rf"^    {checker}", output, flags=re.MULTILINE)) == wrong
    assert "".join(f"    {line}\n" for line in expected("greenhouse").splitlines()) in output
    assert output.endswith("\nAll is as it should be.\n")


def test_the_demonstration_fails_where_a_wrong_line_passes_or_a_right_one_does_not(
    runner: Runner, tmp_path: Path
) -> None:
    shutil.copytree(runner.examples, tmp_path / "examples", ignore=shutil.ignore_patterns(".*", "__pycache__"))
    client = tmp_path / "examples/greenhouse/wrong_calls.py.txt"
    text = client.read_text(encoding="utf-8")
    text = text.replace("world.advence(15)  # wrong", "world.advance(15)  # wrong")
    text = text.replace("world.advance(15).get()\n", "world.advance([]).get()\n")
    client.write_text(text, encoding="utf-8")
    output = Runner(tmp_path / "examples", runner.environment).run(".", "demo.py", status=1)
    failure = output.partition("FAILED: ")[2]
    for checker in ("mypy", "pyright"):
        assert re.search(rf"^ *{checker} accepts line \d+: world\.advance\(15\)$", failure, flags=re.MULTILINE)
        assert re.search(rf"^ *{checker} rejects line \d+, which is right: ", failure, flags=re.MULTILINE)
    assert len(failure.splitlines()) == 5
    assert "4/4" not in output
