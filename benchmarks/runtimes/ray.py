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

# The checkers need not have it.
ray: Any = import_module("ray")
errors: Any = import_module("ray.exceptions")


def begin() -> None:
    """Start a cluster."""
    ray.init(address="local", include_dashboard=False, logging_level="ERROR")


class OnRay(References):
    """typedactors' own; see `Contender`."""

    def __init__(self) -> None:
        begin()
        super().__init__(lambda: typedactors.ray.start(Echo))

    def close(self) -> None:
        super().close()
        ray.shutdown()


class PlainEcho:
    """What Ray makes an actor of."""

    def echo(self, message: object) -> object:
        return message


class Plain:
    """A contender; see `Contender`."""

    def __init__(self) -> None:
        begin()
        self._class: Any = ray.remote(PlainEcho)
        self._actor = self._class.remote()
        ray.get(self._actor.echo.remote(1))  # it runs, as the other's does
        self._others: list[Any] = []

    def ask(self, loops: int) -> float:
        get, echo = ray.get, self._actor.echo
        started = perf_counter()
        for _ in range(loops):
            get(echo.remote(1))
        return perf_counter() - started

    def tell(self, loops: int) -> float:
        echo = self._actor.echo
        started = perf_counter()
        for _ in range(loops):
            echo.remote(1)
        ray.get(echo.remote(1))
        return perf_counter() - started

    def start(self, loops: int) -> float:
        started = perf_counter()
        for _ in range(loops):
            actor = self._class.remote()
            ray.get(actor.echo.remote(1))
            ray.kill(actor)
            with suppress(errors.RayActorError):
                ray.get(actor.echo.remote(1))  # until it is known to have ended
        return perf_counter() - started

    def populate(self, number: int) -> None:
        for _ in range(number):
            actor = self._class.remote()
            ray.get(actor.echo.remote(1))
            self._others.append(actor)

    def close(self) -> None:
        ray.shutdown()


def make(name: str) -> OnRay | Plain:
    """Return the contender."""
    return OnRay() if name == "ray" else Plain()
