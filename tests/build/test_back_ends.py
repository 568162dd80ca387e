"""Wheels and source archives of a small project, made by real back ends, hold its proxies and serve a client."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.build.packaged import (
    BACK_ENDS,
    CLIENT,
    GENERATOR,
    PROXIES,
    WRONG_CLIENT,
    Package,
    make_environment,
    names_in,
    only,
    run,
    write_package,
)

pytestmark = [pytest.mark.builds, pytest.mark.timeout(300)]

HOOKED = ("hatchling", "setuptools", "pdm")
WRONG_LINES = [5, 6, 7]


def lines_with_errors(report: str) -> list[int]:
    found = re.findall(r":(\d+)(?::\d+)?(?: -|:) error:", report)
    assert found or "0 errors" in report or "no issues found" in report, report
    return sorted({int(line) for line in found})


def check_with_mypy(python: Path, folder: Path, environment: Mapping[str, str], file: str) -> list[int]:
    done = run(
        *(sys.executable, "-m", "mypy", "--strict", "--config-file=", "--python-executable", python, file),
        folder=folder,
        environment=environment,
    )
    return lines_with_errors(done.text)


def check_with_pyright(python: Path, folder: Path, environment: Mapping[str, str], file: str) -> list[int]:
    (folder / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}', encoding="utf-8")
    done = run(sys.executable, "-m", "pyright", "--pythonpath", python, file, folder=folder, environment=environment)
    return lines_with_errors(done.text)


def serves_a_client(wheel: Path, folder: Path, environment: Mapping[str, str]) -> None:
    """Install a wheel where there is no generator, run a client of it, and have both type checkers check it."""
    folder.mkdir()
    python = make_environment(folder / "environment", environment, str(wheel))
    (folder / "client.py").write_text(CLIENT, encoding="utf-8")
    (folder / "wrong.py").write_text(WRONG_CLIENT, encoding="utf-8")

    generator = run(python, "-m", "typedactors", "generate", folder=folder, environment=environment)
    assert "the generator is not installed (missing: " in generator.text
    client = run(python, "client.py", folder=folder, environment=environment)
    assert (client.status, client.text) == (0, "measured\n")
    for check in (check_with_mypy, check_with_pyright):
        assert check(python, folder, environment, "client.py") == []
        assert check(python, folder, environment, "wrong.py") == WRONG_LINES


@pytest.mark.parametrize("back_end", HOOKED)
def test_isolated_builds_hold_the_proxies(back_end: str, tmp_path: Path, index: Mapping[str, str]) -> None:
    write_package(tmp_path / "project", back_end, requires=("depot",))
    package = Package(tmp_path / "project", index)

    built = package.build()
    assert built.status == 0, built.text
    wheel = only(package.folder / "dist", "*.whl")
    assert {f"src/{name}" for name in PROXIES} <= names_in(only(package.folder / "dist", "*.tar.gz"))
    assert {*PROXIES, "station/py.typed"} <= names_in(wheel)
    assert not [name for name in names_in(wheel) if "cache" in name]
    serves_a_client(wheel, tmp_path / "client", index)


@pytest.mark.parametrize("back_end", HOOKED)
def test_builds_without_isolation_hold_the_proxies(
    back_end: str, tmp_path: Path, index: Mapping[str, str], generator: Path
) -> None:
    write_package(tmp_path, back_end)  # without the dependency, which the environment has
    package = Package(tmp_path, index)

    options = ("--no-isolation", "--skip-dependency-check", "--sdist", "--wheel")
    printed = package.succeed(generator, "-m", "build", *options)

    assert {f"src/{name}" for name in PROXIES} <= names_in(only(tmp_path / "dist", "*.tar.gz"))
    assert set(PROXIES) <= names_in(only(tmp_path / "dist", "*.whl"))
    assert printed.count("wrote src/station/proxies.pyi") == 1  # by the first of two builds
    assert not (tmp_path / ".typedactors_cache").exists()


@pytest.mark.parametrize("isolated", [True, False], ids=["isolated", "not isolated"])
@pytest.mark.parametrize("back_end", HOOKED)
def test_an_editable_installation_generates_in_place(
    back_end: str, isolated: bool, tmp_path: Path, index: Mapping[str, str]
) -> None:
    folder = tmp_path / "project"
    write_package(folder, back_end, requires=("depot",) if isolated else ())
    package = Package(folder, index)
    # hatchling asks for editables only once a build is editable.
    developers = () if isolated else (GENERATOR, BACK_ENDS[back_end][0], "editables")
    python = make_environment(tmp_path / "environment", index, "depot", *developers)
    options = () if isolated else ("--no-build-isolation",)
    package.succeed(sys.executable, "-m", "uv", "pip", "install", "--python", python, *options, "--editable", folder)

    assert all(path.is_file() for path in package.proxies)
    assert "def read(self) -> _StationProxy_read" in package.proxies[1].read_text(encoding="utf-8")
    (tmp_path / "client.py").write_text(CLIENT, encoding="utf-8")
    client = run(python, "client.py", folder=tmp_path, environment=index)
    assert (client.status, client.text) == (0, "measured\n")


def test_pip_builds_in_isolation(tmp_path: Path, index: Mapping[str, str]) -> None:
    write_package(tmp_path, "hatchling", requires=("depot",))
    package = Package(tmp_path, index)

    package.succeed(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", "dist", ".")

    assert set(PROXIES) <= names_in(only(tmp_path / "dist", "*.whl"))


def test_uv_build_after_the_documented_command(tmp_path: Path, index: Mapping[str, str], generator: Path) -> None:
    write_package(tmp_path / "project", "uv")
    package = Package(tmp_path / "project", index)

    package.succeed(generator, "-m", "typedactors", "generate")
    package.succeed(sys.executable, "-m", "uv", "build", "--quiet")

    wheel = only(package.folder / "dist", "*.whl")
    assert {f"src/{name}" for name in PROXIES} <= names_in(only(package.folder / "dist", "*.tar.gz"))
    assert set(PROXIES) <= names_in(wheel)
    serves_a_client(wheel, tmp_path / "client", index)
