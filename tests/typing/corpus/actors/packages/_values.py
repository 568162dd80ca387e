"""A private module, whose public names the package's own modules export."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Reading:
    value: float


class Mode(Enum):
    ON = 1
    OFF = 2
