"""Runs Pykka's published test suite and its example programs, renamed, against the installed typedactors.

The nox session ``pykka`` runs it, as ``python -m tests.compatibility.pykka_suite``; by hand it wants an environment
with typedactors, pip, hatchling, pytest, pytest-mock and pytest-timeout. It works in a temporary folder, outside of the
checkout, where no tool finds this project's configuration.

The suite runs once for each way of renaming. Tests that cannot apply are left out by exact name, as
``inapplicable.toml`` lists them, and each of those is then run alone, to see that it still exists and still fails for
the recorded reason.
"""

from __future__ import annotations

import ast
import dataclasses
import os
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from tests.compatibility import example_programs
from tests.compatibility.renaming import rename_everywhere, rename_imports

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE = Path(__file__).resolve().parent
REQUIREMENT = HERE / "pykka-sdist.txt"
INAPPLICABLE = HERE / "inapplicable.toml"

RENAMINGS: dict[str, Callable[[str], str]] = {
    "imports only": rename_imports,
    "every word": rename_everywhere,
}

# The suite must not pick up the configuration of this repository.
PYTEST_CONFIGURATION = "[pytest]\naddopts = --strict-markers -p no:cacheprovider -ra\ntimeout = 60\n"


@dataclasses.dataclass(frozen=True)
class Inapplicable:
    """A test of Pykka's that cannot apply: its exact name, why, and what its failure prints."""

    node: str
    reason: str
    evidence: str


def main() -> int:
    """Run everything; return 0 where all that applies passes and every entry of the table is still true."""
    table = read_table(INAPPLICABLE)
    with tempfile.TemporaryDirectory(prefix="pykka-suite-") as directory:
        problems = run_renamed(Path(directory).resolve(), table)

    print()
    for entry in table:
        print(f"does not apply: {entry.node}: {entry.reason}")
    for problem in problems:
        print(f"PROBLEM: {problem}")
    print("Pykka's suite: " + (f"{len(problems)} problem(s)" if problems else "everything that applies passes"))
    return 1 if problems else 0


def run_renamed(directory: Path, table: Sequence[Inapplicable]) -> list[str]:
    """Run the suite and the examples once for each way of renaming; return what is wrong."""
    original = unpack(download(directory), directory)
    problems: list[str] = []
    for name, rename in RENAMINGS.items():
        print(f"\n=== Pykka's test suite, renamed: {name} ===", flush=True)
        renamed = copy_renamed(original, directory / name.replace(" ", "-"), rename)
        problems += [f"{name}: {problem}" for problem in run_suite(renamed, table)]
        print(f"\n=== Pykka's example programs, renamed: {name} ===", flush=True)
        problems += [f"{name}: {problem}" for problem in example_programs.compare(original, renamed)]
    return problems


def download(directory: Path) -> Path:
    """Download the pinned source archive with pip, which refuses another hash, and return its path."""
    target = directory / "download"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "pykka"]
    # hatchling, which Pykka's metadata needs, is in this environment: no other one has to be made for it.
    command += ["--no-build-isolation", "--require-hashes", "--requirement", str(REQUIREMENT), "--dest", str(target)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    (archive,) = target.glob("*.tar.gz")
    return archive


def unpack(archive: Path, directory: Path) -> Path:
    """Unpack ``archive`` into ``directory`` and return the folder that it holds."""
    with tarfile.open(archive) as file:
        # Python 3.11.0 to 3.11.3, which Debian has, know no filters; the archive's hash was checked.
        file.extraction_filter = getattr(tarfile, "data_filter", lambda member, _path: member)
        file.extractall(directory)
    return directory / archive.name.removesuffix(".tar.gz")


def copy_renamed(original: Path, target: Path, rename: Callable[[str], str]) -> Path:
    """Copy Pykka's tests and examples to ``target``, each file renamed by ``rename``."""
    for folder in ("tests", "examples"):
        for path in sorted((original / folder).rglob("*.py")):
            copy = target / path.relative_to(original)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(rename(path.read_text(encoding="utf-8")), encoding="utf-8")
    (target / "pytest.ini").write_text(PYTEST_CONFIGURATION, encoding="utf-8")
    return target


def read_table(path: Path) -> list[Inapplicable]:
    """Read the table of the tests that cannot apply."""
    return [Inapplicable(**entry) for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("test", [])]


def run_suite(renamed: Path, table: Sequence[Inapplicable]) -> list[str]:
    """Run the renamed suite without what the table lists, then check the table; return what is wrong."""
    problems: list[str] = []
    deselected = [option for entry in table for option in ("--deselect", entry.node)]
    # A module in which no test applies may fail on import, so it must not be collected at all.
    ignored = [option for module in modules_without_applicable_tests(renamed, table) for option in ("--ignore", module)]
    if pytest(renamed, *deselected, *ignored).returncode != 0:
        problems.append("Pykka's test suite fails")
    for entry in table:
        if problem := check_entry(renamed, entry):
            problems.append(problem)
    return problems


def modules_without_applicable_tests(renamed: Path, table: Sequence[Inapplicable]) -> list[str]:
    """Name the test modules all of whose tests are in the table."""
    listed: dict[str, set[str]] = {}
    for entry in table:
        module, _, name = entry.node.partition("::")
        listed.setdefault(module, set()).add(name)
    return [module for module, names in listed.items() if test_names(renamed / module) <= names]


def test_names(module: Path) -> set[str]:
    """Name the test functions of ``module``; empty where there is no such file."""
    if not module.is_file():
        return set()
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def check_entry(renamed: Path, entry: Inapplicable) -> str | None:
    """Run one test that cannot apply; return what is wrong with its entry, None where it is true."""
    module, _, name = entry.node.partition("::")
    if name.partition("[")[0] not in test_names(renamed / module):
        return f"stale: {entry.node} does not exist"
    result = pytest(renamed, entry.node, capture=True)
    if result.returncode == 0:
        return f"stale: {entry.node} passes now; take it out of {INAPPLICABLE.name}"
    if entry.evidence not in result.stdout:
        return f"{entry.node} fails, but not with {entry.evidence!r}:\n{result.stdout}"
    return None


def pytest(renamed: Path, *arguments: str, capture: bool = False) -> subprocess.CompletedProcess[str]:
    """Run pytest in the folder of the renamed suite."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "pytest", *arguments],
        cwd=renamed,
        env={name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTEST_ADDOPTS"}},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if capture else None,
        stderr=subprocess.STDOUT if capture else None,
        text=True,
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main())
