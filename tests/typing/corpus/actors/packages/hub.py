"""Several actors in one module, which import others relatively."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typedactors import ThreadingActor

from .values import Mode, Reading

if TYPE_CHECKING:
    from .devices.lamps.led import Led


class Hub(ThreadingActor):
    def __init__(self, leds: list[Led]) -> None:
        super().__init__()
        self.leds = leds

    def read(self, mode: Mode = Mode.ON) -> Reading:
        return Reading(mode.value)


class Reader(ThreadingActor):
    def latest(self) -> list[Reading]:
        return []


class _Hidden(ThreadingActor):
    def work(self) -> int:
        return 1


HIDDEN = _Hidden.start
