"""Ratios are those of samples taken together, and what is written of them is what was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.runtime import goals, machine, page, store
from benchmarks.runtime.growth import CURVES
from benchmarks.runtime.results import Results
from benchmarks.runtime.row import Row
from benchmarks.runtime.worker import calibrate, measure

FACTS = {
    "fact_processor": "Example (x86_64)",
    "fact_cores": "2 cores",
    "fact_system": "Linux 6.1",
    "fact_python": "CPython 3.12.1",
    "fact_typedactors": "0.1.0",
    "fact_pykka": "4.5.0",
}


def series(row: str, contender: str, *values: float, unit: str = "second") -> store.Series:
    return store.Series(row, contender, unit, 10, values)


@pytest.fixture
def results(tmp_path: Path) -> Results:
    """Two processes; in the second one all else is ten times as slow."""
    point = CURVES[0].row_name(CURVES[0].points[0])
    found = [
        series("ask, blocking", "threads", 1e-5, 1e-5, 1e-5),
        series("ask, blocking", "pykka", 2e-5, 3e-5, 4e-5),
        series("ask, blocking", "floor", 1e-5, 1e-5, 1e-5),
        series("memory: a thing", "threads", 1000.0, unit="byte"),
        series("memory: a thing", "pykka", 1500.0, unit="byte"),
        series(point, "threads", 2e-3),
        series("ask, blocking", "threads", 1e-4, 1e-4),
        series("ask, blocking", "pykka", 3e-4, 5e-4),
        series("ask, blocking", "floor", 2e-4, 5e-5),
    ]
    store.save(tmp_path / "run.json", found, FACTS)
    return Results(tmp_path / "run.json")


def test_a_ratio_is_the_median_of_those_of_samples_taken_together(results: Results) -> None:
    ratio = results.ratio("ask, blocking", "pykka", "threads")
    assert ratio is not None
    assert (ratio.low, ratio.median, ratio.high) == pytest.approx((3, 3, 4))
    assert results.cost("ask, blocking", "pykka") == pytest.approx(4e-5)
    assert results.ratio("ask, blocking", "pykka", "pool") is None


def test_a_goal_is_missed_or_reached(results: Results) -> None:
    faster = goals.times_faster("ask, blocking", 3)
    figure = faster.measure(results)
    assert figure is not None
    assert faster.reached(figure)
    assert not goals.times_faster("ask, blocking", 3.1).reached(figure)
    floor = goals.times_floor("ask, blocking", 1)
    assert floor.measure(results) == pytest.approx(1)
    assert floor.reached(1)
    assert not floor.reached(1.01)


def test_the_page_has_the_figures_and_the_machine(results: Results) -> None:
    lines = page.text([results]).splitlines()
    assert "| ask, blocking | 3.00 | 1.00 |" in lines
    assert "| memory: a thing | 1.50 | - |" in lines
    assert "| memory: a thing | 1,000 B | 1,500 B | - | 1.50 to 1.50 |" in lines
    assert "| 10 | 2.00 ms | - | - |" in lines
    assert "| ask, blocking, threads: at least 2.5 times as fast as Pykka | 3.00 | 3.00 | reached |" in lines
    assert lines[0].startswith("typedactors 0.1.0 and Pykka 4.5.0, on CPython 3.12.1;")


def test_several_pythons_stand_side_by_side(results: Results) -> None:
    assert "| ask, blocking | 3.00 / 3.00 | 1.00 / 1.00 |" in page.text([results, results]).splitlines()


def test_no_machine_is_named() -> None:
    known = {"fact_processor", "fact_cores", "fact_system", "fact_python", "fact_typedactors", "fact_pykka"}
    assert set(machine.facts()) == known


def test_a_sample_is_divided_by_its_loops_and_contenders_take_turns() -> None:
    calls: list[tuple[str, int]] = []

    def first(loops: int) -> float:
        calls.append(("first", loops))
        return loops * 1.0

    def second(loops: int) -> float:
        calls.append(("second", loops))
        return loops * 2.0

    found = measure([Row("a row", {"first": first, "second": second}, loops=4)], 2, 0.1)
    assert [(each.contender, each.values) for each in found] == [("first", (1.0, 1.0)), ("second", (2.0, 2.0))]
    assert calls == [("first", 4), ("second", 4), ("second", 4), ("first", 4)]


def test_as_many_loops_are_taken_as_take_the_time_asked_for() -> None:
    assert calibrate(lambda loops: loops * 0.001, 1.0) == 1000
    assert calibrate(lambda loops: loops * 3.0, 1.0) == 1
