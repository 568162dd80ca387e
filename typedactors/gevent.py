"""Actors in gevent's greenlets. See "Runtimes" in the documentation."""

from __future__ import annotations

try:
    import gevent as _needed  # noqa: F401 - asked for before anything else, for the sake of the message
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "typedactors.gevent needs gevent: python -m pip install 'typedactors[gevent]'", name=error.name
    ) from error

from typedactors.runtimes.gevent import GeventActor, GeventFuture, start

__all__ = ["GeventActor", "GeventFuture", "start"]
