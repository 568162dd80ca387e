"""Which interpreters the sessions find: real ones only, and the best of each version."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import interpreters

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture
def nowhere(tmp_path: Path) -> dict[str, str]:
    """An environment whose PATH, home and tools' folders are empty."""
    return {"PATH": str(tmp_path / "path"), "HOME": str(tmp_path / "home")}


def test_the_interpreter_that_runs_is_found_without_any_path(nowhere: dict[str, str]) -> None:
    found = interpreters.find([VERSION], nowhere)

    assert found[VERSION].version[:2] == sys.version_info[:2]


def test_a_version_that_is_not_installed_is_not_found(nowhere: dict[str, str]) -> None:
    assert interpreters.find(["3.99"], nowhere) == {}


def fake(path: Path, version: str, *, implementation: str = "cpython", final: str = "true", gil: str = "true") -> str:
    """Write a program that answers like an interpreter, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    numbers = version.replace(".", ", ")
    answer = (
        f'{{"implementation": "{implementation}", "version": [{numbers}], "is_final": {final}, "has_gil": {gil}, '
        f'"executable": "{path}"}}'
    )
    path.write_text(f"#!/bin/sh\necho '{answer}'\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    "place",
    [
        "path/python3.99",
        "home/.pyenv/versions/3.99.1/bin/python3.99",
        "home/.local/share/uv/python/cpython-3.99.1-linux-x86_64-gnu/bin/python3.99",
    ],
)
def test_an_interpreter_is_found_where_pythons_are_put(place: str, tmp_path: Path, nowhere: dict[str, str]) -> None:
    path = fake(tmp_path / place, "3.99.1")

    assert interpreters.find(["3.99"], nowhere)["3.99"].executable == path


def test_a_release_with_the_gil_is_preferred_and_then_the_newest(tmp_path: Path, nowhere: dict[str, str]) -> None:
    versions = tmp_path / "home" / ".pyenv" / "versions"
    fake(versions / "3.99.1" / "bin" / "python3.99", "3.99.1")
    best = fake(versions / "3.99.10" / "bin" / "python3.99", "3.99.10")
    fake(versions / "3.99.11t" / "bin" / "python3.99", "3.99.11", gil="false")
    fake(versions / "3.99.12rc1" / "bin" / "python3.99", "3.99.12", final="false")

    assert interpreters.find(["3.99"], nowhere)["3.99"].executable == best


def test_another_implementation_or_version_and_a_broken_program_are_not_found(
    tmp_path: Path, nowhere: dict[str, str]
) -> None:
    versions = tmp_path / "home" / ".pyenv" / "versions"
    fake(versions / "3.99.1" / "bin" / "python3.99", "3.99.1", implementation="pypy")
    fake(versions / "3.99.2" / "bin" / "python3.99", "3.98.2")
    broken = versions / "3.99.3" / "bin" / "python3.99"
    broken.parent.mkdir(parents=True)
    broken.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    broken.chmod(0o755)

    assert interpreters.find(["3.99"], nowhere) == {}


def test_what_was_found_is_put_first_on_path_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    links = tmp_path / "links"
    variables = {"PATH": "/usr/bin"}
    here = interpreters.ask(Path(sys.executable))
    assert here is not None

    interpreters.put_on_path({"3.98": here, "3.99": here}, links, {})
    interpreters.put_on_path({"3.99": here}, links, variables)

    assert variables["PATH"] == f"{links}:/usr/bin"
    assert [link.name for link in links.iterdir()] == ["python3.99"]
    assert interpreters.ask(links / "python3.99") is not None
