"""Pykka, whichever release and runtime: the worker's environment decides on the release.

Imported by `benchmarks.runtimes.contenders`, in a worker.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from benchmarks.runtimes.references import References

CLASSES = {
    "pykka": ("pykka", "ThreadingActor"),
    "pykka-gevent": ("pykka.gevent", "GeventActor"),
    "pykka-eventlet": ("pykka.eventlet", "EventletActor"),
}


def make(name: str) -> References:
    """Return the contender of a release and runtime of Pykka's."""
    module, class_name = CLASSES[name]
    actor: Any = getattr(import_module(module), class_name)  # a class that no checker sees here

    class Echo(actor):  # type: ignore[misc]  # for the same reason
        def on_receive(self, message: object) -> object:
            return message

    return References(Echo.start)
