"""pactor: a process for each actor, a queue of ``multiprocessing.Manager`` before it, and no answers.

Imported by `benchmarks.runtimes.contenders`, in a worker.
"""

from __future__ import annotations

import multiprocessing
from importlib import import_module
from multiprocessing.connection import Connection
from time import perf_counter
from typing import Any


class Sink:
    """What pactor makes an actor of.

    Args:
        handled: where it says that it has handled the last message.
    """

    def __init__(self, handled: Connection) -> None:
        self._handled = handled

    def note(self, message: object) -> None:
        pass

    def last(self) -> None:
        self._handled.send(None)


class Pactor:
    """A contender; see `Contender`. It has no `ask`."""

    def __init__(self) -> None:
        self._class: Any = import_module("pactor").Actor  # it has no types
        self._received, self._handled = multiprocessing.Pipe()
        self._actor = self._class(Sink(self._handled))
        self._others: list[Any] = []

    def ask(self, loops: int) -> float:
        raise NotImplementedError("pactor has no answers")

    def tell(self, loops: int) -> float:
        proxy = self._actor.proxy
        started = perf_counter()
        for _ in range(loops):
            proxy.note(1)
        proxy.last()
        self._received.recv()
        return perf_counter() - started

    def start(self, loops: int) -> float:
        started = perf_counter()
        for _ in range(loops):
            actor = self._class(Sink(self._handled))
            actor.close()
            actor.join()
        return perf_counter() - started

    def populate(self, number: int) -> None:
        for _ in range(number):
            actor = self._class(Sink(self._handled))
            actor.proxy.last()
            self._received.recv()
            self._others.append(actor)

    def close(self) -> None:
        for actor in (*self._others, self._actor):
            actor.close()
            actor.join()


def make(name: str) -> Pactor:
    """Return the contender."""
    return Pactor()
