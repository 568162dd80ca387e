"""The corpus command: generate proxies for published applications, check them, compare with what is recorded.

``nox -s corpus`` runs it; by hand it is ``python -m tests.corpus.run`` in an environment that has
``typedactors[codegen]``, mypy and pyright. It is the only module of the corpus that wires the others.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import metadata
from pathlib import Path

from tests.corpus import _checkers, _client, _generated, _generator, _handwritten, _own_types, _report
from tests.corpus._handwritten import Reproduction
from tests.corpus._manifest import Application, Figures, load
from tests.corpus._report import Measured
from tests.corpus._scratch import Environment, ScratchError, fetch, place_packages
from tests.corpus.mopidy_suite import Comparison, GStreamerMissingError, compare_suites, print_comparison


def measure(application: Application, every: dict[str, Application], scratch: Path) -> Measured:
    """Run one application through everything.

    Arguments:
        application: the one to measure.
        every: the whole manifest, for the packages it imports from another.
        scratch: where everything is written, in a directory of the application's name.

    Raises:
        ScratchError: it could not be downloaded or installed, or a tool failed as such.
    """
    root = scratch / application.name
    source = root / "src"
    source.mkdir(parents=True, exist_ok=True)
    environment = Environment(root / "venv")
    environment.create()
    # Without their own dependencies: stub packages ask for the untyped package that they describe.
    stubs = [one for one in application.dependencies if one.startswith("pygobject-stubs")]
    environment.install([one for one in application.dependencies if one not in stubs])
    environment.install(stubs, dependencies=False)
    published: list[Path] = []
    files_mapped = 0
    for name in (*application.beside, application.name):
        one = every[name]
        place = root if one is application else root / name
        place.mkdir(exist_ok=True)
        tree = fetch(one, place, environment)
        files_mapped = place_packages(one, tree, source)
        published += [tree / package for package in one.packages]

    generation = _generator.generate(environment, root, application.outputs)
    proxies: _generated.Proxies = {}
    for module in generation.modules:
        proxies.update(_generated.read_proxies(source, module))
    counts = {"drift": len(generation.drift)}
    complaints = [f"drift: {line}" for line in generation.drift]
    reproduction: Reproduction | None = None
    if application.typed:
        packages = [Path(package).name for package in application.packages]
        new = _own_types.new_errors(environment, root, packages, published)
        complaints += [f"an error of its own that it has not on Pykka: {message}" for message in new]
        counts["new_type_errors"] = len(new)
    if proxies:
        more_counts, more_complaints = _check(environment, root, generation.modules, proxies)
        counts.update(more_counts)
        complaints += more_complaints
        if application.handwritten:
            reproduction = _reproduce(environment, root, application, proxies)
    figures = Figures(
        actors=sum(proxy.stands_for is not None for proxy in proxies.values()),
        nodes=sum(proxy.stands_for is None for proxy in proxies.values()),
        members=sum(len(proxy.members) for proxy in proxies.values()),
        refused=len(generation.with_severity("error")),
        warned=len(generation.with_severity("warning")),
        handwritten=0 if reproduction is None else len(reproduction.members),
        reproduced=0 if reproduction is None else reproduction.reproduced,
        **counts,
    )
    return Measured(application, figures, generation, tuple(complaints), reproduction, files_mapped)


def _check(
    environment: Environment, root: Path, modules: Sequence[str], proxies: _generated.Proxies
) -> tuple[dict[str, int], list[str]]:
    client, wrong, marked = _client.write_clients(root, proxies)
    files = [root.joinpath("src", *module.split(".")) for module in modules]
    stubs, sources = [one.with_suffix(".pyi") for one in files], [one.with_suffix(".py") for one in files]
    # One run of mypy takes a module once, as its stub or as its source.
    mypy = _checkers.errors(_checkers.mypy(environment, root, [client, *stubs]))
    mypy += _checkers.errors(_checkers.mypy(environment, root, sources))
    pyright = _checkers.errors(_checkers.pyright(environment, root, [client, *stubs, *sources]))
    stubtest = [line for module in modules for line in _checkers.stubtest(environment, root, module)]
    accepted: list[str] = []
    for name, messages in (
        ("mypy", _checkers.mypy(environment, root, [wrong], strict=False)),
        ("pyright", _checkers.pyright(environment, root, [wrong], strict=False)),
    ):
        refused = {message.line for message in _checkers.errors(messages) if message.path == _client.WRONG_FILE}
        lines = wrong.read_text(encoding="utf-8").splitlines()
        accepted += [f"{name} accepts the wrong line: {lines[line - 1].strip()}" for line in sorted(marked - refused)]
    counts = {
        "mypy_errors": len(mypy),
        "pyright_errors": len(pyright),
        "stubtest_errors": len(stubtest),
        "wrong_lines_accepted": len(accepted),
    }
    complaints = [f"mypy: {one}" for one in mypy] + [f"pyright: {one}" for one in pyright]
    complaints += [f"stubtest: {one}" for one in stubtest] + accepted
    return counts, complaints


def _reproduce(
    environment: Environment, root: Path, application: Application, proxies: _generated.Proxies
) -> Reproduction:
    source = root / "src"
    modules = [path for package in application.packages for path in (source / Path(package).name).rglob("*.py")]
    classes = _handwritten.find_handwritten(source, sorted(modules))
    return _handwritten.check(environment, root, proxies, classes)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns the exit status: 0 as recorded or better, 1 worse, 2 could not be prepared."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.run", description=__doc__)
    parser.add_argument("--scratch", type=Path, help="keep the work in this directory instead of a temporary one")
    parser.add_argument("--application", action="append", help="measure this one; may be repeated (default: all)")
    parser.add_argument("--report", type=Path, help="write the page of results to this file")
    parser.add_argument("--record", action="store_true", help="print the figures as tables for applications.toml")
    parser.add_argument("--no-suites", action="store_true", help="leave out the applications' own test suites")
    options = parser.parse_args(arguments)
    every = load()
    names: list[str] = options.application or list(every)
    unknown = [name for name in names if name not in every]
    if unknown:
        parser.error(f"no application has the name {', '.join(unknown)}; there are {', '.join(every)}")
    measured: list[Measured] = []
    comparisons: list[Comparison] = []
    with tempfile.TemporaryDirectory(prefix="typedactors-corpus-") as temporary:
        scratch: Path = (options.scratch or Path(temporary)).resolve()
        try:
            # Each in a directory of its own, and what takes the time are processes.
            with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
                chosen = [every[name] for name in names]
                for one in pool.map(partial(measure, every=every, scratch=scratch), chosen):
                    measured.append(one)
                    print(_report.details(one), flush=True)
            suites = [every[name] for name in names if every[name].suite]
            if suites and not options.no_suites:
                modules = [
                    scratch / name / "src" / f"{output}.py"
                    for name in names
                    if every[name].suite
                    for output in every[name].outputs
                ]
                generated = [module for module in modules if module.exists()]
                comparisons = compare_suites(suites, scratch / "suites", every=every, generated=generated)
        except GStreamerMissingError as missing:
            print(f"NOT RUN: the applications' own test suites. Missing on this machine: {missing}", file=sys.stderr)
        except ScratchError as error:
            print(f"error: {error}", file=sys.stderr)
            return 2
    print()
    print(_report.table(measured))
    for comparison in comparisons:
        print_comparison(comparison)
    if options.record:
        print(_report.recorded(measured))
    if options.report is not None:
        options.report.write_text(_report.page(measured, comparisons, _versions()), encoding="utf-8")
    return _verdict(measured, comparisons)


def _verdict(measured: Sequence[Measured], comparisons: Sequence[Comparison]) -> int:
    worse = 0
    for one in measured:
        for sentence in one.figures.worse_than(one.application.expected):
            print(f"WORSE than recorded, {one.application.name}: {sentence}", file=sys.stderr)
            worse += 1
        for sentence in one.figures.better_than(one.application.expected):
            print(f"better than recorded, {one.application.name}: {sentence}; record it with --record")
    regressions = [name for comparison in comparisons for name in comparison.regressions()]
    for name in regressions:
        print(f"WORSE than on Pykka: {name}", file=sys.stderr)
    return 1 if worse or regressions else 0


def _versions() -> str:
    found = [f"{name} {metadata.version(name)}" for name in ("mypy", "pyright")]
    return f"{' and '.join(found)} on Python {platform.python_version()}"


if __name__ == "__main__":
    raise SystemExit(main())
