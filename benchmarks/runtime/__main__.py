"""The entry point: ``python -m benchmarks.runtime``. Measures, prints the ratios, writes the page."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.runtime import machine, page, store
from benchmarks.runtime.groups import GROUPS
from benchmarks.runtime.results import Results

ROOT = Path(__file__).resolve().parents[2]
FULL_PROCESSES, FULL_ROUNDS, FULL_SECONDS = 5, 8, 0.025
SHORT_PROCESSES, SHORT_ROUNDS, SHORT_SECONDS = 1, 2, 0.005
# The slow groups take a sample only now and then, and so take fewer processes.
FEWER_PROCESSES = {"registry": 1, "memory": 2, "growth": 2}
PATIENCE = 600
"""After how many seconds a process is taken for hung."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m benchmarks.runtime", description=__doc__)
    parser.add_argument(
        "--short", action="store_true", help="a quick run, to see that all works; its figures mean nothing"
    )
    parser.add_argument("--groups", nargs="+", choices=GROUPS, default=list(GROUPS), help="what to measure")
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep the samples in this file, which pyperf reads")
    parser.add_argument(
        "--with",
        dest="others",
        type=Path,
        nargs="+",
        default=[],
        metavar="FILE",
        help="show what these files have, from the same run on other Pythons, too",
    )
    parser.add_argument("--page", action="store_true", help="write docs/site/benchmarks.md and its pictures")
    parser.add_argument("--only-show", action="store_true", help="measure nothing: show the files given by --with")
    options = parser.parse_args(arguments)
    if options.only_show and not options.others:
        parser.error("--only-show needs --with")
    if options.page and options.short:
        parser.error("the figures of a short run are not for the page")
    with tempfile.TemporaryDirectory() as folder:
        files: list[Path] = list(options.others)
        if not options.only_show:
            target: Path = options.save or Path(folder) / "run.json"
            target.parent.mkdir(parents=True, exist_ok=True)
            measure(options.groups, target, short=options.short)
            files.append(target)
        runs = [Results(file) for file in files]
    runs.sort(key=lambda run: [int(part) for part in run.python.split(".")])
    print(page.text(runs))
    if options.page:
        page.write(runs, ROOT / "docs" / "site")
    return 0


def measure(groups: Sequence[str], target: Path, *, short: bool) -> None:
    """Run the processes, one at a time and the groups in turn, and keep what they sampled in ``target``."""
    found: list[store.Series] = []
    processes, rounds, seconds = (
        (SHORT_PROCESSES, SHORT_ROUNDS, SHORT_SECONDS) if short else (FULL_PROCESSES, FULL_ROUNDS, FULL_SECONDS)
    )
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "process.json"
        for number in range(processes):
            for group in groups:
                if number >= FEWER_PROCESSES.get(group, processes):
                    continue
                command = [sys.executable, "-m", "benchmarks.runtime.worker", group, str(output)]
                command += [f"--rounds={rounds}", f"--seconds={seconds}", *(["--short"] if short else [])]
                subprocess.run(command, check=True, timeout=PATIENCE, cwd=ROOT)
                found += store.load(output)[0]
                elapsed = time.perf_counter() - started
                print(f"{elapsed:4.0f} s: {group}, process {number + 1} of {processes}", file=sys.stderr)
    store.save(target, found, machine.facts())


if __name__ == "__main__":
    raise SystemExit(main())
