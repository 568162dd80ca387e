"""pre-commit runs this repository's hooks, in environments that it makes itself, against a repository with drift."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.build.packaged import Package, Result, write_package

pytestmark = [pytest.mark.builds, pytest.mark.timeout(300)]

CONFIGURATION = """\
repos:
  - repo: {repository}
    rev: {revision}
    hooks:
      - id: {hook}
        additional_dependencies: {dependencies}
"""
BOTH = '[".[codegen]", depot]'


@pytest.fixture(scope="module")
def hooks(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Git repository with this checkout's files as they are now, which may not be committed yet."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in ("typedactors", "codegen"):
        shutil.copytree(repository / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".pre-commit-hooks.yaml"):
        shutil.copy(repository / name, folder)
    commit(folder)
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environments of hooks."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def package(tmp_path: Path, index: Mapping[str, str], generator: Path, home: Path) -> Package:
    """A project in a Git repository, with its proxies committed."""
    write_package(tmp_path, "hatchling")
    (tmp_path / ".gitignore").write_text(".typedactors_cache/\n", encoding="utf-8")
    package = Package(tmp_path, {**index, "PRE_COMMIT_HOME": str(home)})
    package.succeed(generator, "-m", "typedactors", "generate")
    commit(tmp_path)
    return package


def commit(folder: Path) -> None:
    identity = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false")
    for command in (("init", "--quiet"), ("add", "--all"), (*identity, "commit", "--quiet", "--message", "A commit.")):
        subprocess.run(["git", *command], cwd=folder, stdin=subprocess.DEVNULL, check=True)


def run_hook(package: Package, hooks: Path, hook: str, dependencies: str = BOTH) -> Result:
    revision = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=hooks, stdout=subprocess.PIPE, text=True, check=True
    ).stdout.strip()
    text = CONFIGURATION.format(repository=hooks.as_uri(), revision=revision, hook=hook, dependencies=dependencies)
    (package.folder / ".pre-commit-config.yaml").write_text(text, encoding="utf-8")
    package.succeed("git", "add", ".pre-commit-config.yaml")
    return package.run(sys.executable, "-m", "pre_commit", "run", "--all-files", "--color=never")


def edit(package: Package, old: str, new: str) -> None:
    text = package.actors.read_text(encoding="utf-8")
    assert old in text
    package.actors.write_text(text.replace(old, new), encoding="utf-8")


def test_drift_fails_and_what_is_regenerated_passes(package: Package, hooks: Path) -> None:
    current = run_hook(package, hooks, "typedactors-check")
    assert current.status == 0, current.text

    edit(package, "def rename(self, name: str)", "def rename(self, name: str, times: int = 1)")
    drift = run_hook(package, hooks, "typedactors-check")
    assert drift.status == 1
    assert "+    def __call__(self, name: str, times: int = 1) -> Future[str]: ..." in drift.text
    assert "src/station/proxies.pyi: error: is not what its sources give now" in drift.text

    written = run_hook(package, hooks, "typedactors-generate")
    assert written.status == 1
    assert "wrote src/station/proxies.pyi" in written.text
    for hook in ("typedactors-generate", "typedactors-check"):
        again = run_hook(package, hooks, hook)
        assert again.status == 0, again.text


def test_a_hook_without_the_dependencies_writes_no_any(package: Package, hooks: Path) -> None:
    unknown = run_hook(package, hooks, "typedactors-generate", '[".[codegen]"]')
    assert unknown.status == 0, unknown.text

    edit(package, "def read(self, offset: float = 0.0)", "def read(self, offset: float = 0.5)")
    refused = run_hook(package, hooks, "typedactors-generate", '[".[codegen]"]')
    assert refused.status == 1
    assert "the module depot cannot be found here" in refused.text
    assert "additional_dependencies" in refused.text
    assert "Any" not in package.proxies[1].read_text(encoding="utf-8")
