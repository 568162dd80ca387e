"""Samples the rows of one group, in a process of its own: ``python -m benchmarks.runtime.worker``.

In each round every row is sampled, and in each row every contender, one after the other, beginning with another one in
each round. So what else the machine does falls on all alike, and ratios of samples that were taken together are kept.

The program of the entry point's processes.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Sequence
from pathlib import Path

from benchmarks.runtime import store
from benchmarks.runtime.groups import GROUPS
from benchmarks.runtime.row import Row, Sample

MOST_LOOPS = 1 << 22


def calibrate(sample: Sample, seconds: float) -> int:
    """How often a sample has to do it to take about that long."""
    loops = 1
    while (elapsed := sample(loops)) < seconds / 4 and loops < MOST_LOOPS:
        loops *= 4
    return min(max(round(loops * seconds / elapsed), 1), MOST_LOOPS)


def measure(rows: Sequence[Row], rounds: int, seconds: float) -> list[store.Series]:
    """Sample all rows.

    Arguments:
        rows: what to sample.
        rounds: how often.
        seconds: how long a sample is to take, about.
    """
    loops: dict[tuple[str, str], int] = {}
    values: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        for contender, sample in row.contenders.items():
            fixed = row.loops
            loops[row.name, contender] = calibrate(sample, seconds * row.patience) if fixed is None else fixed
            values[row.name, contender] = []
    for number in range(rounds):
        for row in rows:
            if row.rounds is not None and number >= row.rounds:
                continue
            contenders = list(row.contenders.items())
            shift = number % len(contenders)
            for contender, sample in contenders[shift:] + contenders[:shift]:
                gc.collect()
                often = loops[row.name, contender]
                values[row.name, contender].append(sample(often) / often)
    return [
        store.Series(row.name, contender, row.unit, loops[row.name, contender], tuple(values[row.name, contender]))
        for row in rows
        for contender in row.contenders
    ]


def main() -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.runtime.worker", description=__doc__)
    parser.add_argument("group", choices=GROUPS)
    parser.add_argument("output", type=Path)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--short", action="store_true")
    options = parser.parse_args()
    store.save(options.output, measure(GROUPS[options.group](options.short), options.rounds, options.seconds), {})


if __name__ == "__main__":
    main()
