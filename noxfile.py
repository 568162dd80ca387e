"""What a change must pass, and the demonstration.

``python3 noxfile.py`` needs nothing but Python: it makes an environment of its own, installs nox there and runs it. Any
other nox runs this file as well: ``nox -s tests``, ``nox -s lint``. Without ``-s``, all that a change must pass is run.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / ".ci"))

if __name__ == "__main__":
    import bootstrap

    bootstrap.run_nox(Path(__file__).resolve(), sys.argv[1:])

# What follows is read by nox alone: run as a program, this file ends in the lines above.
import nox  # noqa: E402

import interpreters  # noqa: E402

VERSIONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
INSTALLED = interpreters.find(VERSIONS)
if not INSTALLED:
    raise SystemExit(f"No CPython of {', '.join(VERSIONS)} was found on PATH, or where pyenv and uv put theirs.")
interpreters.put_on_path(INSTALLED, ROOT / ".nox" / ".interpreters", os.environ)
# What is slow, or proves the same on each Python, runs on the oldest and the newest that are installed.
BOTH_ENDS = sorted({next(iter(INSTALLED)), next(reversed(INSTALLED))}, key=VERSIONS.index)

PROJECT = nox.project.load_toml(ROOT / "pyproject.toml")

nox.needs_version = ">=2025.5.1"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.download_python = "never"
# A Python that is not installed is skipped by name, and named again in the closing summary. Under CI=true nox would
# fail instead. That at least one is there was made sure above.
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["lint", "typing", "stubs", "tests", "ray", "bench_short", "docs", "pykka", "demo", "corpus"]

_built: list[Path] = []
_measured: list[Path] = []


def group(name: str) -> list[str]:
    """Return the requirements of a dependency group of pyproject.toml."""
    return list(nox.project.dependency_groups(PROJECT, name))


def example_projects() -> list[Path]:
    """Return the folder of each example, which is a project of its own; it is an error where there is none."""
    projects = sorted(path.parent for path in ROOT.glob("examples/*/pyproject.toml"))
    if not projects:
        raise SystemExit("There is no examples/*/pyproject.toml, so nothing would be checked.")
    return projects


def install_package(session: nox.Session, *requirements: str) -> None:
    """Install the built wheel with the generator's extra, as users get them, and ``requirements`` beside it."""
    session.install(f"typedactors[codegen] @ {wheel(session).as_uri()}", *requirements)


def wheel(session: nox.Session) -> Path:
    """Return the wheel of this checkout, built once for all sessions of a run."""
    if not _built:
        directory = session.cache_dir / "wheel"
        shutil.rmtree(directory, ignore_errors=True)
        session.install(*group("build"))
        session.run("python", "-m", "hatchling", "build", "--target", "wheel", "--directory", str(directory))
        _built.extend(directory.resolve().glob("typedactors-*.whl"))
    return _built[0]


@nox.session(python=VERSIONS)
def tests(session: nox.Session) -> None:
    """Test the built wheel on each installed CPython. Arguments go to pytest."""
    install_package(session, *group("test"))
    left_out = [
        "ray",
        "soak",
        *(["checkers"] if session.python not in BOTH_ENDS else []),
        *(["builds"] if session.python != BOTH_ENDS[-1] else []),
    ]
    selected = ["-m", " and ".join(f"not {marker}" for marker in left_out)]
    # These collect garbage, which takes long in a process that holds what mypy leaves of many runs.
    collecting = ["tests/runtime", "tests/performance"]
    parts = [session.posargs] if session.posargs else [collecting, [f"--ignore={path}" for path in collecting]]
    for part in parts:
        session.run("pytest", "-n", "2", *selected, *part, env={"TYPEDACTORS_TEST_INSTALLED": "1"})


@nox.session(python="3.12")
def ray(session: nox.Session) -> None:
    """Test actors on a real Ray cluster of this machine. Arguments go to pytest."""
    install_package(session, *group("ray"))
    parts = session.posargs or ["tests/runtime/rays", "tests/runtime/contract"]
    session.run("pytest", "-m", "ray", *parts, env={"TYPEDACTORS_TEST_INSTALLED": "1"})


@nox.session
def typing(session: nox.Session) -> None:
    """Check everything strictly, tests and tools included, with mypy and pyright."""
    install_package(session, *group("typing"))
    # The newest Python's types too, whether it is installed here or not.
    for version in (VERSIONS[0], VERSIONS[-1]):
        session.run("mypy", "--python-version", version)
        session.run("pyright", "--pythonversion", version)
    for project in example_projects():
        with session.chdir(project):
            session.run("mypy")
            session.run("pyright")


@nox.session(python=BOTH_ENDS)
def stubs(session: nox.Session) -> None:
    """Compare each committed generated file with what the generator writes today: a difference is an error."""
    install_package(session)
    for project in example_projects():
        session.run("typedactors", "check", "--config", str(project / "pyproject.toml"))
    session.run("typedactors", "check", "--config", "stubs/corpus/pyproject.toml")
    session.run("typedactors", "check", "--config", "tests/runtime/contract/pyproject.toml")
    if session.python != "3.11":  # which cannot read the syntax of 3.12
        session.run("typedactors", "check", "--config", "stubs/corpus/python312.toml")


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, format, the direction of imports, and that no file names a path of somebody's machine."""
    session.install(*group("lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("lint-imports", env={"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "codegen")])})
    session.run("python", ".ci/machine_paths.py")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation site; a warning is an error."""
    install_package(session, *group("docs"))
    session.run("zensical", "build", "--clean", "--strict", "--config-file", "docs/zensical.toml")


@nox.session(python=list(INSTALLED))
def pykka(session: nox.Session) -> None:
    """Run Pykka's own published test suite and examples, renamed, against this package."""
    install_package(session, *group("pykka"))
    session.run("python", "-m", "tests.compatibility.pykka_suite")


@nox.session
def demo(session: nox.Session) -> None:
    """Generate the example's proxies, check them, show that wrong calls are rejected, and run the program."""
    install_package(session, *group("checkers"))
    session.run("python", "examples/demo.py", *session.posargs)


@nox.session
def corpus(session: nox.Session) -> None:
    """Run the generator and the migration over published applications for Pykka, and check what they wrote."""
    install_package(session, *group("corpus"))
    session.run("python", "-m", "tests.corpus.run", "--no-suites", *session.posargs)
    if not session.posargs:
        chosen = ["--application", "mopidy", "--application", "ariane-clip3"]
        session.run("python", "-m", "tests.corpus.migration", *chosen)


@nox.session
def suites(session: nox.Session) -> None:
    """Run the applications' own test suites on Pykka, here and migrated. Not in plain nox: it needs GStreamer."""
    install_package(session, *group("corpus"))
    session.run("python", "-m", "tests.corpus.mopidy_suite", "--required", *session.posargs)
    if not session.posargs:
        session.run("python", "-m", "tests.corpus.migration")


@nox.session(python=BOTH_ENDS)
def soak(session: nox.Session) -> None:
    """Attack the runtime for long: two million asks against the ends of actors, and much more. No part of plain nox."""
    install_package(session, *group("test"))
    # Not in parallel: the tests print what they counted, and race among their own threads.
    environment = {"TYPEDACTORS_TEST_INSTALLED": "1", "TYPEDACTORS_SOAK": "20"}
    session.run("pytest", "-s", "-m", "soak", *session.posargs, "tests/runtime", env=environment)
    if not session.posargs:
        session.run("pytest", "tests/runtime/test_stress.py", "tests/runtime/test_stress_deadlocks.py", env=environment)


@nox.session(python=list(INSTALLED))
def bench(session: nox.Session) -> None:
    """Measure what operations cost beside Pykka's, and write the page. It takes minutes and is no part of plain nox."""
    session.install(str(wheel(session)), *group("bench"))
    samples = session.cache_dir / "benchmarks" / f"{session.python}.json"
    # The page shows the Pythons of this run, whichever were chosen.
    others = ["--with", *map(str, _measured)] if _measured else []
    arguments = ["--save", str(samples), "--page", *others, *session.posargs]
    session.run("python", "-m", "benchmarks.runtime", *arguments)
    _measured.append(samples)


@nox.session(python=BOTH_ENDS[-1:])
def bench_short(session: nox.Session) -> None:
    """Run all benchmarks and their checks once, small: their figures mean nothing, but they work."""
    session.install(str(wheel(session)), *group("contenders"))
    session.run("python", "-m", "benchmarks.runtime", "--short", *session.posargs)


@nox.session(python=BOTH_ENDS[-1:])
def bench_runtimes(session: nox.Session) -> None:
    """Measure each runtime beside what users would choose instead, and write the page. It is no part of plain nox."""
    session.install(f"typedactors[gevent,eventlet] @ {wheel(session).as_uri()}", *group("contenders"), "pip>=23")
    # Each peer has a folder of its own: two of them are releases of one package. Not that of create_tmp(), which sets
    # TMPDIR to one in the virtual environment: Ray's processes refuse to begin there, and their starter waits for ever.
    peers = ["--environments", str(Path(session.virtualenv.location).resolve() / "peers")]
    session.run("python", "-m", "benchmarks.runtimes", "--page", *peers, *session.posargs)


@nox.session(python=[version for version in INSTALLED if version != "3.11"])
def budgets(session: nox.Session) -> None:
    """Record what the hot paths take on each Python that can count it; tests/performance holds them to that."""
    session.install(str(wheel(session)), *group("contenders"))
    session.run("python", "-m", "tests.performance.record")
