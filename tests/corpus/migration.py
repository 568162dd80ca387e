"""The corpus command for migration: published applications are migrated, and their own tests run before and after.

``nox -s corpus`` runs it; by hand it is ``python -m tests.corpus.migration`` in an environment that has
``typedactors[migrate]``. It imports ``_manifest``, ``_scratch`` and what runs a suite in ``mopidy_suite``.

The suites are Mopidy's and its extensions'. They import GStreamer's Python bindings, which a machine need not
have; so both runs, on Pykka and migrated, have a stand-in for them, of which nothing plays. The tests that need
more than that fail on both sides alike. ``--gstreamer`` leaves the stand-in out.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.corpus._manifest import Application, load
from tests.corpus._scratch import Environment, ScratchError, fetch, must_run, run_command
from tests.corpus.mopidy_suite import PYKKA, PYTEST, Comparison, print_comparison, run_suite

KIND = "migrated"
SUITES = ("mopidy", "mopidy-mpd", "mopidy-local")
WITHOUT_SUITE = ("mopidy-tidal", "chouette-iot", "ariane-clip3")
PLAYING = ("--ignore=tests/audio", "--ignore=tests/stream")
STANDIN = {
    "gi/__init__.py": """
__version__ = "3.50.0"

def require_version(namespace, version):
    pass
""",
    "gi/repository/__init__.py": '''
import sys
from types import ModuleType
from unittest import mock


class Namespace(ModuleType):
    """Has everything, and does nothing."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        value = mock.MagicMock(name=f"{self.__name__}.{name}")
        setattr(self, name, value)
        return value


for name in ("Gio", "GLib", "GObject", "Gst", "GstApp", "GstPbutils"):
    globals()[name] = sys.modules[f"gi.repository.{name}"] = Namespace(f"gi.repository.{name}")
Gst.version = lambda: (1, 26, 0, 0)
''',
}


def prepare(application: Application, scratch: Path, environment: Environment) -> Path:
    """Unpack an application twice below ``scratch``; return the tree that is to be migrated."""
    root = scratch / application.name
    root.mkdir(parents=True, exist_ok=True)
    tree = fetch(application, root, environment)
    for kind in ("baseline", KIND):
        shutil.rmtree(root / kind, ignore_errors=True)
        shutil.copytree(tree, root / kind)
    return root / KIND


def migrate(application: Application, scratch: Path, environment: Environment) -> list[str]:
    """Migrate one unpacked application as its authors would; return what is wrong with the result."""
    tree = scratch / application.name / KIND
    folders = [Path(package).parts[0] for package in application.packages]
    paths = [*folders, *(["tests"] if (tree / "tests").is_dir() else [])]
    # What it imports from the others is looked at too, and has been migrated before.
    sources = (scratch / other / KIND / "src" for other in application.beside)
    beside = [folder for folder in sources if folder.is_dir()]
    command: list[str | Path] = [environment.python, "-m", "typedactors", "migrate", *paths, *beside]
    variables = {"PYTHONPATH": os.pathsep.join(str(each) for each in beside)}
    problems: list[str] = []
    before = _contents(tree)
    shown = run_command([*command, "--diff", "--keep-classes"], directory=tree, environment=variables)
    if _contents(tree) != before:
        problems.append("--diff changed a file")
    done = run_command(command, directory=tree, environment=variables)
    summary = (done.errors.strip().splitlines() or ["nothing was printed"])[-1]
    print(f"{application.distribution} {application.version}: {summary}", flush=True)
    problems += [line for line in done.errors.splitlines() if ": error:" in line or ": warning:" in line]
    if done.status != 0 or shown.status != 0:
        problems.append(f"exit status {done.status}, with --diff {shown.status}\n{done.errors[-2000:]}")
    after = _contents(tree)
    again = run_command(command, directory=tree, environment=variables)
    if _contents(tree) != after or again.status != done.status:
        problems.append("a second run changed something")
    if (tree / "pyproject.toml").is_file() and "[tool.typedactors" in (tree / "pyproject.toml").read_text("utf-8"):
        checked = run_command([environment.python, "-m", "typedactors", "check"], directory=tree, environment=variables)
        print(f"  typedactors check: {(checked.output + checked.errors).strip().splitlines()[-1]}")
        problems += [] if checked.status == 0 else [f"typedactors check: {checked.output}{checked.errors}"]
    for path in sorted(tree.rglob("*.py")):
        # A template, or a file that is broken on purpose, was no Python before either.
        if path.relative_to(tree).as_posix() in before and not _compiles(before[path.relative_to(tree).as_posix()]):
            continue
        if not _compiles(path.read_bytes()):
            problems.append(f"{path.relative_to(tree)} is no Python any more")
    return problems


def _compiles(content: bytes) -> bool:
    try:
        with warnings.catch_warnings(action="ignore"):
            compile(content, "file", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def _contents(tree: Path) -> Mapping[str, bytes]:
    files = (path for path in tree.rglob("*") if path.is_file() and path.suffix != ".pyc")
    hidden = (".typedactors_cache",)
    return {
        path.relative_to(tree).as_posix(): path.read_bytes()
        for path in files
        if not any(part in hidden for part in path.relative_to(tree).parts)
    }


def compare(
    application: Application, scratch: Path, environment: Environment, standin: Path | None
) -> tuple[Comparison, list[str]]:
    """Run the application's own suite on Pykka and migrated; return the two, and what was lost without a reason."""
    extra = [] if standin is None else [standin]
    options = () if standin is None or application.name != "mopidy" else PLAYING
    baseline = run_suite(application, scratch, environment, "baseline", [scratch / "pykka", *extra], options)
    migrated = run_suite(application, scratch, environment, KIND, extra, options)
    comparison = Comparison(application, "after typedactors migrate", baseline, migrated)
    # The migrated suite goes through generated proxies, which refuse what the actor does not declare.
    explained = {**application.not_applicable, **application.not_through_proxies}
    lost = [
        f"{name}: {before.status} on Pykka, {after.status} migrated: {after.reason}"
        for name, (before, after) in comparison.differences().items()
        if before.status == "passed" and name not in explained
    ]
    return comparison, lost


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns the exit status: 0 as good as on Pykka, 1 not, 2 could not be prepared."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.migration", description=__doc__)
    parser.add_argument("--scratch", type=Path, help="keep the work in this directory instead of a temporary one")
    parser.add_argument("--application", action="append", help="migrate this one; may be repeated (default: all)")
    parser.add_argument("--gstreamer", action="store_true", help="use the machine's GStreamer, and run all tests")
    options = parser.parse_args(arguments)
    every = load()
    names: list[str] = options.application or [*SUITES, *WITHOUT_SUITE]
    problems: list[str] = []
    with tempfile.TemporaryDirectory(prefix="typedactors-migration-") as temporary:
        scratch: Path = (options.scratch or Path(temporary)).resolve()
        try:
            for name in names:
                problems += [f"{name}: {one}" for one in _one(every, name, scratch, gstreamer=options.gstreamer)]
        except ScratchError as error:
            print(f"error: {error}", file=sys.stderr)
            return 2
    for problem in problems:
        print(f"PROBLEM {problem}", file=sys.stderr)
    return 1 if problems else 0


def _one(every: Mapping[str, Application], name: str, scratch: Path, *, gstreamer: bool) -> list[str]:
    application = every[name]
    scratch.mkdir(parents=True, exist_ok=True)
    environment = Environment(scratch / f"venv-{_family(application)}")
    environment.create()
    # Without them the analysis would refuse what it cannot see.
    environment.install([one for one in application.dependencies if not one.startswith("pygobject-stubs")])
    problems: list[str] = []
    for other in (*application.beside, name):
        if not (scratch / other / KIND).exists():
            prepare(every[other], scratch, environment)
            problems += migrate(every[other], scratch, environment)
    if not application.suite:
        return problems
    environment.install([*PYTEST, *application.suite_dependencies])
    pykka = scratch / "pykka"
    if not pykka.exists():
        must_run([environment.python, "-m", "pip", "install", "--quiet", "--target", pykka, PYKKA], directory=scratch)
    comparison, lost = compare(application, scratch, environment, None if gstreamer else _standin(scratch))
    print_comparison(comparison)
    return problems + lost


def _family(application: Application) -> str:
    """Applications with a part in common share an environment; the versions of the others would clash."""
    return "mopidy" if "mopidy" in (application.name, *application.beside) else application.name


def _standin(scratch: Path) -> Path:
    digest = hashlib.sha256("".join(STANDIN.values()).encode()).hexdigest()[:8]
    folder = scratch / f"standin-{digest}"
    for name, text in STANDIN.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


if __name__ == "__main__":
    raise SystemExit(main())
