"""What an index and its users ask of a release: right metadata, the same bytes each time, and that it works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
from trove_classifiers import classifiers

import interpreters
import machine_paths
from tests.build.conftest import build

VERSIONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
USES_A_REFERENCE = """
from typedactors import ThreadingActor
class Greeter(ThreadingActor):
    def greet(self, name: str) -> str:
        return f"hello {name}"
greeter = Greeter.start().proxy()
print(greeter.greet("you").get())
greeter.stop()
"""


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return message_from_bytes(archive.read(name))


def test_twine_finds_nothing(distributions: Path) -> None:
    files = [str(path) for path in sorted(distributions.iterdir()) if path.name.startswith("typedactors-")]
    done = subprocess.run(
        [sys.executable, "-m", "twine", "check", "--strict", *files],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("PASSED") == len(files) == 2


def test_the_licence_is_an_expression_with_its_file(metadata: Message, repository: Path) -> None:
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata.get_all("License-File") == ["LICENSE"]
    assert metadata["License"] is None
    assert "Apache License" in (repository / "LICENSE").read_text(encoding="utf-8")


def test_the_classifiers_are_known_and_agree_with_the_rest(metadata: Message) -> None:
    named: list[str] = metadata.get_all("Classifier", [])

    assert set(named) <= classifiers
    assert len(named) == len(set(named))
    assert "Typing :: Typed" in named
    # Which the expression replaces.
    assert not [name for name in named if name.startswith("License ::")]
    assert next(name for name in VERSIONS if f"Programming Language :: Python :: {name}" in named) == "3.11"
    assert metadata["Requires-Python"] == ">=3.11"


def test_the_description_is_the_readme(metadata: Message, repository: Path) -> None:
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert metadata.get_payload() == (repository / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("epoch", [None, "1700000000"])
def test_two_builds_give_the_same_bytes(
    epoch: str | None, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if epoch is None:
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    else:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    for name, date, mask in (("first", 1_000_000_000, 0o022), ("second", 1_500_000_000, 0o077)):
        before = os.umask(mask)
        try:
            for path in machine_paths.repository_files(repository):
                copy = tmp_path / name / path.relative_to(repository)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
                os.utime(copy, (date, date))
            build(tmp_path / name, tmp_path / f"{name}-dist")
        finally:
            os.umask(before)

    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / f"{name}-dist").iterdir()} for name in ("first", "second")
    )
    assert len(first) == 2
    assert first == second


@pytest.mark.builds
@pytest.mark.parametrize("version", [pytest.param(each, id=each) for each in interpreters.find(VERSIONS)])
def test_it_installs_and_works_on_each_python(version: str, wheel: Path, tmp_path: Path) -> None:
    python = interpreters.find(VERSIONS)[version].executable
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    uv = [sys.executable, "-m", "uv"]
    program = tmp_path / "bin" / "python"
    for command in (
        [*uv, "venv", "--quiet", "--python", str(python), str(tmp_path)],
        [*uv, "pip", "install", "--quiet", "--no-index", "--python", str(program), str(wheel)],
    ):
        subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=True)
    done = subprocess.run(
        [str(program), "-I", "-W", "error", "-c", USES_A_REFERENCE],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("hello you\n", "")
