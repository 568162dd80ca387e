"""Actors that wait for each other: the wait that would close the circle raises, and no other does."""

from __future__ import annotations

import concurrent.futures
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any

import pytest

from tests.runtime.support import LIMIT, Beside, Gate, Gated, wait_for
from typedactors import (
    ActorDeadError,
    ActorRef,
    DeadlockError,
    Future,
    ThreadingActor,
    ThreadingFuture,
    Timeout,
    get_all,
)

Way = Callable[[ActorRef[Any]], object]


class Waiter(ThreadingActor):
    """Waits for another actor in the way that it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.note = "note"

    def answer(self) -> str:
        return "answer"

    def wait_for(self, target: ActorRef[Any] | None, way: Way, ready: threading.Barrier | None = None) -> object:
        """Return what came out of the wait, or the error that was raised instead of it."""
        if ready is not None:
            ready.wait(LIMIT)
        try:
            return way(self.actor_ref if target is None else target)
        except DeadlockError as error:
            return error

    def on_receive(self, message: object) -> object:
        return message


WAYS: dict[str, Way] = {
    "a call": lambda ref: ref.proxy().answer().get(),
    "a read": lambda ref: ref.proxy().note.get(),
    "an assignment": lambda ref: setattr(ref.proxy(), "note", "changed"),
    "an ask": lambda ref: ref.ask("message"),
    "a future of an ask": lambda ref: ref.ask("message", block=False).get(),
    "map": lambda ref: ref.proxy().answer().map(str).get(),
    "map of map": lambda ref: ref.proxy().answer().map(str).map(str).get(),
    "filter": lambda ref: ref.proxy().answer().filter(bool).get(),
    "reduce": lambda ref: ref.proxy().answer().reduce(max).get(),
    "join": lambda ref: ref.proxy().answer().join(ref.proxy().note).get(),
    "join behind another": lambda ref: settled("here").join(ref.proxy().note).get(),
    "get_all": lambda ref: get_all([ref.proxy().answer(), ref.proxy().note]),
    "a hook of the user": lambda ref: hooked(lambda _timeout: ref.proxy().answer().get()).get(),
    "stop": lambda ref: ref.stop(),
    "a proxy's stop": lambda ref: ref.proxy().stop().get(),
}
"""Ways to wait for an actor without a timeout. Those in which the actor answers end well if it can."""


TIMED_WAYS: dict[str, Way] = {
    "ask": lambda ref: ref.ask("message", timeout=0.01),
    "map": lambda ref: ref.proxy().answer().map(str).get(timeout=0.01),
    "join": lambda ref: ref.proxy().answer().join(ref.proxy().note).get(timeout=0.01),
    "get_all": lambda ref: get_all([ref.proxy().answer()], timeout=0.01),
}
"""Ways that give up."""


def settled(value: str) -> ThreadingFuture[str]:
    future: ThreadingFuture[str] = ThreadingFuture()
    future.set(value)
    return future


def hooked(hook: Callable[[float | None], object]) -> ThreadingFuture[object]:
    future: ThreadingFuture[object] = ThreadingFuture()
    future.set_get_hook(hook)
    return future


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_an_actor_that_waits_for_itself_is_told(way: Way) -> None:
    ref = Waiter.start()
    error = ref.proxy().wait_for(None, way).get(timeout=LIMIT)

    assert isinstance(error, DeadlockError)
    assert len(error.steps) == 1


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_of_two_that_wait_for_each_other_one_is_told(way: Way) -> None:
    ready = threading.Barrier(2)
    one, other = Waiter.start(), Waiter.start()
    outcomes = [
        one.proxy().wait_for(other, way, ready),
        other.proxy().wait_for(one, way, ready),
    ]
    errors = [outcome for outcome in get_all(outcomes, timeout=LIMIT) if isinstance(outcome, DeadlockError)]

    assert len(errors) == 1
    assert len(errors[0].steps) == 2


@pytest.mark.parametrize("size", [3, 5])
def test_of_many_in_a_ring_one_is_told(size: int) -> None:
    ready = threading.Barrier(size)
    refs = [Waiter.start() for _ in range(size)]
    outcomes = [ref.proxy().wait_for(refs[(index + 1) % size], WAYS["a call"], ready) for index, ref in enumerate(refs)]
    results = get_all(outcomes, timeout=LIMIT)
    errors = [result for result in results if isinstance(result, DeadlockError)]

    assert len(errors) == 1
    assert len(errors[0].steps) == size
    assert results.count("answer") == size - 1


def test_the_error_names_each_actor_what_it_does_and_what_it_waits_for() -> None:
    class Kitchen(Waiter):
        def cook(self) -> object:
            return self.wait_for(waiter_ref, lambda ref: ref.proxy().answer().get())

    class Service(Waiter):
        def serve(self) -> object:
            return self.wait_for(kitchen_ref, lambda ref: ref.proxy().cook().get())

    kitchen_ref, waiter_ref = Kitchen.start(), Service.start()
    error = waiter_ref.proxy().serve().get(timeout=LIMIT)

    assert isinstance(error, DeadlockError)
    assert error.steps == (
        f"{kitchen_ref} in cook waits for answer of {waiter_ref}",
        f"{waiter_ref} in serve waits for cook of {kitchen_ref}",
    )
    assert all(step in str(error) for step in error.steps)
    assert "timeout" in str(error)


def test_the_error_names_plain_messages_by_their_class() -> None:
    class Question:
        pass

    class Asking(ThreadingActor):
        def on_receive(self, message: Any) -> Any:  # any message
            try:
                return self.actor_ref.ask(message)
            except DeadlockError as error:
                return error.steps

    ref = Asking.start()
    assert ref.ask(Question(), timeout=LIMIT) == (
        f"{ref} in on_receive(Question) waits for on_receive(Question) of {ref}",
    )


def test_the_others_go_on_and_all_actors_live(gate: Gate) -> None:
    ready = threading.Barrier(2)
    one, other = Waiter.start(), Waiter.start()
    futures: list[Future[object]] = [
        one.proxy().wait_for(other, WAYS["an ask"], ready),
        other.proxy().wait_for(one, WAYS["an ask"], ready),
    ]
    results = get_all(futures, timeout=LIMIT)

    assert "message" in results
    assert one.ask("still alive", timeout=LIMIT) == other.ask("still alive", timeout=LIMIT)


def test_an_error_that_the_victim_lets_through_reaches_its_asker() -> None:
    class Careless(ThreadingActor):
        def wait(self) -> object:
            return self.actor_ref.proxy().actor_urn.get()

    with pytest.raises(DeadlockError):
        Careless.start().proxy().wait().get(timeout=LIMIT)


def test_a_wait_in_on_start_is_watched_too() -> None:
    errors: list[DeadlockError] = []

    class Eager(Waiter):
        def on_start(self) -> None:
            with pytest.raises(DeadlockError) as caught:
                self.actor_ref.ask("message")
            errors.append(caught.value)

    Eager.start().stop(timeout=LIMIT)

    assert "in on_start waits for on_receive(str)" in errors[0].steps[0]


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

        futures = [waiter.proxy().wait_for(waiter, wait_for_derived) for waiter in waiters]
        gate.wait_until_entered()
        gate.open()

        assert get_all(futures, timeout=LIMIT) == ["HELD"] * 4

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


def test_a_hook_that_another_actor_runs_counts_as_that_actors_promise() -> None:
    """One actor computes a derived future whose source the other must answer, and the other waits for it."""
    computing = threading.Event()

    class Computer(Waiter):
        def compute(self, source: Future[str]) -> object:
            def get_source(_nothing: str) -> str:
                computing.set()
                return source.get()

            derived = settled("").map(get_source)
            shared.append(derived)
            published.set()
            return self.wait_for(None, lambda _ref: derived.get())

    shared: list[Future[str]] = []
    published = threading.Event()

    class Promiser(Waiter):
        def wait_for_shared(self) -> object:
            wait_for(published)
            wait_for(computing)
            return self.wait_for(None, lambda _ref: shared[0].get())

    promiser, computer = Promiser.start(), Computer.start()
    waiting = promiser.proxy().wait_for_shared()
    source = promiser.ask("answered after wait_for_shared", block=False)
    computed = computer.proxy().compute(source)
    results = [waiting.get(timeout=LIMIT), computed.get(timeout=LIMIT)]

    assert any(isinstance(result, DeadlockError) for result in results)


def test_a_stop_of_each_other_in_on_stop_ends(gate: Gate) -> None:
    """What was asked for is on its way, so that this is no mistake of the program's."""
    results: list[bool] = []
    both = threading.Barrier(2)

    class Partner(ThreadingActor):
        partner: ActorRef[Any] | None = None

        def on_stop(self) -> None:
            assert self.partner is not None
            both.wait(LIMIT)
            results.append(self.partner.stop())

    one, other = Partner.start(), Partner.start()
    one.proxy().partner = other
    other.proxy().partner = one
    stopping = [one.stop(block=False), other.stop(block=False)]

    assert get_all(stopping, timeout=LIMIT) == [True, True]
    assert results == [True, True]


def test_a_failing_actor_frees_those_who_wait_for_it() -> None:
    class Fragile(Waiter):
        def break_down(self) -> None:
            raise OSError("broken")

        def on_failure(
            self,
            exception_type: type[BaseException] | None,
            exception_value: BaseException | None,
            traceback: TracebackType | None,
        ) -> None:
            with pytest.raises(ActorDeadError):
                self.actor_ref.ask("to itself")

    gate = Gate()

    class Held(Fragile):
        def hold(self) -> None:
            gate.pass_through()

    fragile = Held.start()
    fragile.proxy().hold()
    gate.wait_until_entered()
    fragile.proxy().break_down.defer()

    def wait(ref: ActorRef[Any]) -> object:
        try:
            return ref.ask("never handled")
        except ActorDeadError:
            return "refused"

    waiting = Waiter.start().proxy().wait_for(fragile, wait)
    gate.open()
    assert waiting.get(timeout=LIMIT) == "refused"
