"""Gives ``noxfile.py`` a nox of its own, so that one command works on a machine that has only Python.

``python3 noxfile.py`` calls `run_nox`. It makes a private environment inside the checkout, installs nox there, and
replaces the running process by that nox. The system's Python is never written to, so an externally managed one will do.

Only ``noxfile.py`` and the tests import this module, and it imports only the standard library: it runs before anything
has been installed. An environment counts as made when its marker file says so, and the marker is written last: a set-up
that was interrupted is done again from the start.
"""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import importlib.util
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

OLDEST_PYTHON = (3, 11)

# Ranges, not exact versions: a mirror of the package index need not carry every release, and the next major release of
# either may change what the noxfile relies on.
REQUIREMENTS = ("nox>=2025.5.1,<2027", "uv>=0.8,<1")

# Each of these would send an installation somewhere else than into the private environment.
_MISLEADING_VARIABLES = ("PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV", "PIP_TARGET", "PIP_USER", "PYTHONHOME", "PYTHONPATH")

# pip reads these and uv does not: where one is set, only pip reaches the index that the machine's owner chose.
_PIP_INDEX_VARIABLES = ("PIP_INDEX_URL", "PIP_NO_INDEX")


class SetupError(Exception):
    """The private environment could not be made. The message says what was tried and what to do."""


class StepError(Exception):
    """One way of making the environment did not work; the next one is tried."""


@dataclasses.dataclass(frozen=True)
class Machine:
    """What this machine offers for making an environment. Tests describe other machines with it."""

    has_ensurepip: bool
    has_pip: bool
    has_virtualenv: bool
    package_manager: tuple[str, ...]
    """The command that installs a system package without asking a question; empty where there is none."""

    @classmethod
    def inspect(cls) -> Machine:
        """Describe the machine that runs this code, for the interpreter that runs this code."""
        return cls(
            has_ensurepip=importlib.util.find_spec("ensurepip") is not None,
            has_pip=importlib.util.find_spec("pip") is not None,
            has_virtualenv=importlib.util.find_spec("virtualenv") is not None,
            package_manager=_package_manager(),
        )


def run_nox(noxfile: Path, arguments: Sequence[str]) -> NoReturn:
    """Replace this process by nox, run on ``noxfile`` with ``arguments``; first make what that needs.

    Ends the process with a message and exit status 1 where the private environment cannot be made.
    """
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        sys.exit(f"noxfile.py needs Python {wanted} or newer; {sys.executable} is Python {sys.version.split()[0]}.")
    directory = noxfile.parent / ".nox" / ".bootstrap"
    try:
        python = prepare(directory, Machine.inspect())
    except SetupError as error:
        sys.exit(str(error))
    environment = installation_environment(os.environ)
    environment.setdefault("NOX_DEFAULT_VENV_BACKEND", choose_backend(python, environment))
    sys.stdout.flush()
    os.execve(python, [str(python), "-m", "nox", "--noxfile", str(noxfile), *arguments], environment)


def prepare(directory: Path, machine: Machine, requirements: Sequence[str] = REQUIREMENTS) -> Path:
    """Make the environment in ``directory`` unless it is complete already.

    Args:
        directory: where the environment is; whatever an interrupted set-up left there is removed.
        machine: what can be used to make it.
        requirements: what is installed into it.

    Returns:
        The environment's interpreter.

    Raises:
        SetupError: no way of making the environment worked, or the requirements could not be installed.
    """
    python = directory / "bin" / "python"
    with _lock(directory.with_name(directory.name + ".lock")):
        if is_complete(directory, requirements):
            return python
        print(f"Setting up {', '.join(requirements)} in {directory} (once) ...", file=sys.stderr, flush=True)
        _make_with_first_way_that_works(directory, machine, requirements)
        _marker(directory).write_text(_signature(directory, requirements), encoding="utf-8")
    return python


def is_complete(directory: Path, requirements: Sequence[str] = REQUIREMENTS) -> bool:
    """Whether ``directory`` holds a finished environment of this interpreter with these requirements."""
    try:
        recorded = _marker(directory).read_text(encoding="utf-8")
    except OSError:
        return False
    return recorded == _signature(directory, requirements) and os.access(directory / "bin" / "python", os.X_OK)


def ways(machine: Machine) -> list[str]:
    """Name the ways of making an environment that ``machine`` allows, the least invasive first."""
    offers = {
        "venv": machine.has_ensurepip,
        "pip": machine.has_pip,
        "virtualenv": machine.has_virtualenv,
        "package manager": bool(machine.package_manager),
    }
    return [way for way, offered in offers.items() if offered]


def installation_environment(variables: Mapping[str, str]) -> dict[str, str]:
    """Copy ``variables`` without those that would send an installation elsewhere, and let uv trust what pip trusts."""
    environment = {name: value for name, value in variables.items() if name not in _MISLEADING_VARIABLES}
    # uv brings certificates of its own; behind a proxy that signs anew, only the system's store knows the signer.
    environment.setdefault("UV_SYSTEM_CERTS", "1")
    if "PIP_CERT" in environment:
        environment.setdefault("SSL_CERT_FILE", environment["PIP_CERT"])
    return environment


def choose_backend(python: Path, environment: Mapping[str, str]) -> str:
    """Choose what makes the sessions' environments: uv where it reaches the index that pip would use, else virtualenv.

    uv is several times faster, but does not read pip's configuration.
    """
    if any(environment.get(name) for name in _PIP_INDEX_VARIABLES):
        return "virtualenv"
    configured = subprocess.run(
        [python, "-m", "pip", "config", "list"], env=dict(environment), capture_output=True, text=True, check=False
    )
    if any(line.partition("=")[0].endswith((".index-url", ".no-index")) for line in configured.stdout.splitlines()):
        return "virtualenv"
    install_nothing: list[str | Path] = ["pip", "install", "--python", python, "--dry-run", "--refresh", "iniconfig"]
    probe = subprocess.run(
        [python, "-m", "uv", *install_nothing],
        env=dict(environment),
        capture_output=True,
        check=False,
    )
    return "uv" if probe.returncode == 0 else "virtualenv"


def _make_with_first_way_that_works(directory: Path, machine: Machine, requirements: Sequence[str]) -> None:
    makers: dict[str, Callable[[], Sequence[str | Path]]] = {
        "venv": lambda: _make_with_venv(directory),
        "pip": lambda: _make_with_pip(directory),
        "virtualenv": lambda: _make_with_virtualenv(directory),
        "package manager": lambda: _make_with_package_manager(directory, machine),
    }
    failures: list[str] = []
    for way in ways(machine):
        shutil.rmtree(directory, ignore_errors=True)
        try:
            pip = makers[way]()
        except StepError as error:
            failures.append(f"  {way}: {error}")
            continue
        try:
            _run([*pip, "install", "--quiet", "--no-input", "--disable-pip-version-check", *requirements])
        except StepError as error:
            raise SetupError(f"{', '.join(requirements)} could not be installed into {directory}:\n{error}") from None
        return
    raise SetupError(_advice(failures))


def _make_with_venv(directory: Path) -> Sequence[str | Path]:
    _run([sys.executable, "-m", "venv", directory])
    return (directory / "bin" / "python", "-m", "pip")


def _make_with_pip(directory: Path) -> Sequence[str | Path]:
    _run([sys.executable, "-m", "venv", "--without-pip", directory])
    # pip has had --python since 22.3; an older one fails here, and the next way is tried.
    pip = (sys.executable, "-m", "pip", "--python", directory / "bin" / "python")
    _run([*pip, "--version"])
    # The backend's choice asks this environment's own pip for its configuration.
    _run([*pip, "install", "--quiet", "--no-input", "pip"])
    return pip


def _make_with_virtualenv(directory: Path) -> Sequence[str | Path]:
    _run([sys.executable, "-m", "virtualenv", "--quiet", directory])
    return (directory / "bin" / "python", "-m", "pip")


def _make_with_package_manager(directory: Path, machine: Machine) -> Sequence[str | Path]:
    package = _venv_package()
    print(f"This Python has no ensurepip: installing the system package {package} ...", file=sys.stderr, flush=True)
    install = [*machine.package_manager, "install", "--yes", "--no-install-recommends", package]
    try:
        _run(install)
    except StepError:
        # A fresh container has no list of packages yet.
        _run([*machine.package_manager, "update"])
        _run(install)
    return _make_with_venv(directory)


def _advice(failures: Sequence[str]) -> str:
    command = f"sudo apt-get install {_venv_package()}"
    tried = ["", "What was tried:", *failures] if failures else []
    return "\n".join(
        [
            f"noxfile.py cannot make a virtual environment: {sys.executable} has neither ensurepip, pip nor virtualenv "
            "that works.",
            "Install what Python's venv module needs, and run the same command again. On Debian and Ubuntu:",
            f"    {command}",
            *tried,
        ]
    )


def _venv_package() -> str:
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def _package_manager() -> tuple[str, ...]:
    apt_get = shutil.which("apt-get")
    if apt_get is None:
        return ()
    if os.geteuid() == 0:
        return (apt_get,)
    sudo = shutil.which("sudo")
    if sudo is None:
        return ()
    allowed = subprocess.run([sudo, "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return (sudo, "-n", apt_get) if allowed.returncode == 0 else ()


def _run(command: Sequence[str | Path]) -> None:
    environment = {**installation_environment(os.environ), "DEBIAN_FRONTEND": "noninteractive"}
    try:
        result = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except OSError as error:
        raise StepError(f"{command[0]} could not be run: {error}") from None
    if result.returncode != 0:
        last_lines = "\n    ".join(result.stdout.strip().splitlines()[-5:])
        raise StepError(f"`{shlex.join(map(str, command))}` ended with {result.returncode}:\n    {last_lines}")


def _marker(directory: Path) -> Path:
    return directory / "complete.json"


def _signature(directory: Path, requirements: Sequence[str]) -> str:
    # The location is part of it because an environment that was moved with its checkout does not work.
    return json.dumps(
        {
            "location": str(directory.absolute()),
            "python": [sys.version, sys.base_prefix],
            "requirements": list(requirements),
        }
    )


@contextlib.contextmanager
def _lock(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
