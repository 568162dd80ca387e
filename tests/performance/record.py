"""Records what the operations take on this Python: ``python -m tests.performance.record``, ``nox -s budgets`` on each.

To be done when a path has become shorter on purpose, or longer with good reason.
"""

from __future__ import annotations

from benchmarks.libraries import OWN
from tests.performance import budgets
from tests.performance.counting import Count, count
from tests.performance.operations import IGNORED, operations


def main() -> None:
    counts: dict[str, dict[str, Count]] = {}
    for library in OWN:
        with operations(library) as found:
            counts[library.name] = {name: count(operate, *IGNORED) for name, operate in found.items()}
    budgets.save(counts)
    for name, of_library in counts.items():
        for operation, each in of_library.items():
            print(f"{name}, {operation}: {each.instructions} instructions, {each.calls} calls")


if __name__ == "__main__":
    main()
