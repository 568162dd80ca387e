"""Runs the generator and mypy alone, in turn, and takes medians.

Each run is a process of its own, as users and continuous integration start it. Only ratios are given: they are what
another machine can be compared with. They are of the processor's time, which is also the time that passes where nothing
else runs, for both use one processor. The runs are interleaved, so that what else the machine does falls on both alike.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generation.package import Package

GENERATOR, MYPY = "typedactors generate", "mypy"
SITUATIONS = ("cold", "nothing changed", "one file changed")
AIMS = {"cold": 1.3, "nothing changed": 1.1}


@dataclass(frozen=True)
class Ratio:
    """How many times as long as mypy the generator takes, in one situation."""

    situation: str
    median: float
    lowest: float
    highest: float

    @property
    def aim(self) -> float | None:
        """What it should be at most."""
        return AIMS.get(self.situation)


def measure(package: Package, rounds: int, report: Callable[[str], None]) -> tuple[Ratio, ...]:
    """Measure every situation ``rounds`` times.

    Arguments:
        package: the sources; one of its files is changed.
        rounds: how often; the median counts.
        report: is told of each finished round.
    """
    seconds: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    mypy_cache, own_cache = package.root / ".mypy_cache", package.root / ".typedactors_cache"
    generate = [sys.executable, "-m", "typedactors", "generate"]
    # By module, and not the whole package: what the sources do not import, such as most generated stubs, is no part of
    # what is compared.
    modules = [word for module in package.modules for word in ("-m", module)]
    check = [sys.executable, "-m", "mypy", "--config-file=", "--check-untyped-defs", *modules]
    _run(generate, package.root)  # compiles what Python compiles, and writes what the sources import
    _run(check, package.root)
    for number in range(rounds):
        for situation in SITUATIONS:
            if situation == "cold":
                shutil.rmtree(mypy_cache)
                shutil.rmtree(own_cache)
            elif situation == "one file changed":
                package.change(number)
            seconds[situation, MYPY].append(_run(check, package.root))
            seconds[situation, GENERATOR].append(_run(generate, package.root))
            if situation == "one file changed":
                # What was written is a change for mypy, but not one that the next round is to measure.
                _run(check, package.root)
        report(f"round {number + 1} of {rounds}")
    return tuple(_ratio(situation, seconds) for situation in SITUATIONS)


def _ratio(situation: str, seconds: defaultdict[tuple[str, str], list[float]]) -> Ratio:
    pairs = zip(seconds[situation, GENERATOR], seconds[situation, MYPY], strict=True)
    each = [generator / mypy for generator, mypy in pairs]
    median = statistics.median(seconds[situation, GENERATOR]) / statistics.median(seconds[situation, MYPY])
    return Ratio(situation, median, min(each), max(each))


def _run(command: Sequence[str], folder: Path) -> float:
    started = _processor_time()
    done = subprocess.run(command, cwd=folder, env=_environment(), capture_output=True, text=True, check=False)
    used = _processor_time() - started
    if done.returncode:
        raise SystemExit(f"{' '.join(command[1:])} failed:\n{done.stdout}{done.stderr}")
    return used


def _processor_time() -> float:
    """How many seconds all processes that this one has waited for have used."""
    times = os.times()
    return times.children_user + times.children_system


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("MYPY")}
