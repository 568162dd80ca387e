"""A small project with an actor, packaged with each back end, and the environments to build and to use it in.

``conftest`` and the tests of the build step import it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import typedactors

GENERATOR = f"typedactors[codegen]=={typedactors.__version__}"
PROXIES = ("station/proxies.py", "station/proxies.pyi")

ACTORS = '''\
from depot import Reading
from typedactors import ThreadingActor


class Station(ThreadingActor):
    """Measures."""

    def __init__(self) -> None:
        super().__init__()
        self.last = Reading(0.0)

    def read(self, offset: float = 0.0) -> Reading:
        self.last = Reading(20.0 + offset)
        return self.last

    def rename(self, name: str) -> str:
        return name.upper()
'''
CLIENT = """\
from station.actors import Station
from station.proxies import StationProxy

station = Station.start().proxy(StationProxy)
celsius: float = station.read(offset=1.5).get().celsius
name: str = station.rename("north").get()
assert (celsius, name) == (21.5, "NORTH")
station.stop().get()
print("measured")
"""
WRONG_CLIENT = """\
from station.actors import Station
from station.proxies import StationProxy

station = Station.start().proxy(StationProxy)
text: str = station.read().get().celsius
station.rename(3)
station.rnam("north")
"""
OUTPUTS = """
[tool.typedactors.outputs]
"station.proxies" = ["station.actors"]
"""
PROJECT = """
[project]
name = "station"
version = "1.0"
requires-python = ">=3.11"
dependencies = ["typedactors", "depot"]
"""
# The back end's requirement, its name, and what the project says to it.
BACK_ENDS = {
    "hatchling": ("hatchling>=1.27", "hatchling.build", "[tool.hatch.build.hooks.typedactors]\n"),
    "setuptools": ("setuptools>=69", "setuptools.build_meta", ""),
    "pdm": ("pdm-backend>=2.4", "pdm.backend", "[tool.pdm]\ndistribution = true\n"),
    "uv": ("uv_build>=0.8,<1", "uv_build", ""),
}


@dataclass(frozen=True)
class Result:
    """How a command ended, and all that it printed."""

    status: int
    text: str


@dataclass(frozen=True)
class Package:
    """One project on disk."""

    folder: Path
    environment: Mapping[str, str] = field(repr=False)

    @property
    def proxies(self) -> list[Path]:
        return [self.folder / "src" / name for name in PROXIES]

    @property
    def actors(self) -> Path:
        return self.folder / "src/station/actors.py"

    def run(self, *command: str | Path) -> Result:
        """Run a command in the project's folder."""
        return run(*command, folder=self.folder, environment=self.environment)

    def succeed(self, *command: str | Path) -> str:
        """Run a command that must succeed; return what it printed."""
        result = self.run(*command)
        assert result.status == 0, result.text
        return result.text

    def build(self, *options: str) -> Result:
        """Build into ``dist`` with the installer that is quick."""
        return self.run(sys.executable, "-m", "build", "--installer", "uv", *options)


def run(*command: str | Path, folder: Path, environment: Mapping[str, str]) -> Result:
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=240,
    )
    return Result(done.returncode, done.stdout)


def write_package(folder: Path, back_end: str, *, requires: tuple[str, ...] = (), more: str = "") -> None:
    """Write the project; ``requires`` is what its build requires beside the back end and the generator."""
    requirement, name, settings = BACK_ENDS[back_end]
    needed = [requirement, *([] if back_end == "uv" else [GENERATOR]), *requires]
    system = f'[build-system]\nrequires = {list(needed)!r}\nbuild-backend = "{name}"\n'
    package = folder / "src" / "station"
    package.mkdir(parents=True)
    (folder / "pyproject.toml").write_text(system + PROJECT + settings + more + OUTPUTS, encoding="utf-8")
    (folder / ".gitignore").write_text("src/station/proxies.py*\n/dist/\n", encoding="utf-8")
    (package / "__init__.py").touch()
    (package / "py.typed").touch()
    (package / "actors.py").write_text(ACTORS, encoding="utf-8")


def write_dependency(folder: Path) -> None:
    """Write the project that the other one depends on."""
    (folder / "depot").mkdir(parents=True)
    (folder / "depot" / "py.typed").touch()
    (folder / "depot" / "__init__.py").write_text(
        "class Reading:\n    def __init__(self, celsius: float) -> None:\n        self.celsius = celsius\n",
        encoding="utf-8",
    )
    (folder / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        '[project]\nname = "depot"\nversion = "1.0"\n',
        encoding="utf-8",
    )


def environment_with(folder: Path) -> dict[str, str]:
    """The environment variables with which pip and uv find the wheels in a folder, and the index that pip uses."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    found = " ".join([*environment.get("PIP_FIND_LINKS", "").split(), str(folder)])
    environment |= {"PIP_FIND_LINKS": found, "UV_FIND_LINKS": found.replace(" ", ","), "UV_PYTHON_DOWNLOADS": "never"}
    environment |= {"NO_COLOR": "1", "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    for pip, uv in (("PIP_INDEX_URL", "UV_DEFAULT_INDEX"), ("PIP_NO_INDEX", "UV_NO_INDEX")):
        if pip in environment:
            environment.setdefault(uv, environment[pip])
    # build asks PATH for uv.
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]])
    return environment


def make_environment(folder: Path, environment: Mapping[str, str], *requirements: str) -> Path:
    """Make a virtual environment with some distributions in it; return its interpreter."""
    uv = [sys.executable, "-m", "uv"]
    python = folder / "bin" / "python"
    commands: list[list[str | Path]] = [[*uv, "venv", "--quiet", "--python", sys.executable, folder]]
    if requirements:
        commands.append([*uv, "pip", "install", "--quiet", "--python", python, *requirements])
    for command in commands:
        done = run(*command, folder=folder.parent, environment=environment)
        assert done.status == 0, done.text
    return python


def names_in(archive: Path) -> set[str]:
    """The files of a wheel or a source archive, the latter without its folder."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return set(wheel.namelist())
    with tarfile.open(archive) as source:
        names = [PurePosixPath(member.name) for member in source.getmembers() if member.isfile()]
    return {PurePosixPath(*name.parts[1:]).as_posix() for name in names}


def only(folder: Path, pattern: str) -> Path:
    """The one file of that pattern."""
    (path,) = folder.glob(pattern)
    return path
