"""mypy and pyright accept what is right and reject, line by line, what is wrong."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import typedactors

HERE = Path(__file__).parent
# Where the package under test is, unless that is where the checkers look by themselves.
PACKAGE = Path(typedactors.__file__).resolve().parent.parent
EXTRA_PATHS = [] if Path(sysconfig.get_path("purelib")).resolve() == PACKAGE else [str(PACKAGE)]

pytestmark = [pytest.mark.checkers, pytest.mark.timeout(300)]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with copies of the files, so that no configuration of this project has a say."""
    shutil.copy(HERE / "accepted_runtime.py", tmp_path)
    shutil.copy(HERE / "rejected" / "runtime.py", tmp_path / "rejected_runtime.py")
    return tmp_path


def run_mypy(project: Path, file: str) -> dict[int, list[str]]:
    """Return the codes of mypy's errors by line."""
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-error-summary", "--no-pretty"]
    command += ["--no-incremental", "--show-error-codes", "--hide-error-context", file]
    environment = {**os.environ, "MYPYPATH": os.pathsep.join(EXTRA_PATHS)}
    result = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert result.stderr == ""
    found: dict[int, list[str]] = {}
    for line in result.stdout.splitlines():
        match = re.fullmatch(r"(?P<file>[^:]+):(?P<line>\d+): (error: .*\[(?P<code>[a-z-]+)\]|note: .*)", line)
        assert match is not None, line
        if match["code"]:
            assert match["file"] == file, line
            found.setdefault(int(match["line"]), []).append(match["code"])
    return found


def run_pyright(project: Path, file: str) -> dict[int, list[str]]:
    """Return the rules of pyright's errors by line."""
    configuration = {
        "include": [file],
        "extraPaths": EXTRA_PATHS,
        "typeCheckingMode": "strict",
        # The wrong lines stand alone, and what they give is of no use.
        "reportUnusedExpression": "none",
        "reportUnusedCoroutine": "none",
        "reportUnknownMemberType": "none",
        "reportUnknownVariableType": "none",
        "reportUnknownArgumentType": "none",
    }
    (project / "pyrightconfig.json").write_text(json.dumps(configuration), encoding="utf-8")
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    environment = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    result = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert result.stdout, result.stderr
    found: dict[int, list[str]] = {}
    for message in json.loads(result.stdout)["generalDiagnostics"]:
        assert Path(message["file"]).name == file, message
        assert message["severity"] == "error", message
        found.setdefault(message["range"]["start"]["line"] + 1, []).append(message["rule"])
    return found


def recorded(project: Path) -> dict[int, tuple[list[str], list[str]]]:
    """Return the recorded mypy codes and pyright rules by line."""
    found: dict[int, tuple[list[str], list[str]]] = {}
    for number, line in enumerate((project / "rejected_runtime.py").read_text(encoding="utf-8").splitlines(), start=1):
        if match := re.search(r"  # ([a-z -]+), (report[\w ]+)$", line):
            found[number] = (match[1].split(), match[2].split())
    assert len(found) > 30
    return found


def test_mypy_accepts_what_is_right(project: Path) -> None:
    assert run_mypy(project, "accepted_runtime.py") == {}


def test_pyright_accepts_what_is_right(project: Path) -> None:
    assert run_pyright(project, "accepted_runtime.py") == {}


def test_mypy_rejects_each_wrong_line_and_no_other(project: Path) -> None:
    assert run_mypy(project, "rejected_runtime.py") == {line: codes for line, (codes, _) in recorded(project).items()}


def test_pyright_rejects_each_wrong_line_and_no_other(project: Path) -> None:
    assert run_pyright(project, "rejected_runtime.py") == {
        line: rules for line, (_, rules) in recorded(project).items()
    }
