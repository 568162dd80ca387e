"""The entry point: ``python -m benchmarks.generation``. Prints a Markdown table."""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.generation.measure import Ratio, measure
from benchmarks.generation.package import ACTORS_PER_MODULE, write

SCENARIOS = {"actors alone": False, "actors that hold proxies": True}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return 1 if an aim is missed."""
    parser = argparse.ArgumentParser("python -m benchmarks.generation", description=__doc__)
    parser.add_argument("--actors", type=int, default=300, help="how many actors the synthetic package has")
    parser.add_argument("--rounds", type=int, default=5, help="how often each situation is measured")
    options = parser.parse_args(arguments)
    if options.actors < ACTORS_PER_MODULE or options.actors % ACTORS_PER_MODULE:
        parser.error(f"--actors must be a multiple of {ACTORS_PER_MODULE}")
    rows: list[tuple[str, Ratio]] = []
    for scenario, with_proxies in SCENARIOS.items():
        with tempfile.TemporaryDirectory() as folder:
            package = write(Path(folder).resolve() / "project", options.actors, with_proxies=with_proxies)
            ratios = measure(package, options.rounds, lambda text: print(text, file=sys.stderr))
        rows += [(scenario, ratio) for ratio in ratios]
    print(f"{options.actors} actors, the median of {options.rounds} interleaved rounds, ", end="")
    print(f"Python {platform.python_version()}, mypy {version('mypy')}.\n")
    print(table(rows))
    return int(any(ratio.aim is not None and ratio.median > ratio.aim for _, ratio in rows))


def table(rows: Sequence[tuple[str, Ratio]]) -> str:
    """The result as a Markdown table."""
    lines = [
        "| sources | situation | generator / mypy | single rounds | aim |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    for scenario, ratio in rows:
        aim = "" if ratio.aim is None else f"≤ {ratio.aim}"
        spread = f"{ratio.lowest:.2f} to {ratio.highest:.2f}"
        lines.append(f"| {scenario} | {ratio.situation} | {ratio.median:.2f} | {spread} | {aim} |")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
