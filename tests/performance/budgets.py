"""What each operation may cost, recorded for each Python, and how far it may be off.

Imported by the tests and by ``record``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TypeAlias

from tests.performance.counting import Count

FILE = Path(__file__).parent / "budgets.json"
MARGIN = 1.5
"""A path that does everything twice is beyond it; that another release of Python compiles otherwise is not."""

Budgets: TypeAlias = dict[str, dict[str, dict[str, list[int]]]]
"""By Python, library and operation: instructions and calls."""


def this_python() -> str:
    return ".".join(map(str, sys.version_info[:2]))


def load() -> Budgets:
    found: Budgets = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def nearest(budgets: Budgets) -> str:
    """This Python if it is recorded, else the newest one that is."""
    return this_python() if this_python() in budgets else max(budgets, key=lambda name: [*map(int, name.split("."))])


def save(counts: dict[str, dict[str, Count]]) -> None:
    """Record what was counted on this Python, and leave the others as they are."""
    budgets = load() if FILE.exists() else {}
    budgets[this_python()] = {
        library: {name: [count.instructions, count.calls] for name, count in of_library.items()}
        for library, of_library in counts.items()
    }
    lines = json.dumps(budgets, indent=1, sort_keys=True)
    FILE.write_text(lines + "\n", encoding="utf-8")


def excess(count: Count, budget: list[int]) -> str | None:
    """Say by how much a count is beyond its budget; ``None`` if it is within."""
    instructions, calls = budget
    if count.instructions > instructions * MARGIN:
        return f"{count.instructions} instructions, where {instructions} are recorded"
    if count.calls > calls * MARGIN:
        return f"{count.calls} calls, where {calls} are recorded"
    return None
