"""The check that no file of the repository names a folder of somebody's machine."""

from __future__ import annotations

from pathlib import Path

import pytest

import machine_paths


@pytest.mark.parametrize("folder", ["root", "home/someone", "Users/someone", "tmp", "work", "workspace"])
def test_a_path_of_one_machine_is_found_with_its_line(folder: str, tmp_path: Path) -> None:
    path = tmp_path / "file.md"
    path.write_text(f"first\nsee /{folder}/project/file.py\n", encoding="utf-8")

    assert list(machine_paths.find_in(path)) == [(2, f"/{folder}/project")]


@pytest.mark.parametrize("text", ["https://example.org/home/page", "src/work/file", "/usr/bin/python3", "a /tmp file"])
def test_what_is_on_each_machine_or_no_path_is_not_found(text: str, tmp_path: Path) -> None:
    path = tmp_path / "file.md"
    path.write_text(text, encoding="utf-8")

    assert list(machine_paths.find_in(path)) == []


def test_a_file_that_is_not_text_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "image.png"
    path.write_bytes(b"\x89PNG\xff " + b"/".join([b"", b"root", b"project"]))

    assert list(machine_paths.find_in(path)) == []


def test_without_git_each_file_but_those_of_tools_is_looked_at(tmp_path: Path) -> None:
    for name in ("a.py", "package/b.py", ".nox/tests/c.py", "package/__pycache__/d.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    assert {path.name for path in machine_paths.repository_files(tmp_path)} == {"a.py", "b.py"}
