"""Done callbacks: called once, in the settler's thread, whatever the way to the result."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import threading
import weakref
from typing import Any

import pytest

from tests.runtime.support import LIMIT, Beside, Gate, Gated, Plain, listeners_of, wait_for, wait_until
from typedactors import ActorDeadError, DeadlockError, Future, ThreadingFuture, Timeout


class Calls:
    """A callback that writes down its calls."""

    def __init__(self) -> None:
        self.futures: list[Future[Any]] = []
        self.threads: list[threading.Thread] = []
        self.called = threading.Event()

    def __call__(self, future: Future[Any]) -> None:  # of any value
        self.futures.append(future)
        self.threads.append(threading.current_thread())
        self.called.set()


def test_it_is_called_at_once_in_the_callers_thread_if_the_future_is_done() -> None:
    future: ThreadingFuture[int] = ThreadingFuture()
    future.set(1)
    calls = Calls()
    future.add_done_callback(calls)

    assert calls.futures == [future]
    assert calls.threads == [threading.current_thread()]


@pytest.mark.parametrize("kind", ["value", "exception"])
def test_it_is_called_in_the_thread_that_settles_the_future(kind: str) -> None:
    future: ThreadingFuture[int] = ThreadingFuture()

    def settle() -> None:
        if kind == "value":
            future.set(1)
        else:
            future.set_exception((OSError, OSError(), None))

    calls = Calls()
    future.add_done_callback(calls)
    assert calls.futures == []
    beside = Beside(settle)
    beside.result()

    assert calls.futures == [future]
    assert calls.threads == [beside.thread]


def test_an_actors_answer_calls_it_in_the_actors_thread(gate: Gate) -> None:
    proxy = Gated.start(gate).proxy()
    calls = Calls()
    proxy.hold().add_done_callback(calls)
    gate.open()
    wait_for(calls.called)

    assert calls.futures[0].get() == "held"
    assert calls.threads[0].name.startswith("Gated-")


def test_the_refusal_of_a_dead_actor_calls_it() -> None:
    ref = Plain.start()
    ref.stop(timeout=LIMIT)
    calls = Calls()
    ref.ask("anybody?", block=False).add_done_callback(calls)

    with pytest.raises(ActorDeadError):
        calls.futures[0].get(timeout=0)


def test_they_are_called_in_the_order_in_which_they_were_added() -> None:
    future: ThreadingFuture[int] = ThreadingFuture()
    order: list[int] = []
    for number in range(5):
        future.add_done_callback(lambda _future, number=number: order.append(number))  # type: ignore[misc]  # a default tells the numbers apart
    future.set(1)

    assert order == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("error", [ValueError("broken"), SystemExit(3)], ids=repr)
def test_what_it_raises_is_logged_and_hinders_neither_the_others_nor_the_actor(
    error: BaseException, gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_future: Future[Any]) -> None:
        raise error

    ref = Gated.start(gate)
    held: Future[str] = ref.proxy().hold()
    calls = Calls()
    held.add_done_callback(fail)
    held.add_done_callback(calls)
    gate.open()
    wait_for(calls.called)

    assert held.get(timeout=LIMIT) == "held"
    assert ref.ask("still there?", timeout=LIMIT) == "still there?"
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "done callback" in record.getMessage()
    assert record.exc_info is not None
    assert record.exc_info[1] is error


def test_one_of_a_derived_future_has_it_computed_when_its_sources_are_settled(gate: Gate) -> None:
    held: Future[str] = Gated.start(gate).proxy().hold()
    number: ThreadingFuture[int] = ThreadingFuture()
    calls = Calls()
    computed: list[threading.Thread] = []

    def upper(value: str) -> str:
        computed.append(threading.current_thread())
        return value.upper()

    derived = held.map(upper).join(number.map(str))
    derived.add_done_callback(calls)
    number.set(1)
    assert calls.futures == []
    gate.open()
    wait_for(calls.called)

    assert derived.get(timeout=LIMIT) == ["HELD", "1"]
    assert len(computed) == len(calls.futures) == 1
    assert computed[0].name.startswith("Gated-")


def test_one_of_a_derived_future_that_fails_is_called_with_the_failure() -> None:
    source: ThreadingFuture[int] = ThreadingFuture()
    calls = Calls()
    source.map(lambda number: 1 // number).add_done_callback(calls)
    source.set(0)

    with pytest.raises(ZeroDivisionError):
        calls.futures[0].get(timeout=LIMIT)


def test_one_of_a_derived_future_that_fails_is_called_though_others_wait_for_the_result() -> None:
    def fail(number: int) -> int:
        attempts.append(number)
        return 1 // number

    attempts: list[int] = []
    source: ThreadingFuture[int] = ThreadingFuture()
    derived = source.map(fail)
    getter = Beside(derived.get)
    wait_until(lambda: listeners_of(source))
    calls = Calls()
    derived.add_done_callback(calls)
    source.set(0)

    with pytest.raises(ZeroDivisionError):
        getter.result()
    wait_for(calls.called)
    assert calls.futures == [derived]
    assert attempts == [0]


@pytest.mark.parametrize("chained", [False, True], ids=["map", "map of map"])
def test_one_of_a_derived_future_is_called_though_the_source_is_settled_when_a_getters_time_runs_out(
    chained: bool,
) -> None:
    class Late(ThreadingFuture[int]):
        """Is settled in the moment after the time of a getter ran out."""

        def get(self, *, timeout: float | None = None) -> int:
            try:
                return super().get(timeout=timeout)
            except Timeout:
                self.set(1)
                raise

    derived: Future[Any] = Late().map(str)
    if chained:
        derived = derived.map(str)
    calls = Calls()
    derived.add_done_callback(calls)
    with pytest.raises(Timeout):
        derived.get(timeout=0)

    assert calls.futures == [derived]
    assert derived.get(timeout=0) == "1"


@pytest.mark.parametrize("error", [DeadlockError(("a waits for b",)), Timeout("no result")], ids=repr)
def test_one_of_a_derived_future_is_called_with_what_its_function_raises_of_any_kind(error: Exception) -> None:
    def fail(_value: int) -> int:
        raise error

    source: ThreadingFuture[int] = ThreadingFuture()
    calls = Calls()
    source.map(fail).add_done_callback(calls)
    source.set(1)

    with pytest.raises(type(error)):
        calls.futures[0].get(timeout=0)


def test_one_that_is_added_while_a_getter_fails_for_itself_is_called_with_what_comes_of_another_try(
    gate: Gate,
) -> None:
    def func(value: int) -> int:
        if not gate.opened.is_set():
            gate.pass_through()
            raise Timeout("of the getter")
        return value

    source: ThreadingFuture[int] = ThreadingFuture()
    source.set(1)
    derived = source.map(func)
    getter = Beside(derived.get)
    gate.wait_until_entered()
    calls = Calls()
    derived.add_done_callback(calls)
    assert calls.futures == []
    gate.open()

    with pytest.raises(Timeout, match="of the getter"):
        getter.result()
    assert calls.futures == [derived]
    assert derived.get(timeout=0) == 1


def test_a_hook_of_the_users_is_not_run_for_it_but_its_result_calls_it() -> None:
    future: ThreadingFuture[str] = ThreadingFuture()
    calls = Calls()
    future.add_done_callback(calls)
    future.set_get_hook(lambda _timeout: "made")
    future.add_done_callback(calls)
    assert calls.futures == []

    assert future.get() == "made"
    assert calls.futures == [future, future]


def test_each_is_called_once_when_adding_races_setting() -> None:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(300):
            future: ThreadingFuture[int] = ThreadingFuture()
            calls = [Calls() for _ in range(4)]
            setter = Beside(lambda future=future: future.set(1))  # type: ignore[misc]  # as above
            for call in calls:
                future.add_done_callback(call)
            setter.result()
            for call in calls:
                wait_for(call.called)
            assert [len(call.futures) for call in calls] == [1] * 4
    finally:
        sys.setswitchinterval(interval)


def test_a_future_that_is_done_keeps_no_callback_alive() -> None:
    future: ThreadingFuture[int] = ThreadingFuture()
    calls = Calls()
    freed = weakref.ref(calls)
    future.add_done_callback(calls)
    future.set(1)
    del calls
    gc.collect()

    assert freed() is None


def test_a_burst_of_results_is_one_call_into_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    number = 200
    futures: list[ThreadingFuture[int]] = [ThreadingFuture() for _ in range(number)]
    calls: list[object] = []

    async def wait(future: ThreadingFuture[int]) -> int:
        return await future

    async def main() -> list[int]:
        loop = asyncio.get_running_loop()
        call_soon_threadsafe = loop.call_soon_threadsafe

        def counted(*arguments: Any, **keywords: Any) -> Any:  # of the method that it stands in for
            calls.append(arguments)
            return call_soon_threadsafe(*arguments, **keywords)

        monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
        tasks = [asyncio.create_task(wait(future)) for future in futures]
        await asyncio.sleep(0)  # until each of them waits
        for value, future in enumerate(futures):
            future.set(value)
        return await asyncio.gather(*tasks)

    assert asyncio.run(main()) == list(range(number))
    assert len(calls) == 1
