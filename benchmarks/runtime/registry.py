"""Rows: looking up actors where there are many.

Imported by `benchmarks.runtime.groups`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from timeit import Timer
from typing import Any

from benchmarks.libraries import LIBRARIES, Library
from benchmarks.runtime.actors import Idle
from benchmarks.runtime.row import Row, Sample

FEW = 10
LONG_ENOUGH = 0.02
SAMPLES = 5


class Rare(Idle):
    """One of a few."""


@contextmanager
def running(library: Library, number: int) -> Generator[None]:
    """Have that many actors run, `FEW` of them of the class that is looked up."""
    refs = [library.start(Rare) for _ in range(FEW)]
    refs += [library.start(Idle) for _ in range(number - FEW)]
    # Threads that have only just been started would be in the way of what is measured.
    library.get_all([ref.ask(None, block=False) for ref in refs])
    try:
        yield
    finally:
        # All are asked before any is waited for: thousands of threads end faster together.
        library.get_all([ref.stop(block=False) for ref in refs])


class Lookups:
    """All look-ups in one library, measured once in each process, because to start the actors takes long."""

    def __init__(self, library: Library, actors: int) -> None:
        self._library = library
        self._actors = actors
        self._seconds: dict[str, float] = {}

    def sample(self, name: str) -> Sample:
        def sample(loops: int) -> float:
            if not self._seconds:
                with running(self._library, self._actors):
                    self._seconds = {each: seconds_of(look(self._library)) for each, look in LOOKS.items()}
            return self._seconds[name] * loops

        return sample


def seconds_of(look_up: Callable[[], object]) -> float:
    """How long one call takes: the least of several samples, of as many calls as take long enough to be measured."""
    timer = Timer(look_up)
    loops = 1
    while timer.timeit(loops) < LONG_ENOUGH:
        loops *= 2
    return min(timer.repeat(SAMPLES, loops)) / loops


def by_urn(library: Library) -> Callable[[], object]:
    urn = library.registry.get_all()[-1].actor_urn
    return lambda: library.registry.get_by_urn(urn)


def by_class(library: Library) -> Callable[[], object]:
    actor_class: Any = library.actor_class(Rare)
    return lambda: library.registry.get_by_class(actor_class)


def by_class_name(library: Library) -> Callable[[], object]:
    return lambda: library.registry.get_by_class_name("Rare")


def everything(library: Library) -> Callable[[], object]:
    get_all: Callable[[], object] = library.registry.get_all
    return get_all


LOOKS = {"get_by_urn": by_urn, "get_by_class": by_class, "get_by_class_name": by_class_name, "get_all": everything}


def rows(actors: int) -> list[Row]:
    of = {library.name: Lookups(library, actors) for library in LIBRARIES}
    return [
        Row(
            f"{name}, {actors:,} actors",
            {contender: lookups.sample(name) for contender, lookups in of.items()},
            loops=1,
            rounds=1,
        )
        for name in LOOKS
    ]
