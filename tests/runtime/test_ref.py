"""Refs: tell, ask, stop, and what they say of themselves."""

from __future__ import annotations

import copy

import pytest

from tests.runtime.support import LIMIT, Gate, Gated, Plain, wait_for
from typedactors import ActorDeadError, ActorProxy, ActorRef, Future, ThreadingActor, Timeout
from typedactors.exceptions import NO_MESSAGE


@pytest.fixture
def dead() -> ActorRef[Plain]:
    ref = Plain.start()
    ref.stop(timeout=LIMIT)
    return ref


def test_a_ref_knows_its_actors_class_urn_inbox_and_stop_event() -> None:
    ref = Plain.start()

    assert ref.actor_class is Plain
    assert ref.actor_urn.startswith("urn:uuid:")
    assert ref.actor_inbox.empty()
    assert not ref.actor_inbox.closed
    assert not ref.actor_stopped.is_set()


def test_messages_of_one_sender_are_handled_in_the_order_in_which_they_were_sent(gate: Gate) -> None:
    ref = Gated.start(gate)
    gate.open()
    for number in range(100):
        ref.tell(number)

    assert ref.proxy().handled.get(timeout=LIMIT) == list(range(100))


def test_the_inbox_shows_whether_messages_wait(gate: Gate) -> None:
    ref = Gated.start(gate)
    ref.proxy().hold()
    gate.wait_until_entered()
    assert ref.actor_inbox.empty()
    ref.tell("waiting")
    assert not ref.actor_inbox.empty()
    gate.open()


def test_ask_returns_the_reply() -> None:
    assert Plain.start().ask({"any": ["object"]}) == {"any": ["object"]}


def test_the_message_is_not_copied() -> None:
    message = object()

    assert Plain.start().ask(message) is message


def test_ask_without_block_returns_a_future_at_once(gate: Gate) -> None:
    ref = Gated.start(gate)
    future = ref.proxy().hold()
    later = ref.ask("later", block=False)

    assert isinstance(later, Future)
    assert not later.done()
    gate.open()
    assert later.get(timeout=LIMIT) == "later"
    assert future.get(timeout=LIMIT) == "held"


def test_ask_raises_what_the_handler_raised() -> None:
    error = LookupError("as raised in the actor")

    with pytest.raises(LookupError) as caught:
        Plain.start().ask(error, timeout=LIMIT)
    assert caught.value is error


def test_ask_gives_up_after_its_timeout_and_the_message_is_handled_all_the_same(gate: Gate) -> None:
    ref = Gated.start(gate)
    ref.proxy().hold()
    gate.wait_until_entered()

    with pytest.raises(Timeout):
        ref.ask("too late", timeout=0.01)
    gate.open()
    assert ref.proxy().handled.get(timeout=LIMIT) == ["too late"]


def test_none_may_be_asked_and_replied() -> None:
    assert Plain.start().ask(None, timeout=LIMIT) is None


def test_a_tell_to_a_dead_actor_raises_and_carries_the_message(dead: ActorRef[Plain]) -> None:
    with pytest.raises(ActorDeadError, match=rf"Plain \({dead.actor_urn}\) not found") as caught:
        dead.tell(("a", "message"))
    assert caught.value.undelivered == ("a", "message")


def test_an_ask_of_a_dead_actor_raises_and_carries_the_message(dead: ActorRef[Plain]) -> None:
    with pytest.raises(ActorDeadError) as caught:
        dead.ask(None)
    assert caught.value.undelivered is None


def test_an_ask_without_block_of_a_dead_actor_gives_a_future_that_has_the_error(dead: ActorRef[Plain]) -> None:
    future = dead.ask("hello", block=False)

    assert future.done()
    with pytest.raises(ActorDeadError):
        future.get()


def test_an_error_without_a_message_says_so() -> None:
    assert ActorDeadError("gone").undelivered is NO_MESSAGE
    assert repr(NO_MESSAGE) == "<no message>"


def test_the_refusals_of_a_failed_actor_say_why_it_failed() -> None:
    ref = Plain.start()
    ref.tell(OSError("disk full"))
    wait_for(ref.actor_stopped)

    with pytest.raises(ActorDeadError, match="OSError: disk full"):
        ref.tell("too late")


def test_a_pending_ask_is_refused_when_the_actor_stops_before_it(gate: Gate) -> None:
    ref = Gated.start(gate)
    ref.proxy().hold()
    gate.wait_until_entered()
    stopping = ref.stop(block=False)
    pending = ref.ask("after the stop", block=False)
    gate.open()

    assert stopping.get(timeout=LIMIT) is True
    with pytest.raises(ActorDeadError) as caught:
        pending.get(timeout=LIMIT)
    assert caught.value.undelivered == "after the stop"
    assert caught.value.__cause__ is None


def test_a_pending_ask_of_an_actor_that_fails_has_the_failure_as_its_cause(gate: Gate) -> None:
    class Fragile(Gated):
        def break_down(self) -> None:
            raise failure

    failure = OSError("disk full")
    ref = Fragile.start(gate)
    proxy = ref.proxy()
    proxy.hold()
    gate.wait_until_entered()
    proxy.break_down.defer()
    pending = ref.ask("after the failure", block=False)
    gate.open()

    with pytest.raises(ActorDeadError) as caught:
        pending.get(timeout=LIMIT)
    assert caught.value.__cause__ is failure


class TestStop:
    def test_messages_sent_before_it_are_handled(self, gate: Gate) -> None:
        ref = Gated.start(gate)
        gate.open()
        replies = [ref.ask(number, block=False) for number in range(50)]
        assert ref.stop(timeout=LIMIT) is True
        assert [reply.get(timeout=LIMIT) for reply in replies] == list(range(50))

    def test_the_first_returns_true_and_one_of_a_dead_actor_false(self) -> None:
        ref = Plain.start()

        assert ref.stop() is True
        assert ref.stop() is False
        assert ref.stop(block=False).get(timeout=LIMIT) is False

    def test_two_while_the_actor_is_busy_both_return_true(self, gate: Gate) -> None:
        ref = Gated.start(gate)
        ref.proxy().hold()
        gate.wait_until_entered()
        first, second = ref.stop(block=False), ref.stop(block=False)
        gate.open()

        assert first.get(timeout=LIMIT) is True
        assert second.get(timeout=LIMIT) is True

    def test_without_block_the_actor_stops_though_nobody_gets_the_future(self) -> None:
        ref = Plain.start()
        ref.stop(block=False)

        wait_for(ref.actor_stopped)

    def test_the_timeout_is_for_the_wait_and_the_actor_stops_all_the_same(self, gate: Gate) -> None:
        ref = Gated.start(gate)
        ref.proxy().hold()
        gate.wait_until_entered()
        with pytest.raises(Timeout):
            ref.stop(timeout=0.01)
        gate.open()

        wait_for(ref.actor_stopped)

    def test_it_returns_after_on_stop_has_run(self, gate: Gate) -> None:
        done: list[str] = []

        class Tidy(ThreadingActor):
            def on_stop(self) -> None:
                gate.pass_through()
                done.append("tidied up")

        ref = Tidy.start()
        stopping = ref.stop(block=False)
        gate.wait_until_entered()
        assert not stopping.done()
        with pytest.raises(Timeout):
            stopping.get(timeout=0.01)
        gate.open()

        assert stopping.get(timeout=LIMIT) is True
        assert done == ["tidied up"]

    def test_one_that_comes_while_on_stop_runs_waits_for_it_too(self, gate: Gate) -> None:
        """The documentation: true if the actor "was being stopped at the time of the call"."""

        class Tidy(ThreadingActor):
            def on_stop(self) -> None:
                gate.pass_through()

        ref = Tidy.start()
        ref.stop(block=False)
        gate.wait_until_entered()
        second = ref.stop(block=False)
        with pytest.raises(Timeout):
            second.get(timeout=0.01)
        gate.open()

        assert second.get(timeout=LIMIT) is True

    def test_once_stopped_the_stopped_event_and_the_inbox_say_so(self, dead: ActorRef[Plain]) -> None:
        assert dead.actor_stopped.is_set()
        assert dead.actor_inbox.closed
        assert not dead.is_alive()


def test_refs_are_equal_and_hash_alike_if_they_address_the_same_actor() -> None:
    actor = Plain()
    one, other = actor.actor_ref, Plain.start()

    assert one == copy.copy(one) == copy.deepcopy(one) == actor.actor_ref
    assert one != other
    assert one != "something else"
    assert len({one, copy.copy(one), other}) == 2


def test_a_ref_is_described_by_its_actors_class_and_urn() -> None:
    ref = Plain.start()

    assert str(ref) == f"Plain ({ref.actor_urn})"
    assert repr(ref) == f"<ActorRef for Plain ({ref.actor_urn})>"


def test_the_stopped_event_is_described_by_whether_it_is_set() -> None:
    ref = Plain.start()
    event = ref.actor_stopped
    assert repr(event).endswith(": unset>")
    ref.stop(timeout=LIMIT)

    assert repr(event).endswith(": set>")


def test_a_ref_does_not_keep_its_dead_actor_alive_but_still_knows_its_class(dead: ActorRef[Plain]) -> None:
    assert dead.actor_class is Plain
    assert dead.actor_urn in str(dead)


def test_a_proxy_of_a_dead_actor_cannot_be_made(dead: ActorRef[Plain]) -> None:
    with pytest.raises(ActorDeadError, match="Plain"):
        dead.proxy()
    with pytest.raises(ActorDeadError, match="Plain"):
        ActorProxy(actor_ref=dead)
