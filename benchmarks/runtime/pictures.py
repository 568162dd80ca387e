"""The results as pictures: the ratios to Pykka, and the curves of growth. The same figures give the same bytes.

Imported by `benchmarks.runtime.page`. Nothing but this module knows matplotlib.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.runtime import growth
from benchmarks.runtime.results import Results

COLOURS = {"threads": "#1b6ca8", "pool": "#e08e0b", "pykka": "#8a8a8a", "floor": "#2b2b2b"}
STYLES = {"threads": "-", "pool": "-", "pykka": "-", "floor": ":"}


def _plotting() -> Any:  # pyright finds types in matplotlib that are unknown
    """Return pyplot; here, because a run that draws nothing needs no matplotlib."""
    matplotlib: Any = import_module("matplotlib")
    matplotlib.use("svg")
    # Without a salt the names inside a picture are random.
    matplotlib.rcParams.update({"svg.hashsalt": "typedactors", "font.size": 9})
    return import_module("matplotlib.pyplot")


def draw_ratios(run: Results, path: Path) -> None:
    """How many times as long as ours Pykka takes, a bar for each row and runtime."""
    rows = [row for row in run.rows if not row.startswith(growth.PREFIX) and run.ratio(row, "pykka", "threads")]
    own = [name for name in ("threads", "pool") if any(run.has(row, name) for row in rows)]
    pyplot = _plotting()
    figure, axes = pyplot.subplots(figsize=(8.5, 0.6 + 0.26 * len(rows)), layout="constrained")
    height = 0.8 / len(own)
    for index, name in enumerate(own):
        found = [run.ratio(row, "pykka", name) for row in rows]
        widths = [1.0 if ratio is None else ratio.median for ratio in found]
        places = [place + (index - (len(own) - 1) / 2) * height for place in range(len(rows))]
        axes.barh(places, [width - 1 for width in widths], height, left=1, color=COLOURS[name], label=name)
    axes.set_xscale("log")
    axes.set_yticks(range(len(rows)), rows)
    axes.invert_yaxis()
    axes.margins(y=0.01)
    axes.axvline(1, color=COLOURS["floor"], linewidth=0.8)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.grid(axis="x", which="both", linewidth=0.3)
    axes.set_axisbelow(True)
    axes.set_xlabel(f"Pykka's cost as a multiple of ours, Python {run.python} (right of 1: ours costs less)")
    axes.legend(loc="lower right")
    _save(figure, path)


def draw_growth(run: Results, path: Path) -> None:
    """A curve for each contender, a panel for each kind of growth."""
    pyplot = _plotting()
    columns = 2
    lines = -(-(len(growth.CURVES) + 1) // columns)  # one panel more, for the legend
    figure, grid = pyplot.subplots(lines, columns, figsize=(8.5, 3.25 * lines), layout="constrained")
    panels = list(grid.flat)
    used, unused = panels[: len(growth.CURVES)], panels[len(growth.CURVES) :]
    for axes, curve in zip(used, growth.CURVES, strict=True):
        for name, colour in COLOURS.items():
            found = [(point, run.cost(curve.row_name(point), name)) for point in curve.points]
            points = [(point, cost * 1e6) for point, cost in found if cost is not None]
            if points:
                axes.plot(*zip(*points, strict=True), STYLES[name], marker=".", color=colour, label=name)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xticks(curve.points, [f"{point:,}" for point in curve.points])
        axes.xaxis.set_minor_formatter("")
        axes.yaxis.set_major_formatter("{x:g}")
        axes.yaxis.set_minor_formatter("")
        axes.set_title(f"{curve.name}, by {curve.axis}")
        axes.set_ylabel("µs each")
        axes.grid(which="major", linewidth=0.3)
    for axes in unused:
        axes.axis("off")
    unused[0].legend(*used[0].get_legend_handles_labels(), loc="center")
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:  # matplotlib's
    path.parent.mkdir(parents=True, exist_ok=True)
    # No date: a run that measures the same changes nothing.
    figure.savefig(path, format="svg", metadata={"Date": None})
    _plotting().close(figure)
