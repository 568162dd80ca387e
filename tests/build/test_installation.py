"""What a user has after ``pip install typedactors``, with the extra and without it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import typedactors

# Imports every module of the runtime, and tells which modules that brought that are not Python's own. Those that are
# left out are what an extra is for; public modules such as `typedactors.gevent` can be imported without it.
FOREIGN_MODULES = """
import importlib, json, pkgutil, sys
present = set(sys.modules)  # what the environment itself imports at start
import typedactors
for module in pkgutil.walk_packages(typedactors.__path__, "typedactors."):
    needs_extra = any(f".runtimes.{name}" in module.name for name in ("eventlet", "gevent", "ray"))
    if module.name != "typedactors.__main__" and not needs_extra:
        importlib.import_module(module.name)
imported = {name.partition(".")[0] for name in set(sys.modules) - present}
imported.discard("__mp_main__")  # what multiprocessing calls the main module
print(json.dumps(sorted(imported - set(sys.stdlib_module_names))))
"""


@pytest.fixture(scope="module")
def bare_environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel alone, without any extra."""
    folder = tmp_path_factory.mktemp("environment") / "bare"
    run(sys.executable, "-m", "virtualenv", "--quiet", "--no-download", str(folder))
    programs = folder / "bin"
    run(str(programs / "python"), "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel))
    return programs


def run(*command: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a command, and fail with all that it printed where its exit status is not ``status``."""
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert result.returncode == status, result.stdout + result.stderr
    return result


def test_the_runtime_imports_no_third_party_module(bare_environment: Path) -> None:
    result = run(str(bare_environment / "python"), "-I", "-c", FOREIGN_MODULES)

    assert json.loads(result.stdout) == ["typedactors"]


@pytest.mark.parametrize("how", [("typedactors",), ("python", "-P", "-m", "typedactors")])
def test_without_the_extra_the_command_says_which_to_install(bare_environment: Path, how: tuple[str, ...]) -> None:
    result = run(str(bare_environment / how[0]), *how[1:], "generate", status=2)

    assert "typedactors[codegen]" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("how", [("typedactors",), ("python", "-P", "-m", "typedactors")])
def test_the_command_tells_its_version(how: tuple[str, ...]) -> None:
    programs = Path(sys.executable).parent

    assert run(str(programs / how[0]), *how[1:], "--version").stdout.split() == ["typedactors", typedactors.__version__]
