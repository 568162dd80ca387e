"""The floor of processes: a pipe to a process that sends back what it gets. No actors, no errors, one asker.

Imported by `benchmarks.runtimes.contenders`, in a worker.
"""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from time import perf_counter

TOLD, ASKED, END = range(3)


def echo(connection: Connection) -> None:
    """Be the other process."""
    while True:
        kind, value = connection.recv()
        if kind == END:
            return
        if kind == ASKED:
            connection.send(value)


class Pipe:
    """A contender; see `Contender`."""

    def __init__(self) -> None:
        self._process, self._connection = self._open()

    def ask(self, loops: int) -> float:
        connection = self._connection
        started = perf_counter()
        for _ in range(loops):
            connection.send((ASKED, 1))
            connection.recv()
        return perf_counter() - started

    def tell(self, loops: int) -> float:
        connection = self._connection
        started = perf_counter()
        for _ in range(loops):
            connection.send((TOLD, 1))
        connection.send((ASKED, 1))
        connection.recv()
        return perf_counter() - started

    def start(self, loops: int) -> float:
        started = perf_counter()
        for _ in range(loops):
            self._end(*self._open())
        return perf_counter() - started

    def populate(self, number: int) -> None:
        raise NotImplementedError("there are no actors")

    def close(self) -> None:
        self._end(self._process, self._connection)

    def _open(self) -> tuple[BaseProcess, Connection]:
        ours, theirs = multiprocessing.Pipe()
        # Forked, which is the least: the worker has no other thread.
        process = multiprocessing.get_context("fork").Process(target=echo, args=(theirs,))
        process.start()
        theirs.close()
        return process, ours

    def _end(self, process: BaseProcess, connection: Connection) -> None:
        connection.send((END, None))
        process.join()
        connection.close()


def make(name: str) -> Pipe:
    """Return the contender."""
    return Pipe()
