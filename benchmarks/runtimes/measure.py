"""Runs the workers, started one after the other: each waits while another one samples.

In each round every operation is sampled, by every contender right after the other, beginning with another one each
time. So what else the machine does falls on all alike, and ratios of samples that were taken together are kept.

Imported by the entry point. Imports `contenders`, `worker` and `benchmarks.runtime.store`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.runtime.store import Series
from benchmarks.runtimes.contenders import CONTENDERS
from benchmarks.runtimes.worker import READY

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = ("ask", "tell", "start")
PROCESSOR = ", processor time"
"""What the name of a row ends in whose samples are processor time."""
MEMORY = "memory"
WITH_PROCESSES = ("process", "pactor", "ray", "plain-ray")
"""Whose actors have a process each."""
PATIENCE = 120.0
"""After how many seconds without an answer a worker is taken for hung.

The longest answer is that of a cluster that starts: about 20, from a cold disk and with both processors busy."""
TOLD = 0.9
"""After which part of that time a worker says what it is doing, so that it has said so when it is ended."""
MOST_LOOPS = 1 << 18


@dataclass(frozen=True)
class Extent:
    """How much is measured.

    Args:
        rounds: how many samples of each operation.
        seconds: how long a sample is to take, about.
        actors: how many actors are started for the memory of one; of those with a process each, a twentieth.
        populations: how many samples of that.
    """

    rounds: int
    seconds: float
    actors: int
    populations: int


FULL = Extent(rounds=15, seconds=0.2, actors=200, populations=3)
SHORT = Extent(rounds=2, seconds=0.005, actors=20, populations=1)


class WorkerFailedError(Exception):
    """A worker ended or hung; it says which one, and with what."""


class Worker:
    """This side of a contender's process.

    Args:
        name: the contender's.
        process: its process.
        patience: after how many seconds without an answer it is taken for hung.
    """

    def __init__(self, name: str, process: subprocess.Popen[str], patience: float) -> None:
        self._name = name
        self._process = process
        self._patience = patience

    def begin(self) -> None:
        """Wait until it can be told what to do.

        Raises:
            WorkerFailedError: it ended or hung before.
        """
        stage = "the start of its process"
        while (line := self._answer(stage)) != READY:
            stage = line

    def sample(self, operation: str, number: int) -> tuple[float, float]:
        """Have an operation done so many times.

        Returns:
            Seconds and seconds of processor time; of memory, bytes and 0.

        Raises:
            WorkerFailedError: there was no answer.
        """
        orders = self._process.stdin
        assert orders is not None
        with suppress(BrokenPipeError):  # then there is no answer either
            print(operation, number, file=orders, flush=True)
        first, second = self._answer(operation).split()
        return float(first), float(second)

    def _answer(self, stage: str) -> str:
        """Return the next line, which ends a stage of the worker's life."""
        answers = self._process.stdout
        assert answers is not None
        # A hung worker is ended, so that its answer is the end of the pipe.
        hung = threading.Event()

        def end() -> None:
            hung.set()
            self._process.kill()

        watchdog = threading.Timer(self._patience, end)
        watchdog.start()
        try:
            line = answers.readline()
        finally:
            watchdog.cancel()
        if not line:
            what = f"was not done with it after {self._patience:g} s" if hung.is_set() else "ended"
            raise WorkerFailedError(f"{self._name}: {stage}: the worker {what}; what it said of it is above")
        return line.rstrip()


@contextmanager
def running(name: str, path: Sequence[Path] = (), patience: float = PATIENCE) -> Generator[Worker]:
    """Run the process of a contender, which finds modules on ``path`` first, once it has begun.

    Raises:
        WorkerFailedError: it ended or hung before that.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*map(str, path), str(ROOT), *_inherited_path()])}
    command = [sys.executable, "-m", "benchmarks.runtimes.worker", name, str(TOLD * patience)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    ) as process:
        try:
            worker = Worker(name, process, patience)
            worker.begin()
            yield worker
        finally:
            assert process.stdin is not None
            with suppress(BrokenPipeError):
                process.stdin.close()
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                process.kill()


def _inherited_path() -> list[str]:
    return [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]


def calibrate(worker: Worker, operation: str, seconds: float) -> int:
    """How often a sample has to do it to take about that long."""
    worker.sample(operation, 1)  # the first time makes what later ones find
    loops = 1
    while (elapsed := worker.sample(operation, loops)[0]) < seconds / 4 and loops < MOST_LOOPS:
        loops *= 4
    return min(max(round(loops * seconds / elapsed), 1), MOST_LOOPS)


def measure(names: Sequence[str], paths: Mapping[str, Sequence[Path]], extent: Extent) -> list[Series]:
    """Sample all operations of these contenders.

    Args:
        names: the contenders.
        paths: where each finds its modules, besides the environment of this process.
        extent: how much.
    """
    values: dict[tuple[str, str], list[float]] = {}
    loops: dict[tuple[str, str], int] = {}
    with ExitStack() as stack:
        workers = {name: stack.enter_context(running(name, paths.get(name, ()))) for name in names}
        for operation in OPERATIONS:
            for name in _able(names, operation):
                loops[operation, name] = calibrate(workers[name], operation, extent.seconds)
        for number in range(extent.rounds):
            for operation in OPERATIONS:
                for name in _rotated(_able(names, operation), number):
                    often = loops[operation, name]
                    elapsed, processor = workers[name].sample(operation, often)
                    values.setdefault((operation, name), []).append(elapsed / often)
                    # Of what starts and ends, the system forgets the time.
                    if operation != "start" and processor > 0:
                        values.setdefault((operation + PROCESSOR, name), []).append(processor / often)
    found = [
        Series(row, name, "second", loops[row.removesuffix(PROCESSOR), name], tuple(samples))
        for (row, name), samples in values.items()
        if len(samples) == extent.rounds
    ]
    return found + _memory(_able(names, MEMORY), paths, extent)


def _memory(names: Sequence[str], paths: Mapping[str, Sequence[Path]], extent: Extent) -> list[Series]:
    """How much an idle actor takes: each sample in a new process, where nothing has been used and freed before."""
    found: list[Series] = []
    for name in names:
        number = max(extent.actors // 20, 1) if name in WITH_PROCESSES else extent.actors
        samples: list[float] = []
        for _ in range(extent.populations):
            with running(name, paths.get(name, ())) as worker:
                samples.append(max(worker.sample(MEMORY, number)[0], 1.0) / number)
        found.append(Series(MEMORY, name, "byte", number, tuple(samples)))
    return found


def _able(names: Sequence[str], operation: str) -> list[str]:
    return [name for name in names if operation in CONTENDERS[name].operations]


def _rotated(names: Sequence[str], by: int) -> list[str]:
    shift = by % len(names)
    return [*names[shift:], *names[:shift]]
