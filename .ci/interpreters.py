"""Finds the CPython interpreters of this machine, for the sessions that run once on each.

Only ``noxfile.py`` and the tests import this module. It looks where Pythons are put on PATH, by pyenv, by uv and by
hand, and asks each candidate what it is: a name is not proof (pyenv's shims have names of versions that are switched
off).
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, MutableMapping

# A session's packages need these; a Python that was compiled without their libraries cannot run the tests.
_QUESTION = """
import ctypes, json, ssl, sys, sysconfig, zlib
print(json.dumps({
    "implementation": sys.implementation.name,
    "version": list(sys.version_info[:3]),
    "is_final": sys.version_info.releaselevel == "final",
    "has_gil": not sysconfig.get_config_var("Py_GIL_DISABLED"),
    "executable": sys.executable,
}))
"""


@dataclasses.dataclass(frozen=True, order=True)
class Interpreter:
    """A CPython that answered; ordered so that the one to prefer for a version is the greatest."""

    has_gil: bool
    is_final: bool
    version: tuple[int, ...]
    executable: str

    @property
    def minor_version(self) -> str:
        """The name that a session bears: ``3.12``."""
        return ".".join(map(str, self.version[:2]))


def find(versions: Iterable[str], variables: Mapping[str, str] = os.environ) -> dict[str, Interpreter]:
    """Find one interpreter for each of ``versions`` that is installed.

    Args:
        versions: the minor versions to look for, such as ``"3.12"``.
        variables: the environment whose PATH, HOME, PYENV_ROOT and UV_PYTHON_INSTALL_DIR say where to look.

    Returns:
        For each version that was found, its best interpreter: a release rather than a pre-release, with the GIL rather
        than without, then the newest.
    """
    found: dict[str, Interpreter] = {}
    for version in versions:
        answers = [answer for path in _candidates(version, variables) if (answer := ask(path)) is not None]
        matching = [answer for answer in answers if answer.minor_version == version]
        if matching:
            found[version] = max(matching)
    return found


def ask(path: Path) -> Interpreter | None:
    """Run the interpreter at ``path`` and return what it is; None where it is no usable CPython."""
    try:
        result = subprocess.run(
            [path, "-I", "-c", _QUESTION],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
        answer = json.loads(result.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    if result.returncode != 0 or answer["implementation"] != "cpython":
        return None
    return Interpreter(answer["has_gil"], answer["is_final"], tuple(answer["version"]), answer["executable"])


def put_on_path(interpreters: Mapping[str, Interpreter], directory: Path, variables: MutableMapping[str, str]) -> None:
    """Link each interpreter as ``pythonX.Y`` into ``directory``, and put that first on PATH, where nox looks."""
    directory.mkdir(parents=True, exist_ok=True)
    for stale in directory.iterdir():
        stale.unlink()
    for version, interpreter in interpreters.items():
        (directory / f"python{version}").symlink_to(interpreter.executable)
    variables["PATH"] = os.pathsep.join([str(directory), variables.get("PATH", os.defpath)])


def _candidates(version: str, variables: Mapping[str, str]) -> Iterator[Path]:
    seen: set[Path] = set()
    for path in _places(version, variables):
        if not path.is_file():
            continue
        resolved = path.resolve()
        if resolved not in seen:
            seen.add(resolved)
            yield path


def _places(version: str, variables: Mapping[str, str]) -> Iterator[Path]:
    name = f"python{version}"
    # The interpreter that runs this, in its base installation when it is in an environment.
    yield Path(sys.base_prefix) / "bin" / name
    for entry in [*variables.get("PATH", os.defpath).split(os.pathsep), "/usr/bin", "/usr/local/bin"]:
        # pyenv's shims only repeat what is below, at the price of a shell each.
        if entry and Path(entry).name != "shims":
            yield Path(entry) / name
    home = Path(variables.get("HOME", "~")).expanduser()
    roots = [
        (Path(variables.get("PYENV_ROOT") or home / ".pyenv") / "versions", f"{version}*"),
        (Path(variables.get("UV_PYTHON_INSTALL_DIR") or home / ".local/share/uv/python"), f"cpython-{version}*"),
        (Path("/opt"), "*"),
        (Path("/opt/python"), "*"),
    ]
    for root, pattern in roots:
        if root.is_dir():
            for folder in sorted(root.glob(pattern)):
                yield folder / "bin" / name
