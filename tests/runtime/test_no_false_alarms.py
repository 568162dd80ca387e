"""Waits that come to an end, though they look like circles: no deadlock is told of."""

from __future__ import annotations

import concurrent.futures
import threading
from typing import Any

import pytest

from tests.runtime.support import LIMIT, Beside, Gate, Gated, wait_for
from tests.runtime.waiter import TIMED_WAYS, WAYS, Waiter, Way, settled
from typedactors import (
    ActorRef,
    DeadlockError,
    Future,
    ThreadingFuture,
    Timeout,
    get_all,
)


class TestNoFalseAlarm:
    def test_with_a_timeout_the_time_runs_out(self) -> None:
        def wait_with_timeout(ref: ActorRef[Any]) -> object:
            try:
                return ref.proxy().answer().get(timeout=0.01)
            except Timeout:
                return "timeout"

        assert Waiter.start().proxy().wait_for(None, wait_with_timeout).get(timeout=LIMIT) == "timeout"

    @pytest.mark.parametrize("timed", TIMED_WAYS.values(), ids=TIMED_WAYS.keys())
    def test_a_ring_in_which_one_waits_with_a_timeout_is_none(self, timed: Way) -> None:
        def wait_with_timeout(ref: ActorRef[Any]) -> object:
            try:
                return timed(ref)
            except Timeout:
                return "timeout"

        ready = threading.Barrier(2)
        one, other = Waiter.start(), Waiter.start()
        futures = [
            one.proxy().wait_for(other, wait_with_timeout, ready),
            other.proxy().wait_for(one, WAYS["a call"], ready),
        ]

        assert not any(isinstance(result, DeadlockError) for result in get_all(futures, timeout=LIMIT))

    @pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
    def test_a_chain_that_ends_at_a_busy_actor_is_none(self, way: Way, gate: Gate) -> None:
        class Busy(Waiter):
            def hold(self) -> None:
                gate.pass_through()

        last = Busy.start()
        last.proxy().hold()
        gate.wait_until_entered()
        chain: ActorRef[Any] = last
        futures: list[Future[object]] = []
        for _ in range(4):
            waiter = Waiter.start()
            futures.append(waiter.proxy().wait_for(chain, way if chain is last else WAYS["a call"]))
            chain = waiter
        gate.open()

        assert not any(isinstance(result, DeadlockError) for result in get_all(futures, timeout=LIMIT))

    def test_a_call_back_that_is_not_waited_for_is_none(self) -> None:
        class Client(Waiter):
            def __init__(self, server: ActorRef[Any]) -> None:
                super().__init__()
                self._server = server
                self.called_back = threading.Event()

            def work(self) -> str:
                return str(self._server.proxy().serve(self.actor_ref).get())

            def call_back(self) -> None:
                self.called_back.set()

        class Server(Waiter):
            def serve(self, client: ActorRef[Client]) -> str:
                client.proxy().call_back()
                return "served"

        client = Client.start(Server.start())

        assert client.proxy().work().get(timeout=LIMIT) == "served"
        wait_for(client.proxy().called_back.get(timeout=LIMIT))

    def test_many_that_wait_for_the_same_future_are_none(self, gate: Gate) -> None:
        held: Future[str] = Gated.start(gate).proxy().hold()
        derived = held.map(str.upper)
        waiters = [Waiter.start() for _ in range(4)]

        def wait_for_derived(_ref: ActorRef[Any]) -> object:
            return derived.get()

        threads = [Beside(derived.get) for _ in range(2)]  # no actors, and they may be the ones who compute it
        futures = [waiter.proxy().wait_for(waiter, wait_for_derived) for waiter in waiters]
        gate.wait_until_entered()
        gate.open()

        assert get_all(futures, timeout=LIMIT) == ["HELD"] * 4
        assert [thread.result() for thread in threads] == ["HELD"] * 2

    def test_a_future_that_nobody_promised_is_none(self) -> None:
        loose: ThreadingFuture[str] = ThreadingFuture()

        def wait_for_loose(_ref: ActorRef[Any]) -> object:
            return loose.get()

        future = Waiter.start().proxy().wait_for(None, wait_for_loose)
        loose.set("set by the test")

        assert future.get(timeout=LIMIT) == "set by the test"

    def test_a_future_of_another_library_is_none(self) -> None:
        """Not even if an actor is to settle it that waits in turn: what it waits for may come from anywhere."""
        foreign: concurrent.futures.Future[str] = concurrent.futures.Future()
        one, other = Waiter.start(), Waiter.start()
        way: Way = lambda _ref: foreign.result(LIMIT)  # noqa: E731 - it has a type
        waiting = one.proxy().wait_for(None, way)
        asked = other.proxy().wait_for(one, WAYS["a call"])
        foreign.set_result("from elsewhere")

        assert get_all([waiting, asked], timeout=LIMIT) == ["from elsewhere", "answer"]

    def test_a_future_of_a_class_of_the_users_is_none(self) -> None:
        class Computed(Future[str]):
            def get(self, *, timeout: float | None = None) -> str:
                return "computed"

            def done(self) -> bool:
                return False

        waiter = Waiter.start()
        ways: list[Way] = [lambda _ref: Computed().get(), lambda _ref: settled("").join(Computed().map(str)).get()]
        for way in ways:
            assert not isinstance(waiter.proxy().wait_for(None, way).get(timeout=LIMIT), DeadlockError)

    def test_a_promise_that_somebody_else_keeps_is_none(self, gate: Gate) -> None:
        """The ask that is in the mailbox of a busy actor is settled from outside, and the asker asked then."""
        busy = Gated.start(gate)
        busy.proxy().hold()
        gate.wait_until_entered()
        promised: Future[str] = busy.ask("never mind", block=False)
        waiter = Waiter.start()
        way: Way = lambda _ref: promised.get()  # noqa: E731 - it has a type
        waiting = waiter.proxy().wait_for(None, way)
        promised.set("from outside")

        assert waiting.get(timeout=LIMIT) == "from outside"
        gate.open()
        assert busy.ask("alive", timeout=LIMIT) == "alive"

    def test_asks_from_outside_of_actors_are_none(self, gate: Gate) -> None:
        ref = Gated.start(gate)
        ref.proxy().hold()
        askers = [Beside(lambda: ref.ask("from a thread")) for _ in range(3)]
        gate.open()

        assert [asker.result() for asker in askers] == ["from a thread"] * 3
