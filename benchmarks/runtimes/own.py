"""The runtimes of typedactors: one actor class, started on each.

Imported by `benchmarks.runtimes.contenders`, in a worker.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from benchmarks.runtimes.references import Reference, References
from typedactors import ThreadingActor

MODULES = {
    "threads": "typedactors.runtimes.threading",
    "pool": "typedactors.runtimes.pool",
    "asyncio": "typedactors.asyncio",
    "gevent": "typedactors.gevent",
    "eventlet": "typedactors.eventlet",
    "process": "typedactors.process",
}


class Echo(ThreadingActor):
    """Answers with what it is asked."""

    def on_receive(self, message: object) -> object:
        return message


def make(name: str) -> References:
    """Return the contender of a runtime."""
    start: Callable[[type[Echo]], Reference] = import_module(MODULES[name]).start
    return References(lambda: start(Echo))
