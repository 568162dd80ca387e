"""In any order of the runtime's lines and instructions, each promise holds; and promises that are broken are found out.

Each scenario is run with one seed after the other. ``pytest -m soak`` takes many more. A failure names its seed;
``SEEDS=12-13 pytest -k ...`` runs that one again.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from tests.runtime.interleaving import HangError, Interleaving
from tests.runtime.scenarios import SCENARIOS, Scenario
from typedactors import (
    Actor,
    DeadlockError,
    PooledActor,
    ThreadingActor,
    _deadlock,
)
from typedactors._mailbox import Mailbox
from typedactors._parker import Parker
from typedactors._parking import ParkingEvent
from typedactors._turns import Turns

pytestmark = pytest.mark.timeout(120)

KINDS: dict[str, type[Actor]] = {"threads": ThreadingActor, "pool": PooledActor}


def seeds(count: int) -> Iterable[int]:
    first, _, last = os.environ.get("SEEDS", f"0-{count}").partition("-")
    return range(int(first), int(last))


@pytest.mark.parametrize("by_instruction", [False, True], ids=["lines", "instructions"])
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS.keys())
def test_in_any_order_the_promises_hold(scenario: Scenario, kind: type[Actor], by_instruction: bool) -> None:
    for seed in seeds(15):
        with Interleaving(seed, kind, by_instruction=by_instruction) as interleaving:
            scenario(interleaving)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("by_instruction", [False, True], ids=["lines", "instructions"])
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS.keys())
def test_in_very_many_orders_the_promises_hold(scenario: Scenario, kind: type[Actor], by_instruction: bool) -> None:
    for seed in seeds(500):
        with Interleaving(seed, kind, by_instruction=by_instruction) as interleaving:
            scenario(interleaving)


def test_a_seed_gives_the_same_order_again() -> None:
    def choices(seed: int) -> list[str]:
        with Interleaving(seed) as interleaving:
            SCENARIOS["a crash"](interleaving)
        return interleaving.choices

    assert choices(1) == choices(1)
    assert choices(1) != choices(2)


def first_failure(scenario: Scenario, failure_class: type[Exception], kind: type[Actor] = ThreadingActor) -> Exception:
    for seed in range(4000):  # some faults show in one order of a hundred
        try:
            # What is broken is code of this file.
            with Interleaving(seed, kind, files=(__file__,)) as interleaving:
                scenario(interleaving)
        except failure_class as failure:
            return failure
    raise AssertionError("what is broken was not found out")


class HastyMailbox(Mailbox):
    """A mailbox as it must not be: it looks first and puts second, and never looks again."""

    __slots__ = ()

    def put(self, envelope: Any) -> bool:  # an envelope
        if self.closed:
            return False
        self._queue.put(envelope)
        return True


class OldNewsMailbox(Mailbox):
    """A mailbox as it must not be: it looks whether the actor has stopped first and appends the event second."""

    __slots__ = ()

    @property
    def stopped_event(self) -> threading.Event:
        stopped = self.stopped
        events = self._stopped_events
        if not events:
            event = ParkingEvent()
            if stopped:
                event.set()
            events.append(event)
        return events[0]


class TestWhatIsBrokenIsFoundOut:
    """The scenarios can fail: each catches a fault that was built in."""

    def test_an_event_that_is_made_while_the_actor_stops(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("typedactors._actor.Mailbox", OldNewsMailbox)

        failure = first_failure(SCENARIOS["an event that is asked for at the stop"], AssertionError)
        assert "nobody has set the event" in str(failure)

    def test_a_mailbox_that_does_not_close_atomically(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("typedactors._actor.Mailbox", HastyMailbox)

        failure = first_failure(SCENARIOS["a stop that is not waited for"], AssertionError)
        assert "lost" in str(failure)

    def test_a_future_whose_waiters_look_first_and_listen_second(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def hasty_wait(
            ready: Callable[[], bool], listeners: list[Any], promise: Any, timeout: float | None, parker: Parker
        ) -> bool:  # see _waiting
            if ready():
                return True
            listeners.append(parker.unpark)
            return parker.park(timeout)

        monkeypatch.setattr("typedactors._future.wait_until", hasty_wait)

        assert "no thread can go on" in str(first_failure(SCENARIOS["a future that is set by two"], HangError))

    def test_a_detector_that_looks_first_and_publishes_second(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def hasty_publish(activity: Any, promise: Any) -> None:  # see _deadlock
            if _deadlock._find_cycle(activity) is None:
                activity.waiting_for = promise

        monkeypatch.setattr("typedactors._waiting.publish_wait", hasty_publish)

        assert "no thread can go on" in str(first_failure(SCENARIOS["a ring of two"], HangError))

    def test_a_detector_that_does_not_confirm_what_it_suspects(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without the second look all members of a ring may be told, and not one."""

        def trusting_publish(activity: Any, promise: Any) -> None:  # see _deadlock
            activity.waiting_for = promise
            if _deadlock._find_cycle(activity) is not None:
                raise DeadlockError(("told",))

        monkeypatch.setattr("typedactors._waiting.publish_wait", trusting_publish)

        assert "deadlock" in str(first_failure(SCENARIOS["a ring of two"], AssertionError))

    def test_a_pool_whose_runner_does_not_look_for_messages_when_it_leaves(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def look_for_nobody(_self: Turns) -> None:
            pass

        monkeypatch.setattr(Turns, "_look_for_another_runner", look_for_nobody)

        assert "no thread can go on" in str(first_failure(SCENARIOS["stale edges"], HangError, PooledActor))
