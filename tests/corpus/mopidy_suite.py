"""Runs the published test suites of Mopidy and of two of its extensions, on Pykka and on typedactors.

The first run, with Pykka, is the baseline; the second is the same source with its import lines
changed. The outcomes are compared test by test, and any test that passes on Pykka and does not on
typedactors fails the command, unless ``applications.toml`` names it with the reason for which it cannot
apply. ``run`` imports `compare_suites`; by hand it is ``python -m tests.corpus.mopidy_suite``.

Mopidy needs GStreamer through PyGObject. PyPI has PyGObject as a source distribution, which needs the
C libraries; where they are missing this says so by name and runs nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.corpus._imports import map_tree
from tests.corpus._manifest import Application, load
from tests.corpus._scratch import Environment, ScratchError, fetch, must_run, run_command
from tests.corpus._through_proxies import PLUGIN_NAME, USED, plugin

PYKKA = "pykka==4.5.0"
MAPPED = "on typedactors"
THROUGH = "on typedactors, through generated proxies"
PYTEST = ("pytest==9.2.0", "pytest-mock==3.17.0", "pytest-timeout==2.4.0", "responses==0.26.3")
# The first works with girepository 1.0, which most distributions have; newer ones have only 2.0.
PYGOBJECT = ("pygobject==3.50.2", "pygobject>=3.52")
PROBE = """
import gi
gi.require_version("Gst", "1.0")
gi.require_version("GstPbutils", "1.0")
from gi.repository import Gst, GstPbutils
Gst.init([])
missing = [name for name in ("playbin", "fakesink", "audiotestsrc") if Gst.ElementFactory.find(name) is None]
if missing:
    raise SystemExit("GStreamer elements are missing: " + ", ".join(missing))
print(Gst.version_string())
"""
INSTALL_HINT = (
    "On Debian and Ubuntu: apt-get install gstreamer1.0-plugins-base gstreamer1.0-plugins-good "
    "gir1.2-gstreamer-1.0 gir1.2-gst-plugins-base-1.0 libgirepository1.0-dev libcairo2-dev pkg-config"
)


class GStreamerMissingError(Exception):
    """PyGObject or GStreamer is not on this machine; the message names what, and how to get it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one test: ``passed``, ``failed``, ``error`` or ``skipped``, with the first line of why."""

    status: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs of one suite, side by side: Pykka's, and ours of one ``kind``."""

    application: Application
    kind: str
    baseline: Mapping[str, Outcome]
    mapped: Mapping[str, Outcome]

    @property
    def baseline_passed(self) -> int:
        """How many tests pass on Pykka."""
        return sum(outcome.status == "passed" for outcome in self.baseline.values())

    @property
    def mapped_passed(self) -> int:
        """How many tests pass in our run."""
        return sum(outcome.status == "passed" for outcome in self.mapped.values())

    def differences(self) -> dict[str, tuple[Outcome, Outcome]]:
        """The tests that end otherwise on typedactors than on Pykka; a missing test counts as one."""
        missing = Outcome("missing")
        names = [*self.baseline, *(name for name in self.mapped if name not in self.baseline)]
        pairs = {name: (self.baseline.get(name, missing), self.mapped.get(name, missing)) for name in names}
        return {name: pair for name, pair in pairs.items() if pair[0].status != pair[1].status}

    def collection_errors(self) -> list[str]:
        """The test modules that could not even be imported on typedactors; their tests are missing."""
        return [name for name, outcome in self.mapped.items() if outcome.reason and name not in self.baseline]

    def regressions(self) -> list[str]:
        """The differences that nothing in ``applications.toml`` explains."""
        return [name for name in self.differences() if name not in self.explained()]

    def explained(self) -> dict[str, str]:
        """The tests that ``applications.toml`` says cannot apply, each with its reason."""
        reasons = dict(self.application.not_applicable)
        if self.kind == THROUGH:
            reasons.update(self.application.not_through_proxies)
        return reasons


def compare_suites(
    applications: Sequence[Application],
    scratch: Path,
    *,
    every: Mapping[str, Application],
    repeat: int = 1,
    generated: Sequence[Path] = (),
) -> list[Comparison]:
    """Run each application's suite on Pykka and then ``repeat`` times on typedactors.

    Arguments:
        applications: those to run.
        scratch: where everything is written.
        every: the whole manifest, for the packages that one application imports from another.
        repeat: how often the mapped suite runs; the comparison has the worst outcome of each test.
        generated: generated modules; with them the suite runs once more through the proxies that the
            manifest names.

    Raises:
        GStreamerMissingError: the machine lacks what Mopidy needs; nothing was run.
        ScratchError: a download or an installation failed.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    environment = Environment(scratch / "venv")
    environment.create()
    _need_gstreamer(environment, scratch)
    needed = {name for application in applications for name in (*application.beside, application.name)}
    environment.install(PYTEST)
    for name in sorted(needed):
        environment.install(every[name].suite_dependencies)
    pykka = scratch / "pykka"
    if not pykka.exists():
        must_run([environment.python, "-m", "pip", "install", "--quiet", "--target", pykka, PYKKA], directory=scratch)
    for name in sorted(needed):
        _prepare(every[name], scratch / name, environment)
    comparisons: list[Comparison] = []
    for application in applications:
        baseline = run_suite(application, scratch, environment, "baseline", [pykka])
        mapped: dict[str, Outcome] = {}
        for _ in range(repeat):
            for test, outcome in run_suite(application, scratch, environment, "mapped", []).items():
                if test not in mapped or mapped[test].status == "passed":
                    mapped[test] = outcome
        comparisons.append(Comparison(application, MAPPED, baseline, mapped))
        chosen = {
            actor: proxy
            for name in (application.name, *application.beside)
            for actor, proxy in every[name].through.items()
        }
        wanted = {proxy.partition(":")[0] for proxy in chosen.values()}
        if generated and not wanted <= {module.stem for module in generated}:
            print(f"NOT RUN through generated proxies: {application.name}, which needs {', '.join(sorted(wanted))}")
        elif generated and chosen:
            directory = _write_plugin(scratch / application.name / "proxies", chosen, generated)
            through = run_suite(application, scratch, environment, "mapped", [directory], ["-p", PLUGIN_NAME])
            comparisons.append(Comparison(application, THROUGH, baseline, through))
    return comparisons


def _write_plugin(directory: Path, chosen: Mapping[str, str], generated: Sequence[Path]) -> Path:
    directory.mkdir(exist_ok=True)
    for module in generated:
        shutil.copy(module, directory / module.name)
    (directory / f"{PLUGIN_NAME}.py").write_text(plugin(chosen), encoding="utf-8")
    return directory


def _need_gstreamer(environment: Environment, scratch: Path) -> None:
    problems: list[str] = []
    if run_command([environment.python, "-c", PROBE], directory=scratch).status == 0:
        return
    for requirement in PYGOBJECT:
        try:
            environment.install([requirement])
        except ScratchError as error:
            lines = [line for line in str(error).splitlines() if "rror" in line]
            problems.append(f"{requirement} does not install: {lines[-1].strip() if lines else 'see pip'}")
            continue
        found = run_command([environment.python, "-c", PROBE], directory=scratch)
        if found.status == 0:
            return
        lines = found.errors.strip().splitlines()
        problems.append(f"{requirement}: {lines[-1] if lines else 'the probe failed'}")
    raise GStreamerMissingError("; ".join(problems) + ". " + INSTALL_HINT)


def _prepare(application: Application, root: Path, environment: Environment) -> None:
    """Unpack the distribution twice: as it is, and with its import lines changed."""
    root.mkdir(parents=True, exist_ok=True)
    tree = fetch(application, root, environment)
    for kind in ("baseline", "mapped"):
        if (root / kind).exists():
            shutil.rmtree(root / kind)
        shutil.copytree(tree, root / kind)
    map_tree(root / "mapped")


def run_suite(
    application: Application,
    scratch: Path,
    environment: Environment,
    kind: str,
    extra: Sequence[Path],
    options: Sequence[str] = (),
) -> dict[str, Outcome]:
    """Run the suite of one tree of an application; return what became of each test.

    Arguments:
        application: the one whose tests run.
        scratch: where everything is written.
        environment: where they run.
        kind: the tree; the one that needs Pykka is called ``baseline``.
        extra: folders that are put on the path.
        options: more arguments for pytest.

    Raises:
        ScratchError: pytest did not finish, or would run on the wrong runtime.
    """
    tree = scratch / application.name / kind
    entries = [scratch / name / kind / "src" for name in (application.name, *application.beside)]
    entries.extend(extra)
    inherited = [os.path.abspath(entry) for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
    variables = {
        "PYTHONPATH": os.pathsep.join([*(str(entry) for entry in entries), *inherited]),
        "XDG_CACHE_HOME": str(tree / "home"),
        "XDG_CONFIG_HOME": str(tree / "home"),
        "XDG_DATA_HOME": str(tree / "home"),
        "HOME": str(tree / "home"),
    }
    _check_which_runtime(environment, tree, variables, kind)
    report = tree / "junit.xml"
    report.unlink(missing_ok=True)
    arguments = ["tests", "-q", "--timeout=120", "-p", "no:cacheprovider", f"--junitxml={report}", *options]
    finished = run_command([environment.python, "-m", "pytest", *arguments], directory=tree, environment=variables)
    if not report.exists():
        raise ScratchError(f"{application.name} ({kind}): pytest did not finish\n{finished.output}{finished.errors}")
    if PLUGIN_NAME in options and (USED not in finished.output or f"{USED}0" in finished.output):
        raise ScratchError(f"{application.name}: no generated proxy was used\n{finished.output[-2000:]}")
    # A parameter that holds a path is part of the test's name, and the two runs have two paths.
    return {name.replace(tree.as_posix(), "TREE"): outcome for name, outcome in _outcomes(report).items()}


def _check_which_runtime(environment: Environment, tree: Path, variables: Mapping[str, str], kind: str) -> None:
    """Make sure that the mapped run cannot fall back on a Pykka that happens to be installed."""
    found = run_command([environment.python, "-c", "import pykka"], directory=tree, environment=variables)
    if (found.status == 0) != (kind == "baseline"):
        raise ScratchError(
            "the mapped suite must run without Pykka, but the session's environment has it installed"
            if kind == "mapped"
            else f"Pykka, the baseline, cannot be imported:\n{found.errors}"
        )
    if kind == "mapped":
        must_run([environment.python, "-c", "import typedactors"], directory=tree, environment=variables)


def _outcomes(report: Path) -> dict[str, Outcome]:
    outcomes: dict[str, Outcome] = {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = f"{case.get('classname')}::{case.get('name')}"
        outcome = Outcome("passed")
        for tag, status in (("failure", "failed"), ("error", "error"), ("skipped", "skipped")):
            element = case.find(tag)
            if element is not None:
                outcome = Outcome(status, _reason(element))
        outcomes[name] = outcome
    return outcomes


def _reason(element: ElementTree.Element) -> str:
    """The exception that pytest shows, or else the message."""
    shown = [line[1:].strip() for line in (element.text or "").splitlines() if line.startswith("E ")]
    message = (element.get("message") or "").strip().splitlines()
    return shown[-1] if shown else message[0] if message else ""


def print_comparison(comparison: Comparison) -> None:
    """Print one comparison: the counts, and each test that ends otherwise."""
    application = comparison.application
    print(f"{application.distribution} {application.version}: {len(comparison.baseline)} tests")
    print(f"  {comparison.baseline_passed} passed on Pykka")
    print(f"  {comparison.mapped_passed} passed {comparison.kind}")
    for name, (before, after) in comparison.differences().items():
        if after.status == "missing" and comparison.collection_errors():
            continue
        print(f"  DIFFERENT {name}: {before.status} on Pykka, {after.status} on typedactors: {after.reason}")
        if name in comparison.explained():
            print(f"    cannot apply: {comparison.explained()[name]}")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns the exit status: 0 as good as Pykka, 1 not, 2 could not be prepared."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.mopidy_suite", description=__doc__)
    parser.add_argument("--scratch", type=Path, help="keep the work in this directory instead of a temporary one")
    parser.add_argument("--application", action="append", help="run this one; may be repeated (default: all)")
    parser.add_argument("--repeat", type=int, default=1, help="run the suite on typedactors this often (default: 1)")
    parser.add_argument("--required", action="store_true", help="fail when GStreamer is missing")
    options = parser.parse_args(arguments)
    every = load()
    names: list[str] = options.application or [name for name, one in every.items() if one.suite]
    unknown = [name for name in names if name not in every or not every[name].suite]
    if unknown:
        parser.error(f"no application with a test suite has the name {', '.join(unknown)}")
    with tempfile.TemporaryDirectory(prefix="typedactors-suite-") as temporary:
        scratch: Path = (options.scratch or Path(temporary)).resolve()
        try:
            chosen = [every[name] for name in names]
            comparisons = compare_suites(chosen, scratch, repeat=options.repeat, every=every)
        except GStreamerMissingError as missing:
            print(f"NOT RUN: the suites of {', '.join(names)}. Missing on this machine: {missing}", file=sys.stderr)
            return 1 if options.required else 0
        except ScratchError as error:
            print(f"error: {error}", file=sys.stderr)
            return 2
    regressions = 0
    for comparison in comparisons:
        print_comparison(comparison)
        regressions += len(comparison.regressions())
    return 1 if regressions else 0


if __name__ == "__main__":
    raise SystemExit(main())
