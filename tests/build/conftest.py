"""The distributions of this checkout, built once for the tests of this folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.build import packaged


@pytest.fixture(scope="session")
def distributions(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive."""
    folder = tmp_path_factory.mktemp("distributions")
    build(repository, folder)
    return folder


@pytest.fixture(scope="session")
def wheel(distributions: Path) -> Path:
    """The built wheel."""
    (path,) = distributions.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def source_archive(distributions: Path) -> Path:
    """The built source archive."""
    (path,) = distributions.glob("*.tar.gz")
    return path


@pytest.fixture(scope="session")
def index(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The environment variables with which an installer finds this checkout's wheel, and what a project depends on."""
    folder = tmp_path_factory.mktemp("index")
    shutil.copy(wheel, folder)
    source = tmp_path_factory.mktemp("depot")
    packaged.write_dependency(source)
    build(source, folder, "--target", "wheel")
    return packaged.environment_with(folder)


@pytest.fixture(scope="session")
def generator(index: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a developer's environment: the generator, the project's dependency, and all back ends."""
    folder = tmp_path_factory.mktemp("developer") / "environment"
    back_ends = [requirement for requirement, _, _ in packaged.BACK_ENDS.values()]
    return packaged.make_environment(folder, index, packaged.GENERATOR, "depot", "build", "pip", "wheel", *back_ends)


def build(source: Path, target: Path, *options: str) -> None:
    """Build the wheel and the source archive of ``source`` into ``target``."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", str(target), *options],
        cwd=source,
        stdin=subprocess.DEVNULL,
        check=True,
    )
