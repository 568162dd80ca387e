"""Actors that wait for each other: the wait that would close the circle raises.

That no other does is in ``test_no_false_alarms``.
"""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Any

import pytest

from tests.runtime.support import LIMIT, Beside, Gate, listeners_of, wait_for, wait_until
from tests.runtime.waiter import WAYS, Waiter, Way, settled
from typedactors import (
    ActorDeadError,
    ActorRef,
    DeadlockError,
    Future,
    ThreadingActor,
    get_all,
)


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


@pytest.mark.parametrize("kind", ["map", "map of map", "join"])
def test_a_circle_through_a_derived_future_is_seen_though_a_plain_thread_gets_it_too(kind: str) -> None:
    is_asked, may_ask_back = threading.Event(), threading.Event()

    class Partner(Waiter):
        def ask_back(self, ref: ActorRef[Any]) -> object:
            is_asked.set()
            wait_for(may_ask_back)
            return self.wait_for(ref, WAYS["a call"])

    one, other = Waiter.start(), Partner.start()
    source: Future[object] = other.proxy().ask_back(one)
    wait_for(is_asked)  # or else, on the pool, the thread that waits would run it
    derived: Future[Any] = source.map(str)
    if kind == "map of map":
        derived = derived.map(str)
    elif kind == "join":
        derived = settled("").join(source)
    thread = Beside(derived.get)
    wait_until(lambda: listeners_of(source))  # the thread waits
    way: Way = lambda _ref: derived.get()  # noqa: E731 - it has a type
    waiting: Future[object] = one.proxy().wait_for(None, way)
    may_ask_back.set()

    results = [waiting.get(timeout=LIMIT), source.get(timeout=LIMIT)]
    assert [isinstance(result, DeadlockError) for result in results].count(True) == 1
    thread.result()


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
