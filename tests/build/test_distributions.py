"""What the wheel and the source archive hold, and what they must not hold."""

from __future__ import annotations

import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path, PurePosixPath

import pytest

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


def test_the_source_archive_holds_both_packages_and_no_tests(repository: Path, source_archive: Path) -> None:
    names = names_in_source_archive(source_archive)
    expected = {f"{folder}/{name}" for folder in PACKAGES.values() for name in files_below(repository / folder)}

    assert expected <= names
    assert {"LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml", "PKG-INFO"} <= names
    assert {PurePosixPath(name).parts[0] for name in names if "/" in name} == {"typedactors", "codegen"}


def test_a_wheel_built_from_the_source_archive_is_the_same(wheel: Path, source_archive: Path, tmp_path: Path) -> None:
    with tarfile.open(source_archive) as file:
        # Python 3.11.0 to 3.11.3, which Debian has, know no filters.
        file.extraction_filter = getattr(tarfile, "data_filter", lambda member, _path: member)
        file.extractall(tmp_path / "source")
    (source,) = (tmp_path / "source").iterdir()
    build(source, tmp_path / "built")
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
    extras = ("extra == 'codegen'", "extra == 'watch'")
    assert all(any(extra in requirement for extra in extras) for requirement in requirements)
