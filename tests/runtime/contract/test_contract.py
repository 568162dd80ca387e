"""What holds for an actor whatever it runs on."""

from __future__ import annotations

import asyncio
import copy
import itertools
import os
import pickle
import threading
import traceback
from contextvars import Context, copy_context
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.runtime.contract.kinds import Kind, every_kind, every_other_kind, in_its_own_thread
from tests.runtime.contract.proxies import WorkerProxy
from tests.runtime.contract.workers import Gate, Pair, Witness, variable
from tests.runtime.support import LIMIT, Beside
from typedactors import ActorDeadError, ActorRef, ActorRegistry, DeadlockError, Timeout, get_all
from typedactors._parking import ParkingEvent
from typedactors.exceptions import UnsendableError, UnsupportedError

pytestmark = pytest.mark.timeout(120)


@every_kind
@in_its_own_thread
def test_calls_with_defaults_and_keywords(kind: Kind) -> None:
    worker = kind.worker(2)
    assert worker.add().get(timeout=LIMIT) == 2
    assert worker.add(2).get(timeout=LIMIT) == 6
    assert worker.add(times=3).get(timeout=LIMIT) == 12
    worker.add.defer(4)
    assert worker.add(times=0).get(timeout=LIMIT) == 20


@every_kind
@in_its_own_thread
def test_fields_and_traversable_parts(kind: Kind) -> None:
    worker = kind.worker()
    assert worker.count.get(timeout=LIMIT) == 0
    worker.count = 7
    assert worker.add().get(timeout=LIMIT) == 8
    assert worker.part.level.get(timeout=LIMIT) == 1
    worker.part.level = 5
    assert worker.part.raise_by(2, twice=True).get(timeout=LIMIT) == 9


@every_kind
@in_its_own_thread
def test_the_dynamic_proxy_does_the_same(kind: Kind) -> None:
    worker = kind.worker().actor_ref.proxy()
    assert worker.add(times=3).get(timeout=LIMIT) == 3
    worker.count = 5
    assert worker.count.get(timeout=LIMIT) == 5
    assert worker.part.raise_by(1).get(timeout=LIMIT) == 2
    with pytest.raises(AttributeError):
        worker.no_such_thing()


@every_kind
@in_its_own_thread
def test_an_actor_has_a_proxy_to_itself(kind: Kind) -> None:
    worker = kind.worker()
    worker.add_through_itself(3).get(timeout=LIMIT)
    assert worker.add().get(timeout=LIMIT) == 4
    assert worker.reference().get(timeout=LIMIT) is worker.actor_ref


@every_kind
@in_its_own_thread
def test_messages_of_one_sender_are_handled_in_order(kind: Kind) -> None:
    worker = kind.worker()
    ref = worker.actor_ref
    for number in range(200):
        if number % 10:
            ref.tell(number)
        else:
            assert ref.ask(number, timeout=LIMIT) == ("got", number)
    assert worker.seen().get(timeout=LIMIT) == list(range(200))


@every_kind
@in_its_own_thread
def test_a_message_may_be_of_any_type(kind: Kind) -> None:
    """Also of those that could be mistaken for what a mailbox makes of a message."""
    worker = kind.worker()
    ref = worker.actor_ref
    messages: list[object] = [None, 0, "", (), ("add",), ("add", None, None, (), None), [], Pair("add", ())]
    for message in messages:
        ref.tell(message)
        assert ref.ask(message, timeout=LIMIT) == ("got", message)
    seen = worker.seen().get(timeout=LIMIT)
    assert seen == [message for message in messages for _ in range(2)]
    assert [type(message) for message in seen] == [type(message) for message in messages for _ in range(2)]
    assert worker.add().get(timeout=LIMIT) == 1


@every_kind
@in_its_own_thread
def test_an_exception_reaches_the_asker_with_its_trace_and_the_actor_goes_on(kind: Kind) -> None:
    worker = kind.worker()
    with pytest.raises(LookupError, match="nothing here") as raised:
        worker.fail("nothing here").get(timeout=LIMIT)
    assert "in fail\n" in "".join(traceback.format_exception(raised.value))
    assert worker.add().get(timeout=LIMIT) == 1


@every_kind
@in_its_own_thread
def test_what_the_constructor_raises_is_raised_by_start(kind: Kind) -> None:
    with pytest.raises(ValueError, match="a step of -1 leads nowhere"):
        kind.worker(-1)
    assert ActorRegistry.get_all() == []


@every_kind
@in_its_own_thread
def test_a_timeout_holds_and_the_answer_still_comes(kind: Kind, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    answer = kind.pass_gate(kind.worker(), kind.beside(Gate, tmp_path / "pipe"))
    with pytest.raises(Timeout):
        answer.get(timeout=0.01)
    (tmp_path / "pipe").write_bytes(b"")  # waits for the gate, which waits for this
    assert answer.get(timeout=LIMIT) == "pass"


@every_kind
@in_its_own_thread
def test_start_stop_and_what_a_dead_actor_answers(kind: Kind) -> None:
    witness = kind.beside(Witness)
    worker = kind.worker(witness=witness)
    ref = worker.actor_ref
    assert ActorRegistry.get_by_urn(ref.actor_urn) is ref
    ref.tell("last words")
    assert ref.stop(timeout=LIMIT)

    assert witness.ask("now", timeout=LIMIT) == ["started", "stopped", "now"]
    assert ref.actor_stopped.wait(LIMIT)
    assert not ref.is_alive()
    assert ActorRegistry.get_by_urn(ref.actor_urn) is None
    assert not ref.stop(timeout=LIMIT)
    with pytest.raises(ActorDeadError) as refused:
        ref.tell("too late")
    assert refused.value.undelivered == "too late"
    with pytest.raises(ActorDeadError):
        worker.add().get(timeout=LIMIT)


@every_kind
@in_its_own_thread
def test_stopping_through_the_proxy_waits_for_the_end(kind: Kind) -> None:
    witness = kind.beside(Witness)
    kind.worker(witness=witness).stop().get(timeout=LIMIT)
    assert witness.ask("now", timeout=LIMIT) == ["started", "stopped", "now"]


@every_kind
@in_its_own_thread
def test_a_tell_that_fails_ends_the_actor(kind: Kind) -> None:
    witness = kind.beside(Witness)
    ref = kind.worker(witness=witness).actor_ref
    ref.tell("fail")
    assert ref.actor_stopped.wait(LIMIT)
    # The hook runs after the mailbox has closed; a stop waits for it.
    ref.stop(timeout=LIMIT)
    assert "failed: as told" in witness.ask("now", timeout=LIMIT)
    with pytest.raises(ActorDeadError):
        ref.ask("anyone?", timeout=LIMIT)


@every_kind
@in_its_own_thread
def test_a_failed_start_refuses_what_was_asked(kind: Kind) -> None:
    witness = kind.beside(Witness)
    ref = kind.worker_class.start(witness=witness, fails_to_start=True)
    with pytest.raises(ActorDeadError):
        ref.ask("anyone?", timeout=LIMIT)
    assert ref.actor_stopped.wait(LIMIT)
    ref.stop(timeout=LIMIT)
    assert witness.ask("now", timeout=LIMIT)[:2] == ["started", "failed: no paper"]


def ask_until_dead(ref: ActorRef[Any], begin: threading.Barrier) -> int:  # of any kind
    """Ask until the actor says that it is dead; return how many answers there were."""
    begin.wait(LIMIT)
    for number in itertools.count():
        try:
            assert ref.ask(number, timeout=LIMIT) == ("got", number)
        except ActorDeadError:
            return number
    raise AssertionError("the count has no end")


@every_kind
@in_its_own_thread
def test_every_accepted_ask_gets_exactly_one_reply(kind: Kind) -> None:
    """Askers race a stop; each gets its answer or hears that the actor is dead, and none waits for ever."""
    for _ in range(3 if kind.is_elsewhere else 20):
        ref = kind.worker().actor_ref
        begin = threading.Barrier(4)
        askers = [Beside(partial(ask_until_dead, ref, begin)) for _ in range(3)]
        begin.wait(LIMIT)
        assert ref.ask("in between", timeout=LIMIT) == ("got", "in between")
        ref.stop(timeout=LIMIT)
        for asker in askers:
            asker.result()


@every_other_kind
@every_kind
@in_its_own_thread
def test_actors_of_two_runtimes_use_each_other(kind: Kind, other: Kind) -> None:
    one = kind.worker()
    if kind.is_greenlet and other.is_greenlet and kind is not other:
        with pytest.raises(UnsupportedError, match="Start them in another thread"):
            other.worker(10)
        return
    two = other.worker(10)
    for asker, its_kind, asked, other_kind in [(one, kind, two, other), (two, other, one, kind)]:
        if its_kind.reaches(other_kind):
            step = asked.add().get(timeout=LIMIT)
            answers = [its_kind.ask_for_count(asker, asked) for _ in range(3)]
            assert get_all(answers, timeout=LIMIT) == [2 * step, 3 * step, 4 * step]
        else:
            with pytest.raises(UnsendableError, match="is not on Ray, and cannot be reached"):
                its_kind.ask_for_count(asker, asked)
        assert asker.add(0).get(timeout=LIMIT) >= 0


@every_kind
@in_its_own_thread
def test_refs_and_proxies_pickle_and_copy_to_the_same_actor(kind: Kind) -> None:
    worker = kind.worker()
    ref = worker.actor_ref
    assert pickle.loads(pickle.dumps(ref)) is ref
    assert copy.deepcopy([ref])[0] is ref
    again: WorkerProxy = pickle.loads(pickle.dumps(worker))
    assert again.add().get(timeout=LIMIT) == 1


@every_kind
@in_its_own_thread
def test_futures_can_be_awaited(kind: Kind) -> None:
    worker = kind.worker()
    ended = ParkingEvent()

    async def use() -> int:
        return await worker.add() + await worker.count

    def run() -> int:
        try:
            return asyncio.run(use())
        finally:
            ended.set()

    # In another thread, because a running asyncio loop would keep this one from running its greenlets.
    running = Beside(run)
    assert ended.wait(LIMIT)
    assert running.result() == 2


@every_kind
@in_its_own_thread
def test_any_actor_class_starts_on_it(kind: Kind) -> None:
    ref = kind.start(Witness)
    assert ref.ask("one", timeout=LIMIT) == ["one"]
    assert ref.actor_class is Witness
    assert ref.stop(timeout=LIMIT)


@every_kind
@in_its_own_thread
def test_an_actor_that_waits_for_itself_is_told(kind: Kind) -> None:
    worker = kind.worker()
    if kind.may_block:
        with pytest.raises(DeadlockError):
            worker.count_of_blocking(worker).get(timeout=LIMIT)
    else:
        with pytest.raises(UnsupportedError, match="await the future"):
            worker.count_of_blocking(worker).get(timeout=LIMIT)
    assert worker.add(0).get(timeout=LIMIT) >= 0


@every_kind
@in_its_own_thread
def test_async_methods_run_to_their_end_or_are_refused_with_the_remedy(kind: Kind) -> None:
    worker, other = kind.worker(), kind.worker(5)
    if kind.runs_async_methods:
        assert worker.count_of(other).get(timeout=LIMIT) == 5
    else:
        with pytest.raises(UnsupportedError, match="Derive the actor from AsyncioActor or ThreadingActor"):
            worker.count_of(other).get(timeout=LIMIT)


@every_kind
@in_its_own_thread
def test_methods_may_block_or_are_refused_with_the_remedy(kind: Kind) -> None:
    worker, other = kind.worker(), kind.worker(5)
    if kind.may_block:
        worker.assign_blocking(other, 20).get(timeout=LIMIT)
        assert other.count.get(timeout=LIMIT) == 20
    else:
        with pytest.raises(UnsupportedError, match="await the future instead of calling get"):
            worker.assign_blocking(other, 20).get(timeout=LIMIT)


@every_kind
@in_its_own_thread
def test_the_mailbox_can_be_looked_at_where_the_actor_is(kind: Kind) -> None:
    inbox = kind.worker().actor_ref.actor_inbox
    if kind.is_elsewhere:
        with pytest.raises(UnsupportedError, match="only there"):
            inbox.empty()
    else:
        assert inbox.empty() in (True, False)
    assert not inbox.closed


@every_kind
@in_its_own_thread
def test_context_variables_travel_within_the_process(kind: Kind) -> None:
    worker = kind.worker()
    context = copy_context()
    context.run(variable.set, "set here")
    assert context.run(worker.variable).get(timeout=LIMIT) == ("not set" if kind.is_elsewhere else "set here")


@every_kind
@in_its_own_thread
def test_a_context_variable_that_a_handler_leaves_is_not_there_for_the_next_message(kind: Kind) -> None:
    worker = kind.worker()

    def send() -> list[str]:
        worker.leave_variable.defer("left by a tell")
        return get_all([worker.leave_variable("left by an ask"), worker.variable()], timeout=LIMIT)

    assert Context().run(send) == ["not set", "not set"]
