"""An ``await future`` that is cancelled under asyncio, trio and anyio: it does no harm to the future."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tests.runtime.event_loops import LOOPS, EventLoop
from tests.runtime.support import Beside, Gate, Gated, listeners_of
from typedactors import Future, ThreadingFuture


@pytest.fixture(params=list(LOOPS))
def loop(request: pytest.FixtureRequest) -> EventLoop:
    return LOOPS[request.param]


def started(future: Future[Any]) -> Callable[[], bool]:  # of any value
    """Return a function that tells whether somebody waits for the future."""
    return lambda: bool(listeners_of(future))


def test_a_cancelled_await_leaves_the_future_usable(loop: EventLoop, gate: Gate) -> None:
    future: Future[str] = Gated.start(gate).proxy().hold()

    async def wait() -> None:
        await future

    async def main() -> str:
        await loop.start_and_cancel(wait, started(future))
        assert not started(future)()
        gate.open()
        return await future

    assert loop.run(main) == "held"
    assert future.get() == "held"


def test_a_cancelled_await_of_a_derived_future_leaves_it_and_its_sources_usable(loop: EventLoop, gate: Gate) -> None:
    source: Future[str] = Gated.start(gate).proxy().hold()
    derived = source.map(str.upper)

    async def wait() -> None:
        await derived

    async def main() -> str:
        await loop.start_and_cancel(wait, started(source))
        gate.open()
        return await derived

    assert loop.run(main) == "HELD"
    assert source.get() == "held"


def test_a_future_that_is_set_after_its_loop_has_ended_disturbs_nobody(loop: EventLoop) -> None:
    future: ThreadingFuture[str] = ThreadingFuture()
    wakes: list[Callable[[], object]] = []

    async def wait() -> None:
        await future

    async def main() -> None:
        def waiting() -> bool:
            wakes[:] = listeners_of(future)
            return bool(wakes)

        await loop.start_and_cancel(wait, waiting)

    loop.run(main)
    for wake in wakes:  # as if they had been called when the await was cancelled, but a moment later
        wake()
    future.set("late")
    assert future.get() == "late"


def test_an_await_survives_a_race_of_its_cancellation_and_its_result(loop: EventLoop) -> None:
    async def race() -> None:
        future: ThreadingFuture[str] = ThreadingFuture()
        setter: list[Beside[None]] = []

        async def wait() -> None:
            assert await future == "value"

        def set_now() -> bool:
            if started(future)() and not setter:
                setter.append(Beside(lambda: future.set("value")))
            return bool(setter)

        try:
            await loop.start_and_cancel(wait, set_now)
        except pytest.fail.Exception:
            pass  # the result came first, so that there was nothing left to cancel
        setter[0].result()
        assert await future == "value"

    async def main() -> None:
        for _ in range(20):
            await race()

    loop.run(main)


def test_a_timeout_of_the_loop_leaves_the_future_usable(gate: Gate) -> None:
    future: Future[str] = Gated.start(gate).proxy().hold()

    async def main() -> str:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(future, 0.01)
        gate.open()
        return await future

    assert asyncio.run(main()) == "held"
