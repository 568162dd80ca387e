"""Every message has one fate, also in the moments in which a mailbox closes.

The queue of these tests' actors holds a sender or an actor between two of its steps, so that each
interleaving that matters is made, not hoped for.
"""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from typing import Any

import pytest

from tests.runtime.stepped import hold_before_put, started
from tests.runtime.support import LIMIT, Beside, Gate, wait_for, wait_for_end
from typedactors import ActorDeadError, ActorRef, ActorRegistry, FutureAlreadySetError, ThreadingActor
from typedactors._mailbox import Mailbox


class Letters(logging.Handler):
    """Collects the dead letters."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.messages: list[object] = []

    def emit(self, record: logging.LogRecord) -> None:
        assert isinstance(record.args, tuple)
        self.messages.append(record.args[-1])


@pytest.fixture
def dead_letters(caplog: pytest.LogCaptureFixture) -> Letters:
    caplog.set_level(logging.INFO, "typedactors.dead_letters")
    letters = Letters()
    caplog.handler.setLevel(logging.CRITICAL)
    logger = logging.getLogger("typedactors.dead_letters")
    logger.addHandler(letters)
    return letters


@pytest.fixture(autouse=True)
def _no_more_letters(dead_letters: Letters) -> Any:  # pyright: ignore[reportUnusedFunction]  # pytest calls it
    yield
    logging.getLogger("typedactors.dead_letters").removeHandler(dead_letters)


@pytest.mark.parametrize("ending", ["stop", "failure"])
def test_an_ask_that_is_put_after_the_actor_has_ended_is_refused(ending: str) -> None:
    ref, queue, thread = started()
    message = object()
    before_put = hold_before_put(queue, message)
    asker = Beside(lambda: ref.ask(message, block=False))
    before_put.wait_until_entered()
    if ending == "stop":
        ref.stop(timeout=LIMIT)
    else:
        ref.tell(ValueError("told to fail"))
    wait_for_end(thread)
    before_put.open()

    with pytest.raises(ActorDeadError) as caught:
        asker.result().get(timeout=0)
    assert caught.value.undelivered is message


def test_a_tell_that_is_put_after_the_actor_has_ended_raises_and_is_no_dead_letter(dead_letters: Letters) -> None:
    ref, queue, thread = started()
    message = object()
    before_put = hold_before_put(queue, message)
    teller = Beside(lambda: ref.tell(message))
    before_put.wait_until_entered()
    ref.stop(timeout=LIMIT)
    wait_for_end(thread)
    before_put.open()

    with pytest.raises(ActorDeadError) as caught:
        teller.result()
    assert caught.value.undelivered is message
    assert dead_letters.messages == []


def test_a_tell_that_was_accepted_and_not_handled_is_a_dead_letter(gate: Gate, dead_letters: Letters) -> None:
    ref, _, _ = started()
    ref.tell(gate)
    gate.wait_until_entered()
    stopping = ref.stop(block=False)
    message = object()
    ref.tell(message)
    gate.open()
    stopping.get(timeout=LIMIT)

    assert dead_letters.messages == [message]


def test_a_stop_that_was_told_twice_is_no_dead_letter(gate: Gate, dead_letters: Letters) -> None:
    ref, _, thread = started()
    ref.tell(gate)
    gate.wait_until_entered()
    proxy = ref.proxy()
    proxy.stop.defer()
    proxy.stop.defer()
    gate.open()
    wait_for_end(thread)

    assert dead_letters.messages == []


def test_a_late_sender_refuses_the_others_that_it_finds(dead_letters: Letters) -> None:
    """Two senders are held before their puts; the one who comes last finds what the first one left."""
    ref, queue, thread = started()
    first, second = object(), object()
    gates = {first: Gate(), second: Gate()}
    queue.before_put = lambda message: gates[message].pass_through() if message in gates else None
    asker = Beside(lambda: ref.ask(first, block=False))
    teller = Beside(lambda: ref.tell(second))
    for one in gates.values():
        one.wait_until_entered()
    ref.stop(timeout=LIMIT)
    wait_for_end(thread)
    # The second sender's put comes between the first one's put and the first one's look at what it put.
    in_between = Gate()
    queue.after_get_nowait = lambda _message: in_between.pass_through()
    gates[first].open()
    in_between.wait_until_entered()
    gates[second].open()
    queue.after_get_nowait = lambda _message: None
    in_between.open()

    with pytest.raises(ActorDeadError):
        asker.result().get(timeout=0)
    with suppress(ActorDeadError):
        teller.result()
    if teller.exception is None:
        assert dead_letters.messages == [second]
    else:
        assert dead_letters.messages == []


def test_of_an_object_that_two_told_each_message_is_accounted_for(dead_letters: Letters) -> None:
    """Both have put it and neither has looked yet; the first one to look finds its own and then the other's."""
    ref, queue, thread = started()
    message = object()
    before_put, after_put = (Gate(), Gate()), (Gate(), Gate())
    puts, looks = iter(before_put), iter(after_put)
    queue.before_put = lambda put: next(puts).pass_through() if put is message else None
    queue.after_put = lambda put: next(looks).pass_through() if put is message else None
    tellers: list[Beside[None]] = []
    for gate in before_put:
        tellers.append(Beside(lambda: ref.tell(message)))
        gate.wait_until_entered()
    ref.stop(timeout=LIMIT)
    wait_for_end(thread)
    for gate, following in zip(before_put, after_put, strict=True):
        gate.open()
        following.wait_until_entered()
    after_put[0].open()
    with pytest.raises(ActorDeadError):
        tellers[0].result()
    after_put[1].open()
    tellers[1].result()

    assert dead_letters.messages == [message]


def test_a_refusal_by_a_late_sender_has_the_failure_as_its_cause(gate: Gate) -> None:
    ref, queue, thread = started()
    late, pending, failure = object(), object(), ValueError("told to fail")
    ref.tell(gate)
    gate.wait_until_entered()
    ref.tell(failure)
    before_put = hold_before_put(queue, late)
    # The late sender takes the pending ask out before the actor does, and refuses it when the actor is gone.
    sender = Beside(lambda: ref.ask(late, block=False))
    before_put.wait_until_entered()
    asked = ref.ask(pending, block=False)
    taken = Gate()
    ending = Gate()
    queue.after_get_nowait = lambda message: (
        taken.pass_through() if message is pending and threading.current_thread() is sender.thread else None
    )
    mailbox = ref._mailbox
    assert isinstance(mailbox, Mailbox)
    original_close = mailbox.close

    def close_and_wait(_mailbox: Mailbox, cause: BaseException | None) -> None:
        original_close(cause)
        ending.pass_through()

    closing = pytest.MonkeyPatch()
    closing.setattr(Mailbox, "close", close_and_wait)
    try:
        gate.open()
        ending.wait_until_entered()
        before_put.open()
        taken.wait_until_entered()
        ending.open()
        wait_for_end(thread)
        taken.open()
        sender.result()
    finally:
        for one in (before_put, taken, ending):
            one.open()
        closing.undo()

    with pytest.raises(ActorDeadError) as caught:
        asked.get(timeout=0)
    assert caught.value.undelivered is pending
    assert caught.value.__cause__ is failure


def test_a_stop_that_is_put_after_the_actor_has_ended_returns_false_or_true_but_returns() -> None:
    ref, queue, thread = started()
    gate = Gate()
    queue.before_put = lambda _message: gate.pass_through() if threading.current_thread() is stopper.thread else None
    ready = threading.Event()

    def stop() -> bool:
        wait_for(ready)
        return ref.stop()

    stopper = Beside(stop)
    ready.set()
    gate.wait_until_entered()
    ref.stop(timeout=LIMIT)
    wait_for_end(thread)
    gate.open()

    assert stopper.result() in (True, False)


def test_a_stop_that_a_late_sender_takes_out_returns_after_on_stop_all_the_same() -> None:
    in_on_stop, hold = Gate(), Gate()
    ref, queue, thread = started(in_on_stop)
    late = object()
    before_put = hold_before_put(queue, late)
    sender = Beside(lambda: ref.ask(late, block=False))
    before_put.wait_until_entered()
    ref.tell(hold)
    hold.wait_until_entered()
    first, second = ref.stop(block=False), ref.stop(block=False)
    hold.open()
    in_on_stop.wait_until_entered()
    before_put.open()
    refused = sender.result()
    assert not first.map(str).done()
    in_on_stop.open()
    wait_for_end(thread)

    assert first.get(timeout=LIMIT) is True
    assert second.get(timeout=LIMIT) is True
    with pytest.raises(ActorDeadError):
        refused.get(timeout=0)


def test_an_asker_that_sets_its_own_future_is_warned_of_and_the_actor_goes_on(
    gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.setLevel(logging.NOTSET)
    ref, _, _ = started()
    ref.tell(gate)
    gate.wait_until_entered()
    future = ref.ask("question", block=False)
    future.set("the asker's own answer")
    gate.open()

    assert ref.ask("next", timeout=LIMIT) == "next"
    assert future.get() == "the asker's own answer"
    assert "could not reply" in caplog.text


def test_an_asker_that_sets_its_own_future_does_not_hinder_the_refusals(gate: Gate) -> None:
    ref, _, _ = started()
    ref.tell(gate)
    gate.wait_until_entered()
    ref.stop(block=False)
    own, other = ref.ask("one", block=False), ref.ask("other", block=False)
    own.set("the asker's own answer")
    gate.open()

    with pytest.raises(ActorDeadError):
        other.get(timeout=LIMIT)
    with pytest.raises(FutureAlreadySetError):
        own.set("again")


@pytest.mark.parametrize("fault", ["__init__ raises", "no thread"])
def test_a_ref_that_was_given_away_by_an_actor_that_never_ran_is_dead(
    fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Generous(ThreadingActor):
        def __init__(self) -> None:
            super().__init__()
            given.append(self.actor_ref)
            asked.append(self.actor_ref.ask("early", block=False))
            if fault == "__init__ raises":
                raise failure

    given: list[ActorRef[Any]] = []
    asked: list[Any] = []
    failure = RuntimeError("can't start")

    def refuse(_thread: threading.Thread) -> None:
        raise failure

    with monkeypatch.context() as patched:
        if fault == "no thread":
            patched.setattr(threading.Thread, "start", refuse)
        with pytest.raises(RuntimeError, match="can't start"):
            Generous.start()

    assert not given[0].is_alive()
    assert ActorRegistry.get_all() == []
    with pytest.raises(ActorDeadError) as caught:
        asked[0].get(timeout=0)
    assert caught.value.__cause__ is failure
    with pytest.raises(ActorDeadError):
        given[0].tell("late")
