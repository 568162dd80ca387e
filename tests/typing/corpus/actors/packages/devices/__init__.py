"""Defines an actor in a package's own module."""

from __future__ import annotations

from typedactors import ThreadingActor

from ..values import Reading


class Lamp(ThreadingActor):
    def shine(self, reading: Reading) -> bool:
        return reading.value > 0
