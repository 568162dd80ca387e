"""What is measured: rows, each with one way to do the same thing for each contender.

Imported by the modules of rows and by what runs them. Imports `benchmarks.libraries`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from benchmarks.libraries import LIBRARIES, Library

Sample: TypeAlias = Callable[[int], float]
"""Does the operation that often, and returns how many seconds (or bytes) that took in all, preparations left out."""

Unit: TypeAlias = Literal["second", "byte"]

FLOOR = "floor"
"""The contender that does the least that threads allow: bare locks and queues, without an actor library."""


@dataclass(frozen=True)
class Row:
    """One operation.

    Arguments:
        name: unique among all rows.
        contenders: how each contender does it.
        unit: what the samples return.
        loops: how often each sample does it; ``None`` finds out how often takes long enough to be measured.
        rounds: how many samples at the most each process takes, where one is slow or tells as much as many.
        patience: how many times as long as others' a sample of this row is to take.
    """

    name: str
    contenders: Mapping[str, Sample]
    unit: Unit = "second"
    loops: int | None = None
    rounds: int | None = None
    patience: float = 1.0


def compare(
    name: str,
    of: Callable[[Library], Sample],
    floor: Sample | None = None,
    *,
    libraries: Iterable[Library] = LIBRARIES,
    unit: Unit = "second",
    loops: int | None = None,
    rounds: int | None = None,
    patience: float = 1.0,
) -> Row:
    """Make a row of what ``of`` returns for each library, and of the floor if there is one."""
    contenders = {library.name: of(library) for library in libraries}
    if floor is not None:
        contenders[FLOOR] = floor
    return Row(name, contenders, unit, loops, rounds, patience)
