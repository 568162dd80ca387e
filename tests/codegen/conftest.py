"""A project in a temporary folder, and the command run on it: in this process, or in its own."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from typedactors_codegen import cli

PYPROJECT = """\
[tool.typedactors.outputs]
"hub.proxies" = ["hub.actors"]
"""
COUNTER = """\
from typedactors import ThreadingActor


class Counter(ThreadingActor):
    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def add(self, number: int = 1) -> int:
        self.count += number
        return self.count
"""


@dataclass(frozen=True)
class Result:
    status: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Project:
    """A folder with sources; `run` is quick, `run_process` is what a user does."""

    path: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    counter: str = COUNTER

    @property
    def stub(self) -> Path:
        return self.path / "src/hub/proxies.pyi"

    @property
    def runtime(self) -> Path:
        return self.path / "src/hub/proxies.py"

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), encoding="utf-8")

    def run(self, *arguments: str) -> Result:
        self.monkeypatch.chdir(self.path)
        self.capsys.readouterr()
        status = cli.main(arguments)
        captured = self.capsys.readouterr()
        return Result(status, captured.out, captured.err)

    def run_process(self, *arguments: str, prefix: Sequence[str] = ()) -> Result:
        command = [*prefix, sys.executable, "-m", "typedactors", *arguments]
        return self.execute(command)

    def run_python(self, code: str, *, path: Sequence[str] = ("src",)) -> Result:
        """Run a program in the project, with its folders on the path."""
        return self.execute([sys.executable, "-c", textwrap.dedent(code)], path=path)

    def execute(self, command: Sequence[str], *, path: Sequence[str] = ()) -> Result:
        folders = [str(self.path / folder) for folder in path]
        inherited = [entry for entry in [os.environ.get("PYTHONPATH")] if entry]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*folders, *inherited])}
        if path:
            environment["MYPYPATH"] = os.pathsep.join(folders)
        done = subprocess.run(
            command, cwd=self.path, env=environment, capture_output=True, text=True, check=False, timeout=120
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def files(self) -> dict[str, bytes]:
        """All files but mypy's cache, to see that nothing was changed or left behind."""
        return {
            str(path.relative_to(self.path)): path.read_bytes()
            for path in sorted(self.path.rglob("*"))
            if path.is_file() and not {".typedactors_cache", "__pycache__"}.intersection(path.parts)
        }


@pytest.fixture
def empty_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Project:
    return Project(tmp_path, monkeypatch, capsys)


@pytest.fixture
def project(empty_project: Project) -> Project:
    """One package with one actor, configured and not yet generated."""
    empty_project.write({"pyproject.toml": PYPROJECT, "src/hub/__init__.py": "", "src/hub/actors.py": COUNTER})
    return empty_project
