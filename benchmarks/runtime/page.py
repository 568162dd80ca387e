"""The results as Markdown: a summary for all Pythons of a run, each Python's figures, and the goals.

Imported by the entry point. Imports `benchmarks.runtime.results`, `goals`, `growth` and `pictures`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.runtime import goals, growth, pictures
from benchmarks.runtime.results import Ratio, Results
from benchmarks.runtime.row import FLOOR

PAGE = "benchmarks.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
OWN = ("threads", "pool")
CONTENDERS = (*OWN, "pykka", FLOOR)
NONE = "-"


def text(runs: Sequence[Results]) -> str:
    """What is between the markers, of one run on one or several Pythons, the oldest first."""
    sections = [_about(runs), _summary(runs), _goals(runs), _growth(runs[-1])]
    sections += [_details(run) for run in runs]
    return "\n\n".join(section for section in sections if section)


def write(runs: Sequence[Results], site: Path) -> None:
    """Put the results between the page's markers, and draw its pictures."""
    replace_between(site / PAGE, BEGIN, END, text(runs))
    pictures.draw_ratios(runs[-1], site / "images" / "ratios.svg")
    pictures.draw_growth(runs[-1], site / "images" / "growth.svg")


def replace_between(page: Path, begin: str, end: str, content: str) -> None:
    """Put ``content`` between two marker lines of a page, in the place of what is there."""
    before, begun, rest = page.read_text(encoding="utf-8").partition(begin)
    _, ended, after = rest.partition(end)
    if not (begun and ended):
        raise SystemExit(f"{page.name} has no lines {begin} and {end} to write between")
    page.write_text(f"{before}{begin}\n\n{content}\n\n{end}{after}", encoding="utf-8")


def _about(runs: Sequence[Results]) -> str:
    facts = runs[-1].facts
    pythons = ", ".join(run.facts["python"] for run in runs)
    return (
        f"typedactors {facts['typedactors']} and Pykka {facts['pykka']}, on {pythons}; {facts['system']},\n"
        f"{facts['processor']}, {facts['cores']}."
    )


def contenders(run: Results) -> list[str]:
    """Those that the run has."""
    return [name for name in CONTENDERS if any(run.has(row, name) for row in run.rows)]


def _summary(runs: Sequence[Results]) -> str:
    last = runs[-1]
    pairs = [(own, "pykka") for own in OWN] + [(own, FLOOR) for own in OWN]
    pairs = [pair for pair in pairs if pair[0] in contenders(last)]
    heads = [f"{own} over Pykka" if other == "pykka" else f"{own} / floor" for own, other in pairs]
    lines: list[list[str]] = []
    for row in last.rows:
        if not row.startswith(growth.PREFIX):
            lines.append([row, *(_each(_compared(run, row, own, other) for run in runs) for own, other in pairs)])
    versions = " / ".join(run.python for run in runs)
    return f"Python {versions}:\n\n{table(['', *heads], lines)}"


def _compared(run: Results, row: str, own: str, other: str) -> Ratio | None:
    """How many times faster than Pykka, or how many times slower than the floor."""
    return run.ratio(row, own, FLOOR) if other == FLOOR else run.ratio(row, other, own)


def _each(ratios: Iterable[Ratio | None]) -> str:
    return _all(None if ratio is None else ratio.median for ratio in ratios)


def _goals(runs: Sequence[Results]) -> str:
    lines: list[list[str]] = []
    for goal in goals.GOALS:
        figures = [goal.measure(run) for run in runs]
        if any(figure is not None for figure in figures):
            missed = [
                run.python
                for run, figure in zip(runs, figures, strict=True)
                if figure is not None and not goal.reached(figure)
            ]
            outcome = f"missed on {', '.join(missed)}" if missed else "reached"
            lines.append([goal.text, _all(figures), _all(goal.floor(run) for run in runs), outcome])
    rest = (
        "That no ask hangs and no deadlock is reported that is none is for the tests to show, not for a clock. "
        "*The floor* is how many times as fast as Pykka the bare queues, locks and threads are: where a goal asks for "
        "more, no library on threads reaches it on this machine, unless it does with less, as threads that are "
        "parked and used again do, and asks that the caller runs."
    )
    return f"## Goals\n\n{rest}\n\n{table(['goal', 'measured', 'the floor', ''], lines)}"


def _all(figures: Iterable[float | None]) -> str:
    shown = [NONE if figure is None else short(figure) for figure in figures]
    return NONE if set(shown) == {NONE} else " / ".join(shown)


def _growth(run: Results) -> str:
    present = contenders(run)
    sections: list[str] = []
    for curve in growth.CURVES:
        lines = [
            [f"{point:,}", *(cost(run, curve.row_name(point), name) for name in present)]
            for point in curve.points
            if run.has(curve.row_name(point), "threads")
        ]
        if lines:
            sections.append(f"{curve.name}, by {curve.axis}:\n\n{table([curve.axis, *present], lines)}")
    return f"## Growth\n\nOn Python {run.python}.\n\n" + "\n\n".join(sections) if sections else ""


def _details(run: Results) -> str:
    present = contenders(run)
    lines: list[list[str]] = []
    for row in run.rows:
        if not row.startswith(growth.PREFIX):
            ratio = run.ratio(row, "pykka", "threads")
            spread = NONE if ratio is None else f"{short(ratio.low)} to {short(ratio.high)}"
            lines.append([row, *(cost(run, row, name) for name in present), spread])
    heads = ["", *present, "Pykka / threads, middle half"]
    return f"## Python {run.python}, each figure\n\n{table(heads, lines)}"


def cost(run: Results, row: str, contender: str) -> str:
    """The median of a contender in a row, with its unit."""
    found = run.cost(row, contender)
    if found is None:
        return NONE
    if run.unit(row) == "byte":
        return f"{found:,.0f} B"
    for scale, unit in ((1.0, "s"), (1e3, "ms"), (1e6, "µs")):
        if found * scale >= 1:
            return f"{short(found * scale)} {unit}"
    return f"{short(found * 1e9)} ns"


def short(figure: float) -> str:
    """Two or three digits, which is more than the noise leaves."""
    if figure >= 100:
        return f"{figure:,.0f}"
    return f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"


def table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table of Markdown, its first column of words and the others of figures."""
    rule = ["---", *("---:" for _ in heads[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rule, *lines))
