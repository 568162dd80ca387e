"""What must hold for every generated package, by the real pipeline, mypy, stubtest and Python.

One `Workbench` serves a whole session: mypy's caches are shared, since typeshed and the runtime never change.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Generator, Mapping
from pathlib import Path

from mypy import api, stubtest

from tests.codegen.robust.projects import PACKAGE, Project
from typedactors_codegen.config import Configuration, ConfiguredOutput
from typedactors_codegen.outcome import Outcome
from typedactors_codegen.pipeline import CACHE_DIRECTORY, run
from typedactors_codegen.writer import write_files

_WORD = re.compile(rf"\b{PACKAGE}\b")


class Workbench:
    """A folder for packages, each under a name that no other has, and the caches for all of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self._generator_cache = folder / "generator-cache"
        self._checker_cache = folder / "checker-cache"
        self._generator_cache.mkdir()

    def package(self, project: Project) -> Package:
        """Write a project to a folder of its own."""
        self._count += 1
        # mypy takes a file of the same path, size and second for the same file, so no path comes twice.
        name = f"{PACKAGE}{self._count}"
        root = self._folder / f"root{self._count}"
        files = {f"src/{_WORD.sub(name, path)}": _WORD.sub(name, text) for path, text in project.files.items()}
        # Not among the sources: it mentions the output, and so would make the generator go two rounds.
        files[f"client_of_{name}.py"] = _WORD.sub(name, project.client)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        (root / CACHE_DIRECTORY).symlink_to(self._generator_cache)
        outputs = {
            _WORD.sub(name, output): tuple(_WORD.sub(name, target) for target in targets)
            for output, targets in project.outputs.items()
        }
        return Package(root, name, outputs, self._checker_cache)


class Package:
    """One package on disk."""

    def __init__(self, root: Path, name: str, outputs: Mapping[str, tuple[str, ...]], cache: Path) -> None:
        self.root = root
        self.name = name
        self._outputs = outputs
        self._cache = cache

    @property
    def sources(self) -> Path:
        return self.root / "src"

    @property
    def client(self) -> Path:
        return self.root / f"client_of_{self.name}.py"

    @property
    def configuration(self) -> Configuration:
        return Configuration(
            path=None,
            base_directory=self.root,
            source=(self.sources,),
            outputs=tuple(ConfiguredOutput(module, targets) for module, targets in self._outputs.items()),
            strict=False,
        )

    def analyse(self) -> Outcome:
        with _mypy():
            return run(self.configuration)

    def generate(self) -> Outcome:
        """Generate, write, and generate again: from the record of the run, and from mypy's cache without it."""
        first = self.analyse()
        write_files(first.files)
        _assert_same(self.analyse(), first, "a run with nothing changed")
        for record in (self.root / CACHE_DIRECTORY).glob("unchanged-*.json"):
            record.unlink()
        _assert_same(self.analyse(), first, "a run from mypy's cache")
        return first

    def check_types(self) -> None:
        """Check with mypy that sources, stubs and client agree, strictly."""
        # Of a pair, mypy takes the stub.
        files = {path.stem: path for path in sorted((self.sources / self.name).glob("[!_]*.py*")) if path.is_file()}
        options = [
            "--strict",
            "--config-file=",
            f"--cache-dir={self._cache}",
            "--no-error-summary",
            "--hide-error-context",
        ]
        roots = os.pathsep.join([str(self.sources), str(self.root)])
        with _environment(MYPYPATH=roots), _mypy():
            paths = [str(path) for path in [*files.values(), self.client]]
            out, err, status = api.run([*options, "--explicit-package-bases", *paths])
        assert status == 0, f"mypy --strict:\n{out}{err}"

    def check_stubs(self) -> None:
        """Check with stubtest that the stubs tell the truth about the modules."""
        output = io.StringIO()
        modules = list(self._outputs)
        sys.path.insert(0, str(self.sources))
        try:
            with _environment(MYPYPATH=str(self.sources)), _mypy(), contextlib.redirect_stdout(output):
                status = stubtest.test_stubs(stubtest.parse_options(modules))
        finally:
            sys.path.remove(str(self.sources))
            for name in [name for name in sys.modules if name.partition(".")[0] == self.name]:
                del sys.modules[name]
        assert status == 0, f"stubtest:\n{output.getvalue()}"

    def use(self) -> None:
        """Run the client, which starts each actor and uses each member."""
        done = subprocess.run(
            [sys.executable, "-W", "ignore::DeprecationWarning", str(self.client)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(self.sources), *_inherited("PYTHONPATH")])},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, f"the client:\n{done.stdout}{done.stderr}"

    def remove(self) -> None:
        shutil.rmtree(self.root)


def _inherited(variable: str) -> list[str]:
    return [value for value in [os.environ.get(variable)] if value]


def _assert_same(outcome: Outcome, first: Outcome, what: str) -> None:
    files = [{file.path: file.content for file in each.files} for each in (outcome, first)]
    assert files[0] == files[1], f"{what} gave other text"
    assert outcome.diagnostics == first.diagnostics, f"{what} gave other findings"
    assert set(outcome.left_out) == set(first.left_out), f"{what} left out others"


@contextlib.contextmanager
def _environment(**values: str) -> Generator[None, None, None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _mypy() -> Generator[None, None, None]:
    """Undo what mypy does to the process that it runs in.

    It raises the limit of recursion, to which Hypothesis objects, and has the garbage collector look at old objects so
    rarely that some hundred runs would take all memory.
    """
    limit, thresholds = sys.getrecursionlimit(), gc.get_threshold()
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
        gc.set_threshold(*thresholds)
        gc.collect()


def lost_members(project: Project, outcome: Outcome) -> list[str]:
    """The members of the sources that are neither in a proxy nor reported as left out or as wrong."""
    lost: list[str] = []
    stubs = "".join(file.text for file in outcome.files if file.path.suffix == ".pyi")
    told = {each.member for each in outcome.left_out}
    told |= {diagnostic.member for diagnostic in outcome.diagnostics}
    names = [shown.name for shown in project.shown.values()]
    for place, shown in project.shown.items():
        if names.count(shown.name) > 1 and place.startswith(f"{PACKAGE}.parts."):
            continue  # the part's proxy has another name
        proxy = f"{shown.name}Proxy"
        found = re.search(rf"^class {proxy}\(.*?(?=^\S|\Z)", stubs, re.MULTILINE | re.DOTALL)
        if found is None:
            if place.startswith(f"{PACKAGE}.parts."):
                continue
            lost.append(place)
            continue
        for name in shown.own:
            if f"    def {name}(self) ->" not in found[0] and f"{shown.name}.{name}" not in told:
                lost.append(f"{place}.{name}")
    return lost
