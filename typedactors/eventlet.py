"""Actors in eventlet's greenlets. See "Runtimes" in the documentation."""

from __future__ import annotations

try:
    import eventlet as _needed  # noqa: F401 - asked for before anything else, for the sake of the message
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "typedactors.eventlet needs eventlet: python -m pip install 'typedactors[eventlet]'", name=error.name
    ) from error

from typedactors.runtimes.eventlet import EventletActor, EventletEvent, EventletFuture, start

__all__ = ["EventletActor", "EventletEvent", "EventletFuture", "start"]
