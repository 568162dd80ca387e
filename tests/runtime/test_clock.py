"""Timeouts go by a clock that a test of the user's cannot stop or move."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager

import freezegun
import pytest

from tests.runtime.support import LIMIT, Beside, Plain
from typedactors import ThreadingFuture, Timeout, get_all
from typedactors._parking import ParkingEvent


@contextmanager
def frozen() -> Generator[Callable[[], object]]:
    """Freeze the time as freezegun does it; what is given moves it on by a day."""
    with freezegun.freeze_time("2020-02-02") as frozen_time:
        assert time.monotonic() == time.monotonic()
        yield lambda: frozen_time.tick(24 * 60 * 60)


@contextmanager
def patched() -> Generator[Callable[[], object]]:
    """Freeze the functions of `time` by hand; what is given moves them on by a day."""
    now = [0.0]

    def read() -> float:
        return now[0]

    with pytest.MonkeyPatch.context() as patch:
        for name in ("time", "monotonic", "perf_counter"):
            patch.setattr(time, name, read)
        yield lambda: now.append(now.pop() + 24 * 60 * 60)


freezers = pytest.mark.parametrize("freeze", [frozen, patched])


def give_up(wait: Callable[[], object]) -> str:
    try:
        wait()
    except Timeout:
        return "timeout"
    return "value"


@freezers
def test_a_timeout_runs_out_while_the_time_stands_still(
    freeze: Callable[[], AbstractContextManager[Callable[[], object]]],
) -> None:
    never: ThreadingFuture[int] = ThreadingFuture()
    waits: list[Callable[[], object]] = [
        lambda: never.get(timeout=0.01),
        lambda: never.map(str).get(timeout=0.01),
        lambda: never.join(never).get(timeout=0.01),
        lambda: get_all([never, never], timeout=0.01),
    ]
    with freeze():
        # Each in a thread of its own, so that one that hangs fails here and not by a time limit of the tests.
        assert [Beside(lambda wait=wait: give_up(wait)).result() for wait in waits] == ["timeout"] * 4  # type: ignore[misc]  # the default binds
    never.set(1)


@freezers
def test_the_event_of_greenlets_stops_waiting_while_the_time_stands_still(
    freeze: Callable[[], AbstractContextManager[Callable[[], object]]],
) -> None:
    def wait(depth: int) -> bool:
        # Deep enough that freezegun, which looks five callers up, does not see that a thread of `threading` runs it.
        return wait(depth - 1) if depth else ParkingEvent().wait(0.01)

    with freeze():
        assert not Beside(lambda: wait(5)).result()


@freezers
def test_a_timeout_does_not_run_out_when_the_time_jumps(
    freeze: Callable[[], AbstractContextManager[Callable[[], object]]],
) -> None:
    first: ThreadingFuture[float | None] = ThreadingFuture()
    second: ThreadingFuture[float | None] = ThreadingFuture()
    with freeze() as jump:

        def jump_and_return(timeout: float | None) -> float | None:
            jump()
            return timeout

        first.set_get_hook(jump_and_return)  # called in the middle of the wait for both
        second.set_get_hook(lambda timeout: timeout)
        begun_with, left = get_all([first, second], timeout=LIMIT)

    assert begun_with is not None
    assert left is not None
    assert 0 < left <= begun_with <= LIMIT


@freezers
def test_actors_answer_and_stop_while_the_time_stands_still(
    freeze: Callable[[], AbstractContextManager[Callable[[], object]]],
) -> None:
    with freeze():
        ref = Plain.start()
        assert ref.ask("a question", timeout=LIMIT) == "a question"
        assert ref.stop(timeout=LIMIT)
