"""Rows: how much memory an idle actor, a message in a mailbox and a future take.

Each figure comes from a process of its own, which this module is the program of. Of an actor the process as a whole is
looked at, because a thread's stack is no object of Python's; of messages and futures, Python's own objects are counted.

Imported by `benchmarks.runtime.groups`.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import tracemalloc
from _thread import LockType
from collections.abc import Callable
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from benchmarks.libraries import LIBRARIES, Library
from benchmarks.runtime.actors import Gate, Gated, Idle
from benchmarks.runtime.floor import taken_lock
from benchmarks.runtime.row import FLOOR, Row, Sample, compare

CAN_SEE_RESIDENT = Path("/proc/self/statm").is_file()


def resident() -> int:
    """How many bytes of this process are in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def traced() -> int:
    """How many bytes Python's objects take."""
    return tracemalloc.get_traced_memory()[0]


def growth(usage: Callable[[], int], make: Callable[[], object], number: int) -> int:
    """By how much ``usage`` grows when ``make`` is called that often and the results are kept."""
    kept: list[object] = [None] * number
    make()
    gc.collect()
    before = usage()
    for index in range(number):
        kept[index] = make()
    gc.collect()
    after = usage()
    del kept
    return after - before


def actors(library: Library | None, usage: Callable[[], int], number: int) -> int:
    if library is not None:
        grown = growth(usage, lambda: library.start(Idle), number)
        library.get_all([ref.stop(block=False) for ref in library.registry.get_all()])
        return grown
    queue: SimpleQueue[None] = SimpleQueue()
    threads: list[threading.Thread] = []

    def start() -> None:
        thread = threading.Thread(target=queue.get)
        thread.start()
        threads.append(thread)

    grown = growth(usage, start, number)
    for _ in threads:
        queue.put(None)
    for thread in threads:
        thread.join()
    return grown


def resident_actors(library: Library | None, number: int) -> int:
    return actors(library, resident, number)


def object_actors(library: Library | None, number: int) -> int:
    return actors(library, traced, number)


def messages(library: Library | None, number: int) -> int:
    if library is None:
        queue: SimpleQueue[object] = SimpleQueue()
        return growth(traced, lambda: queue.put((1, None)), number)
    gate = Gate()
    ref = library.start(Gated, gate)
    ref.tell("wait")
    gate.reached.wait()
    grown = growth(traced, partial(ref.tell, 1), number)
    gate.open.set()
    ref.stop()
    return grown


def pending() -> tuple[LockType, list[object]]:
    """The least that a future can be."""
    return taken_lock(), []


def futures(library: Library | None, number: int) -> int:
    if library is None:
        return growth(traced, pending, number)
    return growth(traced, library.future, number)


def set_futures(library: Library | None, number: int) -> int:
    def make() -> object:
        assert library is not None
        future = library.future()
        future.set(None)
        return future

    if library is None:
        return growth(traced, lambda: (taken_lock(), [None]), number)
    return growth(traced, make, number)


KINDS = {
    "resident-actors": resident_actors,
    "object-actors": object_actors,
    "messages": messages,
    "futures": futures,
    "set-futures": set_futures,
}


def in_a_process(kind: str, contender: str) -> Sample:
    """Count in a new process of Python."""

    def sample(loops: int) -> float:
        command = [sys.executable, "-m", "benchmarks.runtime.memory", kind, contender, str(loops)]
        return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)

    return sample


def rows(number: int) -> list[Row]:
    def row(name: str, kind: str, number: int) -> Row:
        return compare(
            name,
            lambda library: in_a_process(kind, library.name),
            in_a_process(kind, FLOOR),
            unit="byte",
            loops=number,
            rounds=1,
        )

    found = [
        row("memory: an idle actor, its objects", "object-actors", number),
        row("memory: a message in a mailbox", "messages", 10 * number),
        row("memory: a pending future", "futures", 10 * number),
        row("memory: a future with its value", "set-futures", 10 * number),
    ]
    if CAN_SEE_RESIDENT:
        found.insert(0, row("memory: an idle actor, resident", "resident-actors", number))
    return found


def main() -> None:
    kind, contender, number = sys.argv[1:]
    library = next((each for each in LIBRARIES if each.name == contender), None)
    if kind != "resident-actors":
        tracemalloc.start()
    print(KINDS[kind](library, int(number)))


if __name__ == "__main__":
    main()
