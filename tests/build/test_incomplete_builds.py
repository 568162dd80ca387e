"""Builds that cannot know every type are refused with the fix, or take what was committed: they never make an Any."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.build.packaged import PROXIES, Package, names_in, only, write_package

pytestmark = [pytest.mark.builds, pytest.mark.timeout(300)]


@pytest.mark.parametrize("editable", [False, True], ids=["regular", "editable"])
@pytest.mark.parametrize("back_end", ["hatchling", "setuptools", "pdm"])
def test_an_isolated_build_without_the_dependencies_is_refused(
    back_end: str, editable: bool, tmp_path: Path, index: Mapping[str, str]
) -> None:
    write_package(tmp_path, back_end)
    package = Package(tmp_path, index)

    if editable:
        target = ("--target", tmp_path / "environment", "--editable", tmp_path)
        built = package.run(sys.executable, "-m", "uv", "pip", "install", *target)
    else:
        built = package.build("--wheel")

    assert built.status != 0
    shown = " ".join(built.text.split())  # uv breaks lines
    assert "because the module depot cannot be found here" in shown
    assert "add what installs the module depot to build-system.requires" in shown
    assert "--no-isolation" in shown
    assert ("require-runtime-dependencies" in shown) == (back_end == "hatchling")
    assert 'File "' not in shown.partition("typedactors: the proxies")[2]
    assert not any(path.exists() for path in package.proxies)


def test_hatchling_installs_the_dependencies_if_told(tmp_path: Path, index: Mapping[str, str]) -> None:
    write_package(tmp_path, "hatchling", more="require-runtime-dependencies = true\n")
    package = Package(tmp_path, index)

    built = package.build("--wheel")

    assert built.status == 0, built.text
    assert set(PROXIES) <= names_in(only(tmp_path / "dist", "*.whl"))


def test_committed_proxies_are_taken_where_all_that_is_known_agrees(
    tmp_path: Path, index: Mapping[str, str], generator: Path
) -> None:
    write_package(tmp_path, "setuptools")
    package = Package(tmp_path, index)
    package.succeed(generator, "-m", "typedactors", "generate")
    before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in package.proxies]

    built = package.build()

    assert built.status == 0, built.text
    assert "the generated files are taken as they are on disk" in built.text
    assert set(PROXIES) <= names_in(only(tmp_path / "dist", "*.whl"))
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in package.proxies] == before
    assert b"Future[Reading]" in before[1][0]

    package.actors.write_text(
        re.sub(r"offset: float = 0\.0", "offset: float = 0.5", package.actors.read_text(encoding="utf-8")),
        encoding="utf-8",
    )
    stale = package.build("--wheel")
    assert stale.status != 0
    assert "src/station/proxies.pyi is not what its sources give now" in stale.text
    assert "add what installs the module depot" in stale.text


def test_a_setuptools_that_would_drop_the_types_is_refused(tmp_path: Path, index: Mapping[str, str]) -> None:
    write_package(tmp_path, "setuptools", requires=("depot",))
    settings = (tmp_path / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(settings.replace("setuptools>=69", "setuptools<69"), encoding="utf-8")

    built = Package(tmp_path, index).build("--wheel")

    assert built.status != 0
    assert "would leave the types out of the wheel" in built.text
    assert '"setuptools>=69"' in built.text
