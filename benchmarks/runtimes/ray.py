"""Ray: typedactors on it, and a plain Ray actor, each on a cluster of its own on this machine.

Imported by `benchmarks.runtimes.contenders`, in a worker.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from time import perf_counter
from typing import Any

import typedactors.ray
from benchmarks.runtimes.own import Echo
from benchmarks.runtimes.references import References


def begin() -> Any:
    """Start a cluster, and return Ray, whose types the checkers need not have."""
    ray: Any = import_module("ray")
    ray.init(address="local", include_dashboard=False, logging_level="ERROR")
    return ray


class OnRay(References):
    """typedactors' own; see `Contender`."""

    def __init__(self) -> None:
        self._ray = begin()
        super().__init__(lambda: typedactors.ray.start(Echo))

    def close(self) -> None:
        super().close()
        self._ray.shutdown()


class PlainEcho:
    """What Ray makes an actor of."""

    def echo(self, message: object) -> object:
        return message


class Plain:
    """A contender; see `Contender`."""

    def __init__(self) -> None:
        self._ray = begin()
        self._errors: Any = import_module("ray.exceptions")
        self._class: Any = self._ray.remote(PlainEcho)
        self._actor = self._class.remote()
        self._others: list[Any] = []

    def ask(self, loops: int) -> float:
        get, echo = self._ray.get, self._actor.echo
        started = perf_counter()
        for _ in range(loops):
            get(echo.remote(1))
        return perf_counter() - started

    def tell(self, loops: int) -> float:
        echo = self._actor.echo
        started = perf_counter()
        for _ in range(loops):
            echo.remote(1)
        self._ray.get(echo.remote(1))
        return perf_counter() - started

    def start(self, loops: int) -> float:
        started = perf_counter()
        for _ in range(loops):
            actor = self._class.remote()
            self._ray.get(actor.echo.remote(1))
            self._ray.kill(actor)
            with suppress(self._errors.RayActorError):
                self._ray.get(actor.echo.remote(1))  # until it is known to have ended
        return perf_counter() - started

    def populate(self, number: int) -> None:
        for _ in range(number):
            actor = self._class.remote()
            self._ray.get(actor.echo.remote(1))
            self._others.append(actor)

    def close(self) -> None:
        self._ray.shutdown()


def make(name: str) -> OnRay | Plain:
    """Return the contender."""
    return OnRay() if name == "ray" else Plain()
