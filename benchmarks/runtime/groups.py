"""All rows, in the groups that have a process each.

Imported by the worker and by what shows the results. Imports every module of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter

from benchmarks.libraries import Library
from benchmarks.runtime import circumstances, growth, lives, memory, messages, registry
from benchmarks.runtime.row import Row, Sample, compare
from benchmarks.savina.programs import PROGRAMS, Program


def savina_rows(*, short: bool) -> list[Row]:
    def row(program: Program) -> Row:
        run = program.short if short else program.full

        def of(library: Library) -> Sample:
            def sample(loops: int) -> float:
                started = perf_counter()
                for _ in range(loops):
                    run(library)
                return perf_counter() - started

            return sample

        return compare(f"Savina: {program.name}", of, loops=1, rounds=4)

    # It is a row of its own already, with a floor.
    return [row(program) for program in PROGRAMS if program.name != "skynet"]


GROUPS: Mapping[str, Callable[[bool], list[Row]]] = {
    "messages": lambda short: messages.rows(),
    "lives": lambda short: lives.rows(),
    "circumstances": lambda short: circumstances.rows(),
    "registry": lambda short: registry.rows(200 if short else 10_000),
    "memory": lambda short: memory.rows(100 if short else 1000),
    "savina": lambda short: savina_rows(short=short),
    "growth": lambda short: growth.rows(short=short),
}
"""By name, what makes a group's rows; the argument says whether the run is a short one."""
