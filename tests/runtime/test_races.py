"""Askers and tellers race against every end of an actor: nobody hangs, nothing is lost, nothing is doubled.

Short by default, with the interpreter's own switch interval and with one of a microsecond. ``pytest -m soak`` does the
same for two million asks. That the count can be wrong is shown by the same races on Pykka, and by the mailboxes of
`test_stress`, which are broken on purpose.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import typedactors
from tests.runtime.race import Tally
from tests.runtime.race_session import race_until, report, switch_interval, total_of
from tests.runtime.support import LIMIT

SEED = 1


def race(asks: int, kind: str, interval: float | None) -> Tally:
    """Race, print what was counted, and return the sum."""
    with switch_interval(interval):
        tallies = race_until(typedactors, asks, kind=kind, seed=SEED)
    title = f"{kind}, Python {sys.version.split()[0]}, seed {SEED}, switch interval {interval or 'as it is'}:"
    sys.stdout.write(report(title, tallies) + "\n")
    return total_of(tallies)


def assert_a_race_without_faults(total: Tally) -> None:
    # First that it was a race: the end came while messages were under way.
    assert total.answered
    assert total.handled
    assert total.refused
    assert total.answered + total.refused + total.handled + total.dead_letters == total.asks + total.tells
    assert total.faults == (0, 0, 0)


@pytest.mark.timeout(180)
@pytest.mark.parametrize("kind", ["ThreadingActor", "PooledActor"])
@pytest.mark.parametrize("interval", [None, 1e-6], ids=["usual switch interval", "switch interval of 1 µs"])
def test_every_message_has_one_fate(kind: str, interval: float | None) -> None:
    assert_a_race_without_faults(race(20_000, kind, interval))


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", ["ThreadingActor", "PooledActor"])
def test_every_message_of_two_million_asks_has_one_fate(kind: str) -> None:
    usual = race(1_000_000, kind, None)
    short = race(1_000_000, kind, 1e-6)

    assert usual.asks + short.asks >= 2_000_000
    assert_a_race_without_faults(usual)
    assert_a_race_without_faults(short)


@pytest.mark.timeout(180)
def test_the_same_races_show_the_faults_of_pykka(repository: Path) -> None:
    """In Pykka asks are lost and those who wait for them hang, and tells are lost in silence."""
    faults = [0, 0, 0]
    for seed in range(20):
        hung, lost_asks, lost_tells = run_on_pykka(repository, seed)
        faults = [faults[0] + hung, faults[1] + lost_asks, faults[2] + lost_tells]
        if all(faults):
            break

    assert all(faults)


def run_on_pykka(repository: Path, seed: int) -> list[int]:
    """Race in a process of its own, in which threads may hang; return how many hung and what was lost."""
    arguments = ["--library", "pykka", "--asks", "10000", "--limit", "0.2", "--seed", str(seed)]
    result = subprocess.run(
        [sys.executable, "-m", "tests.runtime.race_session", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT * 6,
        cwd=repository,
    )
    sys.stdout.write(result.stdout)
    assert result.returncode == 1, result.stderr  # it has found faults
    total = next((line for line in result.stdout.splitlines() if line.startswith("total")), None)
    if total is None:
        # With so short a limit, an end that stops all actors may come to those of the next race on a busy machine.
        assert "ActorDeadError" in result.stderr, result.stderr
        return [0, 0, 0]
    return [int(count.replace(",", "")) for count in total.split()[5:8]]


@pytest.mark.timeout(120)
@pytest.mark.parametrize("end", ["stop, not waited for", "crash", "stop, with a backlog"])
def test_every_message_has_one_fate_after_the_end_of_the_main_thread(end: str, repository: Path) -> None:
    """The interpreter waits for the threads that race, as the last thing that it does for the program."""
    # -P: what is installed is tested, and only the tests themselves come from the checkout.
    program = f"import sys; sys.path.append({str(repository)!r}); from tests.runtime import race_at_exit"
    program += f"; race_at_exit.main(typedactors, {end!r})"
    result = subprocess.run(
        [sys.executable, "-P", "-c", f"import typedactors; {program}"],
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT * 4,
    )

    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    counts = json.loads(result.stdout)
    assert counts["asks"] > 0
    assert counts["after the end of the main thread"]
    assert counts["faults"] == [0, 0, 0]
