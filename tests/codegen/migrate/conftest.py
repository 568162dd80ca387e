"""A code base for Pykka in a temporary folder, and the command run on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from typedactors_codegen import cli


@dataclass(frozen=True)
class Migrated:
    """What the command answered."""

    status: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class CodeBase:
    """A folder with sources; texts are written and read as they are, line ends included."""

    path: Path
    capsys: pytest.CaptureFixture[str]

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())

    def read(self, name: str) -> str:
        return (self.path / name).read_bytes().decode()

    def files(self) -> dict[str, bytes]:
        found = (path for path in self.path.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return {path.relative_to(self.path).as_posix(): path.read_bytes() for path in found}

    def migrate(self, *arguments: str) -> Migrated:
        self.capsys.readouterr()
        status = cli.main(["migrate", *(arguments or (".",))])
        captured = self.capsys.readouterr()
        return Migrated(status, captured.out, captured.err)


@pytest.fixture
def code_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CodeBase:
    monkeypatch.chdir(tmp_path)
    return CodeBase(tmp_path, capsys)


Rewrite = Callable[[str], tuple[str, list[str]]]


@pytest.fixture
def rewrite(code_base: CodeBase) -> Rewrite:
    """Migrate one file, its proxy classes kept; the text, and the remarks without their remedies.

    Each use makes sure of two things beside: that `--diff` writes nothing, and that a second run changes nothing.
    """

    def run(text: str) -> tuple[str, list[str]]:
        code_base.write({"program.py": text})
        code_base.migrate("--diff", "--keep-classes", "program.py")
        assert code_base.read("program.py") == text
        first = code_base.migrate("--keep-classes", "program.py")
        after = code_base.files()
        code_base.migrate("--keep-classes", "program.py")
        assert code_base.files() == after
        remarks = [line for line in first.stderr.splitlines()[:-1] if not line.startswith("  remedy")]
        return code_base.read("program.py"), remarks

    return run
