"""Prepares the scratch copy of an application: download, unpack, map the imports, install what it needs.

It imports ``_imports`` and ``_manifest``; the runner and the suite import it. Everything it writes is
below the scratch directory that the caller names.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.corpus._imports import map_tree
from tests.corpus._manifest import Application

COMMAND_TIMEOUT = 1200.0


class ScratchError(Exception):
    """A command that prepares an application failed; the message carries what it printed."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that has run to its end."""

    status: int
    output: str
    errors: str


def run_command(
    arguments: Sequence[str | Path],
    *,
    directory: Path,
    environment: Mapping[str, str] | None = None,
    timeout: float = COMMAND_TIMEOUT,
) -> Finished:
    """Run a command to its end and return what it printed; ``environment`` adds to this process's own."""
    variables = dict(os.environ)
    # A relative entry would mean another directory for the command than it meant for us.
    if "PYTHONPATH" in variables:
        variables["PYTHONPATH"] = os.pathsep.join(
            os.path.abspath(entry) for entry in variables["PYTHONPATH"].split(os.pathsep) if entry
        )
    variables.update(environment or {})
    completed = subprocess.run(
        [str(argument) for argument in arguments],
        cwd=directory,
        env=variables,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    return Finished(completed.returncode, completed.stdout, completed.stderr)


def must_run(
    arguments: Sequence[str | Path], *, directory: Path, environment: Mapping[str, str] | None = None
) -> Finished:
    """Like `run_command`, and raise `ScratchError` when the command fails."""
    finished = run_command(arguments, directory=directory, environment=environment)
    if finished.status != 0:
        command = " ".join(str(argument) for argument in arguments)
        raise ScratchError(f"{command}\nexited with status {finished.status}\n{finished.output}{finished.errors}")
    return finished


class Environment:
    """A virtual environment of its own, which also sees what the running interpreter has installed.

    So the checkers, the generator and typedactors come from the session, and the dependencies of an
    application never mix with those of another.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        scripts = "Scripts" if os.name == "nt" else "bin"
        self.python = directory / scripts / "python"

    def create(self) -> None:
        """Create it, unless it is there from an earlier run."""
        if not self.python.exists():
            must_run([sys.executable, "-m", "virtualenv", "--quiet", self.directory], directory=self.directory.parent)
        found = must_run(
            [self.python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"],
            directory=self.directory.parent,
        )
        session = sysconfig.get_paths()["purelib"]
        line = f"import site; site.addsitedir({session!r})\n"
        (Path(found.output.strip()) / "session.pth").write_text(line, encoding="utf-8")

    def install(self, requirements: Sequence[str], *, dependencies: bool = True) -> None:
        """Install ``requirements``; once done, a later run with the same ones does nothing."""
        if not requirements:
            return
        wanted = "\n".join([*requirements, str(dependencies)])
        mark = self.directory / f"installed-{hashlib.sha256(wanted.encode()).hexdigest()[:12]}"
        if mark.exists():
            return
        flags: list[str] = [] if dependencies else ["--no-deps"]
        must_run([self.python, "-m", "pip", "install", "--quiet", *flags, *requirements], directory=self.directory)
        mark.write_text(wanted, encoding="utf-8")


def fetch(application: Application, root: Path, environment: Environment) -> Path:
    """Download the pinned source distribution, check its hash, unpack it, and return the unpacked tree.

    Raises:
        ScratchError: it cannot be downloaded, or it is not the file whose hash is recorded.
    """
    downloads = root / "downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    archive = _find_archive(downloads, application.sha256)
    if archive is None:
        requirement = f"{application.distribution}=={application.version}"
        options = ["--quiet", "--no-deps", "--no-binary", ":all:", "--dest", str(downloads)]
        must_run([environment.python, "-m", "pip", "download", *options, requirement], directory=root)
        archive = _find_archive(downloads, application.sha256)
    if archive is None:
        raise ScratchError(f"no file of {application.distribution} {application.version} has the recorded hash")
    unpacked = root / "unpacked"
    if unpacked.exists():
        shutil.rmtree(unpacked)
    with tarfile.open(archive) as tar:
        # Not extractall's own argument, which Pythons before 3.11.4 lack; they have no filter at all.
        tar.extraction_filter = getattr(tarfile, "data_filter", lambda member, _path: member)
        tar.extractall(unpacked)
    trees = [path for path in unpacked.iterdir() if path.is_dir()]
    if len(trees) != 1:
        raise ScratchError(f"{archive.name} does not hold exactly one directory")
    return trees[0]


def place_packages(application: Application, tree: Path, source: Path) -> int:
    """Copy the application's import packages below ``source``, map their imports, count changed files."""
    source.mkdir(parents=True, exist_ok=True)
    changed = 0
    for package in application.packages:
        target = source / Path(package).name
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(tree / package, target)
        changed += map_tree(target)
    return changed


def _find_archive(directory: Path, sha256: str) -> Path | None:
    for path in sorted(directory.iterdir()):
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
            return path
    return None
