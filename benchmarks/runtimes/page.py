"""The results as a section of the page of benchmarks.

Imported by the entry point. Imports `goals`, and from `benchmarks.runtime` how results become Markdown.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.runtime.page import NONE, PAGE, cost, replace_between, short, table
from benchmarks.runtime.results import Ratio, Results
from benchmarks.runtimes.contenders import CONTENDERS, PEERS
from benchmarks.runtimes.goals import GOALS
from benchmarks.runtimes.measure import MEMORY, OPERATIONS, PROCESSOR

BEGIN, END = "<!-- runtimes: begin -->", "<!-- runtimes: end -->"


def text(run: Results) -> str:
    """What is between the markers."""
    facts = run.facts
    about = (
        f"typedactors {facts['typedactors']} on {facts['python']}; {facts['system']},\n"
        f"{facts['processor']}, {facts['cores']}."
    )
    return "\n\n".join([about, _figures(run), _peers(run), _goals(run)])


def write(run: Results, site: Path) -> None:
    """Put the results between the page's markers."""
    replace_between(site / PAGE, BEGIN, END, text(run))


def _figures(run: Results) -> str:
    rows = [row for row in (*OPERATIONS, MEMORY) if row in run.rows]
    lines = [
        [entry.description, *(cost(run, row, name) for row in rows)]
        for name, entry in CONTENDERS.items()
        if any(run.has(row, name) for row in rows)
    ]
    heads = {"start": "start + stop", MEMORY: "memory of an idle actor"}
    return table(["", *(heads.get(row, row) for row in rows)], lines)


def _peers(run: Results) -> str:
    lines: list[list[str]] = []
    for own, peer in ((own, peer) for own, peers in PEERS.items() for peer in peers):
        for row in (*OPERATIONS, MEMORY):
            found = run.ratio(row, peer, own)
            if found is not None:
                lines.append(
                    [
                        f"{row}, {own} over {CONTENDERS[peer].description}",
                        short(found.median),
                        f"{short(found.low)} to {short(found.high)}",
                        _median(run.ratio(row + PROCESSOR, peer, own)),
                    ]
                )
    if not lines:
        return "No peer was measured."
    return table(["", "how many times as much the peer takes", "middle half", "processor time"], lines)


def _goals(run: Results) -> str:
    lines: list[list[str]] = []
    for goal in GOALS:
        found = goal.ratio(run)
        if found is not None:
            verdict = "reached" if goal.reached(found.median) else "missed"
            lines.append([goal.text, short(found.median), _median(goal.processor_ratio(run)), verdict])
    return table(["goal", "measured", "of processor time", ""], lines)


def _median(ratio: Ratio | None) -> str:
    return NONE if ratio is None else short(ratio.median)
