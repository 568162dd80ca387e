"""The benchmarks of the runtimes run, small and without peers, and tell a goal that is reached from one that is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.runtime import machine, store
from benchmarks.runtime.results import Results
from benchmarks.runtimes import __main__ as entry
from benchmarks.runtimes import page
from benchmarks.runtimes.contenders import CONTENDERS, PEERS
from benchmarks.runtimes.goals import GOALS
from benchmarks.runtimes.measure import Extent, WorkerFailedError, measure, running
from benchmarks.runtimes.page import BEGIN, END

TINY = Extent(rounds=2, seconds=0.001, actors=5, populations=1)


def results_of(path: Path, figures: dict[tuple[str, str], float]) -> Results:
    found = [store.Series(row, name, "second", 1, (figure, figure)) for (row, name), figure in figures.items()]
    store.save(path, found, machine.facts())
    return Results(path)


def test_the_short_form_measures_each_of_the_own_runtimes(capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.main(["--short"]) == 0
    shown = capsys.readouterr().out
    for name, contender in CONTENDERS.items():
        assert (f"| {contender.description} |" in shown) == contender.is_own, name


def test_samples_are_taken_in_pairs() -> None:
    found = {(series.row, series.contender): series for series in measure(["threads", "pipe"], {}, TINY)}
    assert {(row, name) for row, name in found if "processor" not in row} == {
        *((row, name) for row in ("ask", "tell", "start") for name in ("threads", "pipe")),
        ("memory", "threads"),
    }
    assert all(len(series.values) == TINY.rounds for (row, _), series in found.items() if row != "memory")


def test_a_worker_that_fails_is_named_with_what_it_was_at(capfd: pytest.CaptureFixture[str]) -> None:
    # It is not installed where the tests run.
    with pytest.raises(WorkerFailedError, match="pactor: starting: the worker ended"), running("pactor"):
        pass
    assert "No module named 'pactor'" in capfd.readouterr().err


def test_a_worker_that_hangs_says_where(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    module = tmp_path / "pactor.py"
    module.write_text("import threading\n\nthreading.Event().wait()\n", encoding="utf-8")
    hung = pytest.raises(WorkerFailedError, match="pactor: starting: the worker was not done with it after 5 s")
    with hung, running("pactor", [tmp_path], patience=5):
        pass
    assert f'File "{module}", line 3 in <module>' in capfd.readouterr().err


def test_goals_and_peers_name_contenders_that_do_what_is_compared() -> None:
    for goal in GOALS:
        for name in (goal.upper, goal.lower):
            assert goal.operation in CONTENDERS[name].operations
    # Ray is an extra that the own actors need as well.
    assert [own for own in PEERS if not CONTENDERS[own].is_own] == ["ray"]
    assert not any(CONTENDERS[peer].is_own for peers in PEERS.values() for peer in peers)


def test_the_page_says_what_is_reached(tmp_path: Path) -> None:
    figures = {
        ("ask", "threads"): 1.0,
        ("ask", "pool"): 1.25,
        ("tell", "threads"): 1.0,
        ("tell", "pool"): 1.4,
        ("tell", "process"): 1.0,
        ("tell", "pactor"): 1.9,
        ("tell, processor time", "process"): 1.0,
        ("tell, processor time", "pactor"): 3.0,
    }
    lines = page.text(results_of(tmp_path / "run.json", figures)).splitlines()
    assert "| ask, pool: at most 1.3 times as long as threads | 1.25 | - | reached |" in lines
    assert "| tell, pool: at most 1.3 times as long as threads | 1.40 | - | missed |" in lines
    assert "| tell, process: at least 2 times as fast as pactor 0.1.0 | 1.90 | 3.00 | missed |" in lines
    assert "| tell, process over pactor 0.1.0 | 1.90 | 1.90 to 1.90 | 3.00 |" in lines


def test_the_section_is_written_between_its_markers(tmp_path: Path) -> None:
    run = results_of(tmp_path / "run.json", {("ask", "threads"): 1.0, ("ask", "pool"): 1.0})
    (tmp_path / "benchmarks.md").write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    page.write(run, tmp_path)
    written = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    assert written.startswith(f"before\n{BEGIN}\n\ntypedactors ")
    assert written.endswith(f"\n\n{END}\nafter\n")
    assert "old" not in written
