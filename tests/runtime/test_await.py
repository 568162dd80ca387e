"""``await future`` under asyncio, trio and anyio: what it gives, while the loop goes on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.runtime.event_loops import LOOPS, EventLoop
from tests.runtime.support import LIMIT, Beside, Gate, Gated, Plain, wait_for
from typedactors import ActorDeadError, Future, ThreadingFuture


@pytest.fixture(params=list(LOOPS))
def loop(request: pytest.FixtureRequest) -> EventLoop:
    return LOOPS[request.param]


class Ticker:
    """Counts the turns of a loop until it is stopped."""

    def __init__(self, loop: EventLoop, *, then: Callable[[], object], after: int = 25) -> None:
        self._loop = loop
        self._then = then
        self._after = after
        self.ticks = 0

    async def run(self) -> None:
        """Let the loop turn; do what is to be done after that many turns."""
        for _ in range(self._after):
            await self._loop.checkpoint()
            self.ticks += 1
        self._then()


def test_a_value_that_is_there_is_returned(loop: EventLoop) -> None:
    future: ThreadingFuture[int] = ThreadingFuture()
    future.set(3)

    async def main() -> int:
        return await future

    assert loop.run(main) == 3


def test_an_exception_that_is_there_is_raised(loop: EventLoop) -> None:
    async def main() -> None:
        with pytest.raises(OSError, match="broken"):
            await Plain.start().ask(OSError("broken"), block=False)

    loop.run(main)


def test_what_an_actor_replies_is_returned(loop: EventLoop) -> None:
    async def main() -> list[Any]:
        proxy = Plain.start().proxy()
        return [await proxy.on_receive("called"), await proxy.actor_ref.ask("asked", block=False)]

    assert loop.run(main) == ["called", "asked"]


def test_a_dead_actor_raises(loop: EventLoop) -> None:
    ref = Plain.start()
    ref.stop(timeout=LIMIT)

    async def main() -> None:
        with pytest.raises(ActorDeadError):
            await ref.ask("anybody?", block=False)
        assert await ref.stop(block=False) is False

    loop.run(main)


def test_the_loop_goes_on_while_an_actor_works(loop: EventLoop, gate: Gate) -> None:
    """The actor is let go by a task of the same loop: a blocked loop would never come to it."""
    results: list[str] = []
    future: Future[str] = Gated.start(gate).proxy().hold()
    ticker = Ticker(loop, then=gate.open)

    async def wait() -> None:
        results.append(await future)

    async def main() -> None:
        await loop.together(wait, ticker.run)

    loop.run(main)
    assert results == ["held"]
    assert ticker.ticks == 25


def test_the_loop_goes_on_while_a_derived_future_waits_for_its_sources(loop: EventLoop, gate: Gate) -> None:
    results: list[object] = []
    held: Future[str] = Gated.start(gate).proxy().hold()
    future = Plain.start().ask([1, 2], block=False).map(len).join(held.map(str.upper), held).map(tuple)

    async def wait() -> None:
        results.append(await future)

    async def main() -> None:
        await loop.together(wait, wait, Ticker(loop, then=gate.open).run)

    loop.run(main)
    assert results == [(2, "HELD", "held")] * 2


def test_the_loop_goes_on_while_another_thread_computes_the_value(loop: EventLoop, gate: Gate) -> None:
    source: ThreadingFuture[int] = ThreadingFuture()
    source.set(3)

    def slow(value: int) -> int:
        gate.pass_through()
        return value * 2

    derived = source.map(slow)
    other = Beside(derived.get)
    gate.wait_until_entered()
    results: list[int] = []

    async def wait() -> None:
        results.append(await derived)

    async def main() -> None:
        await loop.together(wait, Ticker(loop, then=gate.open).run)

    loop.run(main)
    assert results == [6]
    assert other.result() == 6


def test_the_loop_goes_on_while_the_hook_of_a_user_runs(loop: EventLoop, gate: Gate) -> None:
    source: ThreadingFuture[str] = ThreadingFuture()
    threads: list[threading.Thread] = []

    def hook(_timeout: float | None) -> str:
        threads.append(threading.current_thread())
        gate.pass_through()
        return "made"

    source.set_get_hook(hook)
    results: list[str] = []

    async def wait() -> None:
        results.append(await source.map(str.upper))

    async def main() -> None:
        await loop.together(wait, Ticker(loop, then=gate.open).run)

    loop.run(main)
    assert results == ["MADE"]
    assert len(threads) == 1
    assert threads[0] is not threading.current_thread()


def test_a_hook_that_fails_is_run_once_and_never_in_the_loops_thread(loop: EventLoop) -> None:
    source: ThreadingFuture[str] = ThreadingFuture()
    threads: list[threading.Thread] = []

    def hook(_timeout: float | None) -> str:
        threads.append(threading.current_thread())
        raise LookupError("fails")

    source.set_get_hook(hook)

    async def main() -> None:
        with pytest.raises(LookupError, match="fails"):
            await source.map(str.upper).filter(bool)

    loop.run(main)
    assert len(threads) == 1
    assert threads[0] is not threading.current_thread()


def test_a_function_that_fails_is_run_once(loop: EventLoop) -> None:
    calls: list[str] = []

    def fail(value: str) -> str:
        calls.append(value)
        raise LookupError("fails")

    async def main() -> None:
        source: Future[str] = Plain.start().ask("value", block=False)
        with pytest.raises(LookupError, match="fails"):
            await source.map(fail).map(len).map(str).join(source)

    loop.run(main)
    assert calls == ["value"]


def test_a_future_of_the_users_own_class_is_awaited_through_its_get(loop: EventLoop, gate: Gate) -> None:
    class Own(Future[str]):
        def get(self, *, timeout: float | None = None) -> str:
            gate.pass_through()
            return "own"

    results: list[str] = []

    async def wait() -> None:
        results.append(await Own().map(str.upper))

    async def main() -> None:
        await loop.together(wait, Ticker(loop, then=gate.open).run)

    loop.run(main)
    assert results == ["OWN"]


def test_many_tasks_may_await_one_future(loop: EventLoop, gate: Gate) -> None:
    results: list[str] = []
    future: Future[str] = Gated.start(gate).proxy().hold()

    async def wait() -> None:
        results.append(await future)

    async def main() -> None:
        await loop.together(*[wait] * 10, Ticker(loop, then=gate.open).run)

    loop.run(main)
    assert results == ["held"] * 10


def test_loops_in_different_threads_may_await_one_future(loop: EventLoop, gate: Gate) -> None:
    future: Future[str] = Gated.start(gate).proxy().hold()
    derived = future.map(str.upper)

    async def main() -> str:
        return await derived

    runs = [Beside(lambda: loop.run(main)) for _ in range(4)]
    gate.wait_until_entered()
    gate.open()

    assert [run.result() for run in runs] == ["HELD"] * 4


def test_a_hook_that_is_set_just_before_the_task_is_suspended_is_not_missed(loop: EventLoop) -> None:
    class Sudden(ThreadingFuture[str]):
        """Gets a hook in the moment between the look at it and the suspension."""

        def _listen(self, listener: Callable[[], object]) -> None:
            self.set_get_hook(lambda _timeout: "made")
            super()._listen(listener)

    async def main() -> str:
        return await Sudden()

    assert Beside(lambda: loop.run(main)).result() == "made"


def test_a_hook_that_is_set_while_a_task_waits_wakes_it(loop: EventLoop) -> None:
    future: ThreadingFuture[str] = ThreadingFuture()
    results: list[str] = []

    async def wait() -> None:
        results.append(await future)

    async def main() -> None:
        await loop.together(wait, Ticker(loop, then=lambda: future.set_get_hook(lambda _timeout: "made")).run)

    loop.run(main)
    assert results == ["made"]


def test_gather_and_wait_for_take_futures() -> None:
    async def main() -> list[Any]:
        proxy = Plain.start().proxy()
        return [
            *await asyncio.gather(proxy.on_receive(1), proxy.on_receive(2)),
            await asyncio.wait_for(proxy.on_receive(3), LIMIT),
        ]

    assert asyncio.run(main()) == [1, 2, 3]


class HandlerError(RuntimeError):
    """What a signal handler raises."""


@pytest.mark.parametrize("comes_before", [True, False])
def test_tasks_are_woken_though_a_handler_raises_while_their_loop_is_called(
    monkeypatch: pytest.MonkeyPatch, comes_before: bool
) -> None:
    future: ThreadingFuture[str] = ThreadingFuture()

    async def wait() -> str:
        return await future

    async def main() -> list[str]:
        loop = asyncio.get_running_loop()
        call_soon_threadsafe = loop.call_soon_threadsafe

        def interrupted(*call: Any) -> None:  # a function and its arguments
            monkeypatch.undo()
            if not comes_before:
                call_soon_threadsafe(*call)
            raise HandlerError

        def settle() -> None:
            monkeypatch.setattr(loop, "call_soon_threadsafe", interrupted)
            with pytest.raises(HandlerError):
                future.set("value")

        waiting = [asyncio.create_task(wait()) for _ in range(3)]
        await asyncio.sleep(0)
        settling = Beside(settle)
        values = await asyncio.wait_for(asyncio.gather(*waiting), LIMIT)
        settling.result()
        return values

    assert asyncio.run(main()) == ["value"] * 3


def test_without_a_loop_the_error_says_what_to_use() -> None:
    future: ThreadingFuture[int] = ThreadingFuture()
    iterator = future.__await__()

    with pytest.raises(RuntimeError, match=r"neither asyncio nor trio .* future\.get\(\)"):
        next(iterator)


def test_a_thread_may_settle_what_a_loop_awaits_from_a_signal_like_moment(loop: EventLoop) -> None:
    """A listener is called in the settler's thread, which must never be held up or hurt by it."""
    future: ThreadingFuture[str] = ThreadingFuture()
    settled = threading.Event()

    async def wait() -> None:
        assert await future == "value"

    def settle() -> None:
        future.set("value")
        settled.set()

    async def main() -> None:
        await loop.together(wait, Ticker(loop, then=lambda: Beside(settle)).run)

    loop.run(main)
    wait_for(settled)
