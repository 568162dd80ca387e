"""The distributions of this checkout, built once for the tests of this folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


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


def build(source: Path, target: Path) -> None:
    """Build the wheel and the source archive of ``source`` into ``target``."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", str(target)],
        cwd=source,
        stdin=subprocess.DEVNULL,
        check=True,
    )
