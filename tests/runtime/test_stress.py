"""Mailboxes that the race finds out, and rounds of starts and ends in which nobody hangs and nothing is left behind.

Short by default. ``TYPEDACTORS_SOAK=50`` makes every test fifty times as long.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

import typedactors
from tests.runtime.race import End, Tally, race_against
from tests.runtime.support import LIMIT, Beside, Plain, wait_for_end
from typedactors import ActorDeadError, ActorRef, ThreadingActor
from typedactors._mailbox import Mailbox
from typedactors._wrapping import Envelope, open_envelope

SOAK = int(os.environ.get("TYPEDACTORS_SOAK", "1"))
ROUNDS = 25 * SOAK

pytestmark = pytest.mark.timeout(60 * SOAK)


@pytest.fixture(autouse=True)
def _short_switch_interval(caplog: pytest.LogCaptureFixture) -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]  # pytest calls it
    caplog.set_level(logging.CRITICAL, "typedactors")  # records keep the frames of exceptions, and so actors, alive
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


STOP = End("stop", lambda _library, ref: ref.stop(block=False))


def a_race_loses_something() -> bool:
    """Race until a message is lost, but not for ever."""
    total = Tally()
    for _ in range(2000):
        total.add(race_against(typedactors, STOP, after=5, limit=1.0))
        if total.lost:
            return True
    return False


class HastyMailbox(Mailbox):
    """A mailbox as it must not be: it looks first and puts second, and never looks again."""

    __slots__ = ()

    def put(self, envelope: Envelope) -> bool:
        if self.closed:
            return False
        os.sched_yield()
        self._queue.put(envelope)
        return True


def test_the_race_finds_what_a_mailbox_that_does_not_close_atomically_loses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typedactors._actor.Mailbox", HastyMailbox)
    assert a_race_loses_something()


class ForgetfulMailbox(Mailbox):
    """A mailbox as it must not be: what is left in it at the end is thrown away."""

    __slots__ = ()

    def refuse_rest(self) -> None:
        for _ in self._take_rest():
            pass


def test_the_race_finds_what_is_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typedactors._actor.Mailbox", ForgetfulMailbox)
    assert a_race_loses_something()


class TwiceMailbox(Mailbox):
    """A mailbox as it must not be: what an actor takes out may come a second time."""

    __slots__ = ()

    @property
    def get(self) -> Callable[[], Envelope]:
        def get_and_put_again() -> Envelope:
            envelope = self._queue.get()
            message, _ = open_envelope(envelope)
            if isinstance(message, str):
                self._queue.put(message)
            return envelope

        return get_and_put_again


def test_the_race_finds_what_is_handled_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typedactors._actor.Mailbox", TwiceMailbox)

    assert race_against(typedactors, STOP, after=5).doubled


def test_blocking_askers_are_all_released_when_the_actor_ends() -> None:
    def ask_until_dead(ref: ActorRef[Plain]) -> int:
        replies = 0
        while True:
            try:
                ref.ask(replies)
            except ActorDeadError:
                return replies
            replies += 1

    for round_number in range(ROUNDS):
        ref = Plain.start()
        askers = [Beside(lambda ref=ref: ask_until_dead(ref)) for _ in range(3)]  # type: ignore[misc]  # the default binds
        if round_number % 2:
            ref.stop(timeout=LIMIT)
        else:
            ref.tell(ValueError("told to fail"))
        assert all(asker.result() >= 0 for asker in askers)


def test_all_stoppers_return_after_on_stop_has_run() -> None:
    class Tidy(ThreadingActor):
        def __init__(self) -> None:
            super().__init__()
            self.tidied: list[int] = []

        def on_stop(self) -> None:
            self.tidied.append(1)

    def stop_and_look(ref: ActorRef[Tidy], actor: Tidy, ready: threading.Barrier) -> list[int]:
        ready.wait(LIMIT)
        ref.stop()
        return list(actor.tidied)

    for _ in range(ROUNDS):
        ref = Tidy.start()
        actor = ref._actor_weakref()
        assert actor is not None
        ready = threading.Barrier(4)
        stoppers = [
            Beside(lambda ref=ref, actor=actor, ready=ready: stop_and_look(ref, actor, ready))  # type: ignore[misc]  # the defaults bind
            for _ in range(4)
        ]
        assert [stopper.result() for stopper in stoppers] == [[1]] * 4


def test_when_on_start_fails_each_ask_that_was_accepted_gets_the_failure_as_its_cause() -> None:
    failure = LookupError("cannot start")

    class Failing(ThreadingActor):
        def __init__(self, ready: threading.Barrier) -> None:
            super().__init__()
            self._ready = ready

        def on_start(self) -> None:
            self._ready.wait(LIMIT)
            raise failure

    def ask(ref: ActorRef[Failing], ready: threading.Barrier, *, early: bool) -> BaseException:
        if not early:
            ready.wait(LIMIT)
        future = ref.ask("anybody?", block=False)
        if early:
            ready.wait(LIMIT)
        with pytest.raises(ActorDeadError) as caught:
            future.get(timeout=LIMIT)
        return caught.value

    for _ in range(ROUNDS):
        ready = threading.Barrier(5)
        ref = Failing.start(ready)
        early = [Beside(lambda ref=ref, ready=ready: ask(ref, ready, early=True)) for _ in range(2)]  # type: ignore[misc]  # the defaults bind
        late = [Beside(lambda ref=ref, ready=ready: ask(ref, ready, early=False)) for _ in range(2)]  # type: ignore[misc]  # the same
        assert all(asker.result().__cause__ is failure for asker in early)
        assert all("LookupError" in str(asker.result()) or asker.result().__cause__ is None for asker in late)


def test_program_ending_exceptions_of_many_actors_at_once_stop_them_all() -> None:
    class Member(Plain):
        pass

    for _ in range(max(1, ROUNDS // 4)):
        members = [Member.start() for _ in range(6)]
        threads = [thread for thread in threading.enumerate() if thread.name.startswith("Member-")]
        futures = [member.ask(SystemExit(number), block=False) for number, member in enumerate(members[:3])]
        for future in futures:
            with pytest.raises((SystemExit, ActorDeadError)):
                future.get(timeout=LIMIT)
        for thread in threads:
            wait_for_end(thread)
        assert not any(member.is_alive() for member in members)
