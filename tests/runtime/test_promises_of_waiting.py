"""The promises to those who wait, for a future or in one, each in its simplest form."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from itertools import pairwise
from typing import Any

import pytest

from tests.runtime.support import LIMIT, Beside, Echo, Gate
from typedactors import (
    ActorRef,
    DeadlockError,
    Future,
    ThreadingFuture,
    Timeout,
    get_all,
)


class TestOneDeadline:
    """The timeout of `get_all` and of a joined future is one deadline for all of them."""

    class Recorder(ThreadingFuture[int]):
        """Writes down the timeouts that it is given, and takes some time."""

        def __init__(self, timeouts: list[float | None]) -> None:
            super().__init__()
            self._timeouts = timeouts
            self.set(1)

        __slots__ = ("_timeouts",)

        def get(self, *, timeout: float | None = None) -> int:
            self._timeouts.append(timeout)
            begun = time.monotonic()
            while time.monotonic() - begun < 1e-4:
                pass
            return super().get(timeout=timeout)

    def assert_one_deadline(self, timeouts: list[float | None]) -> None:
        given = [timeout for timeout in timeouts if timeout is not None]
        assert len(given) == 4
        assert given[0] <= 10.0
        assert all(later <= earlier - 1e-4 for earlier, later in pairwise(given))

    def test_of_get_all(self) -> None:
        timeouts: list[float | None] = []
        get_all([self.Recorder(timeouts) for _ in range(4)], timeout=10.0)

        self.assert_one_deadline(timeouts)

    def test_of_join(self) -> None:
        timeouts: list[float | None] = []
        first: ThreadingFuture[int] = ThreadingFuture()
        first.set(0)
        first.join(*(self.Recorder(timeouts) for _ in range(4))).get(timeout=10.0)

        self.assert_one_deadline(timeouts)


def test_the_timeout_of_a_mapped_future_holds_while_another_thread_is_inside_its_function(gate: Gate) -> None:
    """`get(timeout)` waits for the thread that computes the value no longer than its timeout."""
    source: ThreadingFuture[int] = ThreadingFuture()
    source.set(1)
    mapped = source.map(lambda _value: gate.pass_through())
    computing = Beside(mapped.get)
    gate.wait_until_entered()

    with pytest.raises(Timeout):
        Beside(lambda: mapped.get(timeout=0.01)).result()
    gate.open()
    computing.result()


@pytest.mark.parametrize("second", ["set", "set_exception"])
def test_setting_a_future_twice_says_so(second: str) -> None:
    """The error of a second result says what happened, and is still a ``queue.Full``."""
    future: ThreadingFuture[str] = ThreadingFuture()
    future.set("first")

    arguments: dict[str, Any] = {"set": "second", "set_exception": (OSError, OSError("second"), None)}

    with pytest.raises(queue.Full, match="already"):
        getattr(future, second)(arguments[second])
    assert future.get() == "first"


class TestAwait:
    """``await`` never blocks the event loop, and a cancelled await leaves the future usable."""

    @pytest.mark.parametrize("derived", [False, True])
    def test_other_tasks_go_on_while_an_actor_works(self, gate: Gate, derived: bool) -> None:
        future: Future[Any] = Echo.start().ask(gate, block=False)
        if derived:
            future = future.map(lambda value: value)
        ticks: list[int] = []

        async def tick() -> None:
            for number in range(20):
                ticks.append(number)
                await asyncio.sleep(0)
            gate.open()

        async def main() -> None:
            ticking = asyncio.create_task(tick())
            assert await future is gate
            assert len(ticks) == 20
            await ticking

        # A blocked loop never comes to open the gate; this does, so that the test ends.
        rescue = threading.Timer(LIMIT / 4, gate.open)
        rescue.start()
        try:
            asyncio.run(main())
        finally:
            rescue.cancel()

    def test_a_cancelled_one_does_no_harm(self, gate: Gate) -> None:
        future = Echo.start().ask(gate, block=False)

        async def main() -> object:
            waiting = asyncio.ensure_future(future)
            gate_opener.start()
            for _ in range(5):
                await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            assert not gate.opened.is_set()  # the loop was not blocked until the actor had answered
            gate.open()
            return await future

        gate_opener = threading.Timer(LIMIT / 4, gate.open)
        try:
            assert asyncio.run(main()) is gate
        finally:
            gate_opener.cancel()
        assert future.get(timeout=LIMIT) is gate


class TestDeadlock:
    """A wait that can never end raises at the call and names the cycle; no other wait does."""

    class Waiter(Echo):
        def wait_for(self, ref: ActorRef[Any] | None, ready: threading.Barrier, way: str) -> object:  # of any class
            ready.wait(LIMIT)
            future: Future[Any] = (ref or self.actor_ref).ask("question", block=False)
            if way == "map":
                future = future.map(lambda value: value)
            if way == "join":
                future = future.join(future)
            try:
                return future.get()
            except DeadlockError as error:
                return error

    @pytest.mark.parametrize("way", ["get", "map", "join"])
    def test_an_actor_that_waits_for_itself(self, way: str) -> None:
        ref = self.Waiter.start()
        error = ref.proxy().wait_for(None, threading.Barrier(1), way).get(timeout=LIMIT)

        assert isinstance(error, DeadlockError)
        assert str(ref) in str(error)

    @pytest.mark.parametrize("way", ["get", "map", "join"])
    def test_two_that_wait_for_each_other(self, way: str) -> None:
        one, other = self.Waiter.start(), self.Waiter.start()
        ready = threading.Barrier(2)
        futures = [one.proxy().wait_for(other, ready, way), other.proxy().wait_for(one, ready, way)]
        errors = [error for error in get_all(futures, timeout=LIMIT) if isinstance(error, DeadlockError)]

        assert len(errors) == 1
        assert str(one) in str(errors[0])
        assert str(other) in str(errors[0])
