"""What the wheel and the source archive hold, and what they must not hold."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path, PurePosixPath

import pytest

import machine_paths
from tests.build.conftest import build

PACKAGES = {"typedactors": "typedactors", "typedactors_codegen": "codegen/typedactors_codegen"}


def files_below(folder: Path) -> set[str]:
    """Return the files of a package's folder, without what Python caches there."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if "__pycache__" not in path.parts}


def names_in_wheel(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def names_in_source_archive(archive: Path) -> set[str]:
    with tarfile.open(archive) as file:
        names = [PurePosixPath(member.name) for member in file.getmembers() if member.isfile()]
    return {PurePosixPath(*name.parts[1:]).as_posix() for name in names}


@pytest.mark.parametrize("package", PACKAGES)
def test_the_wheel_holds_every_file_of_both_packages(package: str, repository: Path, wheel: Path) -> None:
    expected = {f"{package}/{name}" for name in files_below(repository / PACKAGES[package])}

    assert f"{package}/py.typed" in expected
    assert {name for name in names_in_wheel(wheel) if name.startswith(f"{package}/")} == expected


def test_the_wheel_holds_the_templates(wheel: Path) -> None:
    templates = {PurePosixPath(name).name for name in names_in_wheel(wheel) if "/templates/" in name}

    assert {"runtime.py.jinja", "stub.pyi.jinja"} <= templates


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    folders = {PurePosixPath(name).parts[0] for name in names_in_wheel(wheel)}

    assert {folder for folder in folders if not folder.endswith(".dist-info")} == set(PACKAGES)


def test_the_metadata_of_the_wheel_is_these_files(wheel: Path) -> None:
    names = {PurePosixPath(name) for name in names_in_wheel(wheel)}

    assert {PurePosixPath(*name.parts[1:]).as_posix() for name in names if name.parts[0].endswith(".dist-info")} == {
        "METADATA",
        "RECORD",
        "WHEEL",
        "entry_points.txt",
        "licenses/LICENSE",
    }


def test_the_source_archive_holds_the_repository(repository: Path, source_archive: Path) -> None:
    if not (repository / ".git").exists():
        pytest.skip("only Git can tell what belongs to the repository")
    expected = {path.relative_to(repository).as_posix() for path in machine_paths.repository_files(repository)}

    assert names_in_source_archive(source_archive) == expected | {"PKG-INFO"}


@pytest.mark.builds
@pytest.mark.timeout(240)
def test_the_tests_run_from_the_source_archive(source_archive: Path, tmp_path: Path) -> None:
    source = extract(source_archive, tmp_path)
    options = ("--quiet", "-p", "no:cacheprovider")
    for arguments in (("--collect-only", "tests"), ("tests/codegen/test_naming.py",)):
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *arguments],
            cwd=source,
            # Here it is the source that is tested, and not the installed wheel.
            env={name: value for name, value in os.environ.items() if name != "TYPEDACTORS_TEST_INSTALLED"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


def extract(archive: Path, folder: Path) -> Path:
    """Unpack a source archive; return the folder that it holds."""
    with tarfile.open(archive) as file:
        # Python 3.11.0 to 3.11.3, which Debian has, know no filters.
        file.extraction_filter = getattr(tarfile, "data_filter", lambda member, _path: member)
        file.extractall(folder)
    (source,) = folder.iterdir()
    return source


def test_a_wheel_built_from_the_source_archive_is_the_same(wheel: Path, source_archive: Path, tmp_path: Path) -> None:
    build(extract(source_archive, tmp_path / "source"), tmp_path / "built")
    (again,) = (tmp_path / "built").glob("*.whl")

    with zipfile.ZipFile(wheel) as first, zipfile.ZipFile(again) as second:
        assert {name: first.read(name) for name in first.namelist()} == {
            name: second.read(name) for name in second.namelist()
        }


def test_the_metadata_asks_for_nothing_without_the_extra(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = message_from_bytes(archive.read(name))
    requirements: list[str] = metadata.get_all("Requires-Dist", [])

    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Requires-Python"] == ">=3.11"
    assert requirements
    assert [requirement for requirement in requirements if "; extra == '" not in requirement] == []
