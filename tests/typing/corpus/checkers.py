"""The six type checkers: how each is run over a folder, and how its answer is read, line by line.

Each is run once for all files. Only what it calls an error counts; what it warns of does not. The tests of this folder
import it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

PLAIN = re.compile(r"^(?P<path>[^\s:][^:]*\.pyi?):(?P<line>\d+):(?:\d+:)?(?: error:)? (?P<text>.*)$")
PYREFLY = re.compile(r"^(?P<level>\w+) (?P<path>[^\s:][^:]*\.pyi?):(?P<line>\d+):\S* (?P<text>.*)$")


@dataclass(frozen=True, order=True)
class Complaint:
    """One error of a checker's."""

    path: str
    line: int
    text: str


@dataclass(frozen=True)
class Checker:
    """One type checker.

    Args:
        name: what it is called, in the tables and on PyPI.
        prepare: writes its configuration for a version of the language into a directory, if it wants one.
        command: its arguments, for that version and the packages to look at.
        parse: its output to its errors, with paths relative to the directory or absolute.
        mode: how strictly it is run, in words.
    """

    name: str
    mode: str
    prepare: Callable[[Path, str], None]
    command: Callable[[str, Sequence[str]], list[str]]
    parse: Callable[[str], list[Complaint]]

    @property
    def version(self) -> str:
        """Its installed version."""
        return version_of(self.name)

    def run(self, directory: Path, version: str, packages: Sequence[str]) -> list[Complaint]:
        """Check the packages in a directory; return the errors in them, with paths relative to it.

        Raises:
            AssertionError: it did not run to its end.
        """
        self.prepare(directory, version)
        done = subprocess.run(
            self.command(version, packages),
            cwd=directory,
            env={**os.environ, "NO_COLOR": "1", "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode in (0, 1), f"{self.name}: {done.stdout}\n{done.stderr}"
        found: list[Complaint] = []
        for complaint in self.parse(done.stdout):
            path = Path(complaint.path)
            if path.is_absolute():
                path = path.resolve()
                if not path.is_relative_to(directory.resolve()):
                    continue
                path = path.relative_to(directory.resolve())
            found.append(Complaint(path.as_posix(), complaint.line, complaint.text))
        return sorted(found)


def _script(name: str) -> str:
    """The path of a console command of this Python's environment."""
    suffix = ".exe" if sys.platform == "win32" else ""
    return str(Path(sysconfig.get_path("scripts")) / f"{name}{suffix}")


def _plain(output: str) -> list[Complaint]:
    found: list[Complaint] = []
    for match in filter(None, map(PLAIN.match, output.splitlines())):
        if not match["text"].startswith(("note:", "warning", " note:", "info")):
            found.append(Complaint(match["path"], int(match["line"]), match["text"]))
    return found


def _mypy(output: str) -> list[Complaint]:
    records: list[dict[str, Any]] = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return [
        Complaint(each["file"], each["line"], f"{each['message']} [{each['code']}]")
        for each in records
        if each["severity"] == "error"
    ]


def _pyright(output: str) -> list[Complaint]:
    records: list[dict[str, Any]] = json.loads(output)["generalDiagnostics"]
    return [
        Complaint(each["file"], each["range"]["start"]["line"] + 1, f"{each['message']} [{each.get('rule', '')}]")
        for each in records
        if each["severity"] == "error" and "range" in each  # without one it is about the run as a whole
    ]


def _pyrefly(output: str) -> list[Complaint]:
    matches = filter(None, map(PYREFLY.match, output.splitlines()))
    return [Complaint(each["path"], int(each["line"]), each["text"]) for each in matches if each["level"] == "ERROR"]


def _nothing(directory: Path, version: str) -> None:
    """No configuration is wanted."""


def _write_pyright(directory: Path, version: str) -> None:
    settings = {"typeCheckingMode": "strict", "pythonVersion": version}
    (directory / "pyright.json").write_text(json.dumps(settings), encoding="utf-8")


def _write_basedpyright(directory: Path, version: str) -> None:
    settings = {
        "typeCheckingMode": "recommended",
        "pythonVersion": version,
        "reportDeprecated": "error",
        # What these concern is among the items: attributes that are only declared, old forms, mixins.
        "reportUninitializedInstanceVariable": False,
        "deprecateTypingAliases": False,
        "reportUnsafeMultipleInheritance": False,
        "reportMissingSuperCall": False,
    }
    (directory / "basedpyright.json").write_text(json.dumps(settings), encoding="utf-8")


def _write_pyrefly(directory: Path, version: str) -> None:
    (directory / "pyrefly.toml").write_text(
        f'python-version = "{version}"\npython-interpreter-path = {json.dumps(sys.executable)}\n'
        '[errors]\ndeprecated = "error"\n',
        encoding="utf-8",
    )


def _mypy_command(version: str, packages: Sequence[str]) -> list[str]:
    options = ["--strict", "--config-file=", f"--cache-dir={os.devnull}", "--enable-error-code=deprecated"]
    return [sys.executable, "-m", "mypy", *options, f"--python-version={version}", "--output=json", *packages]


def _pyright_command(version: str, packages: Sequence[str]) -> list[str]:
    return [_script("pyright"), "--outputjson", "--pythonpath", sys.executable, "--project", "pyright.json"]


def _basedpyright_command(version: str, packages: Sequence[str]) -> list[str]:
    options = ["--outputjson", "--pythonpath", sys.executable, "--level", "error"]
    return [_script("basedpyright"), *options, "--project", "basedpyright.json"]


def _ty_command(version: str, packages: Sequence[str]) -> list[str]:
    options = ["--output-format", "concise", "--python", sys.executable, "--error", "deprecated", "--no-progress"]
    return [_script("ty"), "check", *options, "--python-version", version, *packages]


def _pyrefly_command(version: str, packages: Sequence[str]) -> list[str]:
    return [_script("pyrefly"), "check", "--output-format", "min-text", "--summary=none", "--color", "never"]


def _zuban_command(version: str, packages: Sequence[str]) -> list[str]:
    options = ["--mode", "mypy", "--strict", "--enable-error-code", "deprecated", "--no-pretty"]
    return [
        _script("zuban"),
        "check",
        *options,
        "--python-version",
        version,
        "--python-executable",
        sys.executable,
        *packages,
    ]


CHECKERS = (
    Checker("mypy", "`--strict`", _nothing, _mypy_command, _mypy),
    Checker("pyright", "`strict`", _write_pyright, _pyright_command, _pyright),
    Checker(
        "basedpyright",
        "`recommended`, but for four rules about what the corpus has on purpose",
        _write_basedpyright,
        _basedpyright_command,
        _pyright,
    ),
    Checker("ty", "all rules at their own levels", _nothing, _ty_command, _plain),
    Checker("pyrefly", "its default preset", _write_pyrefly, _pyrefly_command, _pyrefly),
    Checker("zuban", "`--mode mypy --strict`", _nothing, _zuban_command, _plain),
)
