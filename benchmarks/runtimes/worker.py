"""A contender's process: ``python -m benchmarks.runtimes.worker NAME SECONDS``.

First it says in a line each what it begins: `IMPORTING`, `STARTING`, and at last `READY`. Told by lines what to do, it
then answers with figures. An order is ``OPERATION NUMBER``, the answer ``SECONDS PROCESSOR_SECONDS``; to ``memory`` it
is how many bytes more than before are resident, and 0. The end of the input is the end of the worker.

Where one of all these takes longer than ``SECONDS``, what each thread is doing goes to the standard error stream.

The program of `measure`'s processes.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import sys
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from time import process_time

from benchmarks.runtimes.contenders import Contender, load

IMPORTING, STARTING, READY = "importing", "starting", "ready"
PROCESSES = Path("/proc")


def family() -> list[Path]:
    """This process and all that come from it, as the folders that the system shows of them."""
    children: dict[str, list[Path]] = {}
    for folder in PROCESSES.glob("[0-9]*"):
        fields = _fields(folder)
        if fields:
            children.setdefault(fields[1], []).append(folder)
    found = [PROCESSES / str(os.getpid())]
    for folder in found:
        found += children.get(folder.name, [])
    return found


def processor_time_of_others() -> float:
    """How many seconds of processor time those that come from this process have had."""
    ticks = sum(int(number) for folder in family()[1:] for number in _fields(folder)[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def resident() -> int:
    """How many bytes of this process and those that come from it are in memory, what they share counted once."""
    gc.collect()
    return sum(_proportional(folder) for folder in family())


def _fields(folder: Path) -> list[str]:
    """What the system says of a process after its name: state, parent and so on; nothing if it has ended."""
    try:
        return (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _proportional(folder: Path) -> int:
    try:
        lines = (folder / "smaps_rollup").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def obey(contender: Contender, operation: str, number: int) -> tuple[float, float]:
    """Carry out one order, and return the two figures."""
    if operation == "memory":
        before = resident()
        contender.populate(number)
        return float(resident() - before), 0.0
    do = {"ask": contender.ask, "tell": contender.tell, "start": contender.start}[operation]
    gc.collect()
    # To look at the others takes time itself, which is not to be counted.
    others = processor_time_of_others()
    own = process_time()
    elapsed = do(number)
    own = process_time() - own
    return elapsed, own + processor_time_of_others() - others


def main() -> None:
    name, seconds = sys.argv[1], float(sys.argv[2])
    # What others print goes elsewhere than the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)

    def say(*words: object) -> None:
        print(*words, file=answers, flush=True)

    warnings.simplefilter("ignore")  # old libraries say that they, or what they use, will go
    with telling_where(seconds):
        say(IMPORTING)
        make = load(name)
    with telling_where(seconds):
        say(STARTING)
        contender = make(name)
    try:
        say(READY)
        for line in sys.stdin:
            operation, number = line.split()
            with telling_where(seconds):
                answer = obey(contender, operation, int(number))
            say(*answer)
    finally:
        with telling_where(seconds):
            contender.close()


@contextmanager
def telling_where(seconds: float) -> Generator[None]:
    """Say what each thread is doing, if this takes so long. Libraries wait without end, and keep silent of it."""
    faulthandler.dump_traceback_later(seconds)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main()
