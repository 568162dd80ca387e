"""The clock that waits go by: it runs on while a test freezes or moves the time.

Imports nothing of the package.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["monotonic"]


# As a default argument the real function is out of reach: freezegun and its like look for it in the variables of every
# module and put a clock that stands still in its place, with which no timeout would ever run out.
def monotonic(_read: Callable[[], float] = time.monotonic) -> float:
    """Return the seconds of a clock that never goes back, as ``time.monotonic`` was when this module was imported."""
    return _read()
