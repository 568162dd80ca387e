"""Counts what Python does for an operation, in all threads: instructions of bytecode, and calls.

Such counts do not depend on the machine or on what else it does, and hardly on how threads take turns.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import CodeType
from typing import Any

# Python 3.11, whose types the checkers go by, has none; the tests that count are left out there.
_monitoring: Any = getattr(sys, "monitoring", None)

FEW, MANY = 10, 30
REPETITIONS = 7


@dataclass(frozen=True)
class Count:
    """What one operation takes."""

    instructions: int
    calls: int


class _Counter:
    """Counts between `start` and `stop`, but not in the files that are named."""

    def __init__(self, *ignored: str) -> None:
        self._ignored = ignored
        # Appending is atomic, where to add to a number is not.
        self._instructions: list[None] = []
        self._calls: list[None] = []

    def start(self) -> None:
        monitoring = _monitoring
        tool, events = monitoring.PROFILER_ID, monitoring.events
        monitoring.use_tool_id(tool, "typedactors")
        monitoring.register_callback(tool, events.INSTRUCTION, self._instruction)
        monitoring.register_callback(tool, events.CALL, self._call)
        monitoring.set_events(tool, events.INSTRUCTION | events.CALL)

    def stop(self) -> tuple[int, int]:
        monitoring = _monitoring
        tool = monitoring.PROFILER_ID
        monitoring.set_events(tool, monitoring.events.NO_EVENTS)
        monitoring.free_tool_id(tool)
        return len(self._instructions), len(self._calls)

    def _instruction(self, code: CodeType, offset: int) -> object:
        if code.co_filename not in self._ignored:
            self._instructions.append(None)
        return None

    def _call(self, code: CodeType, offset: int, function: object, argument: object) -> object:
        if code.co_filename not in self._ignored:
            self._calls.append(None)
        return None


def count(operate: Callable[[int], object], *ignored: str) -> Count:
    """Count what one operation takes, without what comes before and after.

    Arguments:
        operate: does the operation that often, and returns when all threads have finished with it.
        ignored: the files that do not count, because they are the test's own.
    """
    operate(FEW)

    def of(number: int) -> tuple[int, int]:
        counter = _Counter(__file__, *ignored)
        counter.start()
        operate(number)
        return counter.stop()

    found: list[tuple[float, float]] = []
    for _ in range(REPETITIONS):
        few, many = of(FEW), of(MANY)
        found.append(((many[0] - few[0]) / (MANY - FEW), (many[1] - few[1]) / (MANY - FEW)))
    # The median: how threads take turns decides, now and then, between a path that waits and one that need not.
    return Count(*(round(statistics.median(each)) for each in zip(*found, strict=True)))
