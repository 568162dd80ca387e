"""Get hooks: who runs them, how often, and how long the others wait."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.runtime.support import LIMIT, Beside, Gate, wait_for
from typedactors import ThreadingFuture, Timeout


@pytest.fixture
def future() -> ThreadingFuture[Any]:  # of any value
    return ThreadingFuture()


def hook_of(results: list[Any]) -> Callable[[float | None], Any]:  # of any values
    """Return a hook that gives the results in turn; an exception is raised."""

    def hook(_timeout: float | None) -> Any:  # one of the results
        result = results.pop(0)
        if isinstance(result, BaseException):
            raise result
        return result

    return hook


def test_the_hook_is_given_the_timeout_of_get(future: ThreadingFuture[Any]) -> None:
    timeouts: list[float | None] = []

    def hook(timeout: float | None) -> str:
        timeouts.append(timeout)
        raise LookupError

    future.set_get_hook(hook)
    for timeout in (None, 10.0, 0):
        with pytest.raises(LookupError):
            future.get(timeout=timeout)

    first, second, third = timeouts
    assert first is None
    assert second is not None
    assert 0 < second <= 10
    assert third == 0


def test_the_hook_runs_once_and_its_result_is_kept(future: ThreadingFuture[Any]) -> None:
    calls: list[float | None] = []

    def hook(timeout: float | None) -> int:
        calls.append(timeout)
        return 7

    future.set_get_hook(hook)

    assert [future.get(), future.get(timeout=1), future.get()] == [7, 7, 7]
    assert calls == [None]


def test_the_result_of_the_hook_may_be_none(future: ThreadingFuture[Any]) -> None:
    calls: list[int] = []
    future.set_get_hook(lambda _timeout: calls.append(1))

    assert future.get() is None
    assert future.get() is None
    assert calls == [1]


def test_the_hook_runs_in_the_thread_of_its_first_caller(future: ThreadingFuture[Any]) -> None:
    future.set_get_hook(lambda _timeout: threading.current_thread())
    getter = Beside(future.get)

    assert getter.result() is getter.thread
    assert future.get() is getter.thread


def test_an_exception_of_the_hook_is_raised_and_the_next_get_tries_again(future: ThreadingFuture[Any]) -> None:
    results = [LookupError("first"), Timeout("second"), "third"]
    future.set_get_hook(hook_of(results))
    with pytest.raises(LookupError, match="first"):
        future.get()
    with pytest.raises(Timeout, match="second"):
        future.get()

    assert future.get() == "third"


def test_a_hook_that_is_set_while_others_wait_wakes_them(future: ThreadingFuture[Any]) -> None:
    getters = [Beside(future.get) for _ in range(3)]
    future.set_get_hook(lambda _timeout: "made")

    assert [getter.result() for getter in getters] == ["made"] * 3


def test_of_many_getters_one_runs_the_hook_and_all_have_its_result(future: ThreadingFuture[Any], gate: Gate) -> None:
    calls: list[int] = []

    def hook(_timeout: float | None) -> object:
        calls.append(1)
        gate.pass_through()
        return result

    result = object()
    future.set_get_hook(hook)
    getters = [Beside(future.get) for _ in range(6)]
    gate.wait_until_entered()
    gate.open()

    assert all(getter.result() is result for getter in getters)
    assert calls == [1]


def test_those_who_wait_for_the_runner_keep_their_own_timeouts(future: ThreadingFuture[Any], gate: Gate) -> None:
    future.set_get_hook(lambda _timeout: gate.pass_through())
    runner = Beside(future.get)
    gate.wait_until_entered()

    for timeout in (0, 0.01):
        with pytest.raises(Timeout):
            future.get(timeout=timeout)
    gate.open()
    assert runner.result() is None


def test_when_the_runner_fails_one_of_the_waiting_takes_over(future: ThreadingFuture[Any], gate: Gate) -> None:
    attempts: list[int] = []

    def hook(_timeout: float | None) -> str:
        attempts.append(1)
        if len(attempts) == 1:
            gate.pass_through()
            raise LookupError("the first one fails")
        return "second attempt"

    future.set_get_hook(hook)
    first = Beside(future.get)
    gate.wait_until_entered()
    others = [Beside(future.get) for _ in range(3)]
    gate.open()

    with pytest.raises(LookupError):
        first.result()
    assert [other.result() for other in others] == ["second attempt"] * 3
    assert len(attempts) == 2


@pytest.mark.parametrize("timeout", [None, LIMIT])
def test_who_is_woken_and_finds_the_turn_taken_is_woken_again(
    future: ThreadingFuture[Any], gate: Gate, timeout: float | None
) -> None:
    """Of all that are woken when the first runner fails, one takes over; the others need a second wake-up."""

    class Listeners(list[Callable[[], object]]):
        def append(self, listener: Callable[[], object]) -> None:
            super().append(listener)
            listens.set()

    def hook(_timeout: float | None) -> str:
        gate.pass_through()
        return "value"

    listens = threading.Event()
    future.set_get_hook(hook)
    get_hook = future._hook
    assert get_hook is not None
    get_hook._listeners = Listeners()
    runner = Beside(future.get)
    wait_for(gate.entered)
    waiting = Beside(lambda: future.get(timeout=timeout))
    wait_for(listens)
    wake = get_hook._listeners.pop(0)
    listens.clear()
    wake()  # as if the turn had been free for a moment

    try:
        wait_for(listens)
    finally:
        gate.opened.set()
    assert runner.result() == waiting.result() == "value"


def test_a_base_exception_in_the_hook_frees_the_turn(future: ThreadingFuture[Any]) -> None:
    results = [KeyboardInterrupt(), "afterwards"]
    future.set_get_hook(hook_of(results))
    with pytest.raises(KeyboardInterrupt):
        future.get()

    assert future.get(timeout=LIMIT) == "afterwards"
