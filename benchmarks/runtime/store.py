"""The samples of a run, in the file format of pyperf, so that ``pyperf stats``, ``hist`` and ``compare_to`` read them.

A benchmark of the file is one contender in one row, ``ask, blocking [threads]``; a run of it is what one process
sampled. The samples of different contenders that were taken together have the same place in their runs.

Imported by the worker, the entry point and `benchmarks.runtime.results`. Nothing but this module knows pyperf.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

pyperf: Any = import_module("pyperf")  # it has no types


@dataclass(frozen=True)
class Series:
    """What one process sampled of one contender in one row."""

    row: str
    contender: str
    unit: str
    loops: int
    values: tuple[float, ...]


def save(path: Path, all_series: Iterable[Series], facts: Mapping[str, str]) -> None:
    """Write a file, with ``facts`` about what was measured. Nothing else about the machine is kept.

    Arguments:
        path: the file; what is there is overwritten.
        all_series: the samples; those of one contender in one row are the runs of one benchmark.
        facts: name and value.
    """
    runs: dict[str, list[Any]] = {}
    for series in all_series:
        name = f"{series.row} [{series.contender}]"
        metadata: dict[str, str | int] = {"name": name, "unit": series.unit, "loops": series.loops, **facts}
        runs.setdefault(name, []).append(pyperf.Run(series.values, metadata=metadata, collect_metadata=False))
    suite = pyperf.BenchmarkSuite([pyperf.Benchmark(each) for each in runs.values()])
    suite.dump(str(path), replace=True)


def load(path: Path) -> tuple[list[Series], dict[str, str]]:
    """Read what `save` wrote."""
    suite = pyperf.BenchmarkSuite.load(str(path))
    found: list[Series] = []
    facts: dict[str, str] = {}
    for benchmark in suite.get_benchmarks():
        row, _, contender = benchmark.get_name().removesuffix("]").rpartition(" [")
        for run in benchmark.get_runs():
            metadata = run.get_metadata()
            facts.update({name: value for name, value in metadata.items() if name.startswith("fact_")})
            found.append(Series(row, contender, metadata["unit"], metadata["loops"], tuple(run.values)))
    return found, facts
