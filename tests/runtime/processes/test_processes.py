"""An actor in a process of its own does what an actor does; what it cannot do says so."""

from __future__ import annotations

import asyncio
import copy
import os
import pickle
import threading
from typing import Any, Generic, TypeVar

import pytest

from tests.runtime.processes.actors import Counter, CounterProxy, Listener
from tests.runtime.support import LIMIT
from typedactors import ActorDeadError, ActorRef, ActorRegistry, ThreadingActor, ThreadingFuture, Timeout, get_all
from typedactors.exceptions import UnsendableError, UnsupportedError
from typedactors.process import ProcessActor, start

Content = TypeVar("Content")


def started(step: int = 1) -> CounterProxy:
    return Counter.start(step).proxy(CounterProxy)


def test_it_runs_in_another_process_and_keeps_its_state_there() -> None:
    counter = started(2)
    assert counter.process_id().get(timeout=LIMIT) != os.getpid()
    assert counter.add().get(timeout=LIMIT) == 2
    assert counter.add(times=3).get(timeout=LIMIT) == 8
    assert counter.count.get(timeout=LIMIT) == 8
    counter.count = 100
    assert counter.count.get(timeout=LIMIT) == 100
    counter.add.defer()
    assert counter.add().get(timeout=LIMIT) == 104


def test_traversable_parts_are_reached() -> None:
    motor = started().motor
    assert motor.run(4).get(timeout=LIMIT) == 5
    motor.speed = 9
    assert motor.speed.get(timeout=LIMIT) == 9


def test_messages_of_one_sender_arrive_in_order() -> None:
    ref = Counter.start()
    for number in range(300):
        if number % 3:
            ref.tell(number)
        else:
            assert ref.ask(number, timeout=LIMIT) == ("got", number)
    assert ref.proxy(CounterProxy).take_seen().get(timeout=LIMIT) == list(range(300))


def test_an_exception_comes_back_with_the_trace_of_where_it_was_raised() -> None:
    with pytest.raises(KeyError, match="no such thing") as raised:
        started().fail("no such thing").get(timeout=LIMIT)
    assert "in fail\n" in str(raised.value.__cause__)
    assert "KeyError: 'no such thing'" in str(raised.value.__cause__)


def test_an_exception_that_cannot_travel_is_named() -> None:
    with pytest.raises(UnsendableError, match=r"CustomError was raised.*7: out of paper"):
        started().fail_strangely().get(timeout=LIMIT)


def test_what_the_constructor_raises_is_raised_by_start() -> None:
    with pytest.raises(ValueError, match="a step of -1 leads nowhere"):
        Counter.start(-1)
    assert ActorRegistry.get_all() == []


def test_an_argument_that_cannot_be_sent_is_named_at_the_call_and_the_actor_answers_still() -> None:
    counter = started()
    with pytest.raises(UnsendableError, match=r"argument 2 of ask_other\(\).*lock cannot be pickled"):
        counter.ask_other(counter.actor_ref, threading.Lock())
    with pytest.raises(UnsendableError, match=r"argument 'message' of ask_other\(\)"):
        counter.ask_other.defer(counter.actor_ref, message=threading.Lock())
    with pytest.raises(UnsendableError, match="the value for count"):
        counter.count = threading.Lock()  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]  # on purpose
    with pytest.raises(UnsendableError, match="the message lock"):
        counter.actor_ref.tell(threading.Lock())
    with pytest.raises(UnsendableError, match=r"argument 1 of Counter\(\)"):
        Counter.start(threading.Lock())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # on purpose
    assert counter.add().get(timeout=LIMIT) == 1


def test_a_future_is_refused_at_the_call_with_what_to_send_instead() -> None:
    counter = started()
    future: ThreadingFuture[str] = ThreadingFuture()
    with pytest.raises(UnsendableError, match=r"argument 2 of ask_other\(\).*send its value"):
        counter.ask_other(counter.actor_ref, future)
    with pytest.raises(UnsendableError, match=r"argument 2 of ask_other\(\).*send its value"):
        counter.ask_other(counter.actor_ref, {"reply to": future})
    with pytest.raises(UnsendableError, match=r"the message ThreadingFuture.*send its value"):
        counter.actor_ref.tell(future)
    with pytest.raises(UnsendableError, match=r"the result of forward.*send its value"):
        counter.actor_ref.proxy().forward(Listener.start()).get(timeout=LIMIT)
    assert counter.add().get(timeout=LIMIT) == 1


def test_a_class_that_cannot_be_imported_elsewhere_is_named() -> None:
    class Inside(ProcessActor):
        """Not importable."""

    with pytest.raises(UnsendableError, match="Inside"):
        Inside.start()


def test_a_result_that_cannot_be_sent_is_named_and_the_actor_answers_still() -> None:
    counter = started()
    with pytest.raises(UnsendableError, match=r"the result of lock of Counter .*lock cannot be pickled"):
        counter.lock().get(timeout=LIMIT)
    assert counter.add().get(timeout=LIMIT) == 1


def test_timeouts_hold_and_leave_the_future_usable() -> None:
    counter = started()
    listener = Listener.start()
    actor = listener._actor_weakref()
    assert actor is not None
    with actor.changed:  # the listener cannot answer meanwhile
        answer = counter.ask_other(listener, "hello")
        with pytest.raises(Timeout):
            answer.get(timeout=0.01)
    assert answer.get(timeout=LIMIT) == ("heard", "hello", os.getpid())


def test_refs_and_proxies_travel_and_are_local_again_at_home() -> None:
    counter, other = started(), started(10)
    listener = Listener.start()
    assert counter.ask_other(listener, "from afar").get(timeout=LIMIT) == ("heard", "from afar", os.getpid())
    assert counter.call_other(other, 2).get(timeout=LIMIT) == 20
    assert counter.ask_other(other.actor_ref, "sibling").get(timeout=LIMIT) == ("got", "sibling")
    assert counter.myself().get(timeout=LIMIT) is counter.actor_ref
    assert listener.ask(counter.actor_ref, timeout=LIMIT)[1] is counter.actor_ref


def test_an_actor_in_a_process_starts_others_and_hands_out_their_refs() -> None:
    counter = started(3)
    grandchild = counter.start_another().get(timeout=LIMIT)
    assert grandchild.proxy(CounterProxy).add().get(timeout=LIMIT) == 3
    assert grandchild.proxy(CounterProxy).process_id().get(timeout=LIMIT) not in (
        os.getpid(),
        counter.process_id().get(timeout=LIMIT),
    )
    assert grandchild.stop(timeout=LIMIT)


def test_a_ref_pickles_and_copies_to_itself() -> None:
    ref = Counter.start()
    assert pickle.loads(pickle.dumps(ref)) is ref
    assert copy.deepcopy({"ref": ref})["ref"] is ref
    again = pickle.loads(pickle.dumps(ref.proxy(CounterProxy)))
    assert again.add().get(timeout=LIMIT) == 1


def test_stop_waits_for_on_stop_and_the_dead_say_that_they_are() -> None:
    listener = Listener.start()
    ref = Counter.start(listener=listener)
    counter = ref.proxy(CounterProxy)
    process_id = counter.process_id().get(timeout=LIMIT)
    assert ActorRegistry.get_by_urn(ref.actor_urn) is ref

    assert ref.stop(timeout=LIMIT)

    assert listener.proxy().heard.get(timeout=LIMIT) == [("stopped", process_id)]
    assert ref.actor_stopped.wait(LIMIT)
    assert not ref.is_alive()
    assert not ref.stop(timeout=LIMIT)
    assert ActorRegistry.get_by_urn(ref.actor_urn) is None
    with pytest.raises(ActorDeadError) as refused:
        ref.tell("too late")
    assert refused.value.undelivered == "too late"
    with pytest.raises(ActorDeadError):
        counter.add().get(timeout=LIMIT)


def test_a_failed_tell_ends_the_actor() -> None:
    ref = Counter.start()
    ref.tell("fail")
    assert ref.actor_stopped.wait(LIMIT)
    with pytest.raises(ActorDeadError):
        ref.ask("anyone?", timeout=LIMIT)


def test_proxies_can_be_awaited_and_joined() -> None:
    one, ten = started(), started(10)

    async def use() -> int:
        return await one.add() + await ten.add()

    assert asyncio.run(use()) == 11
    assert get_all([one.add(), ten.add()], timeout=LIMIT) == [2, 20]


def test_async_methods_run_to_their_end() -> None:
    ref = Counter.start(5)
    assert ref.proxy().later(1).get(timeout=LIMIT) == 6


def test_the_dynamic_proxy_finds_out_what_there_is() -> None:
    counter = Counter.start(2).proxy()
    assert counter.add(2).get(timeout=LIMIT) == 4
    assert counter.step.get(timeout=LIMIT) == 2  # set in __init__, so that the class does not show it
    assert counter.motor.run(1).get(timeout=LIMIT) == 2
    assert {"add", "step", "motor"} <= set(dir(counter))
    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = counter.nothing_like_it


def test_any_actor_class_starts_in_a_process() -> None:
    ref: ActorRef[Listener] = start(Listener)
    assert ref.ask("hello", timeout=LIMIT)[2] != os.getpid()


def test_what_only_its_own_process_knows_is_refused_with_the_reason() -> None:
    with pytest.raises(UnsupportedError, match="can be looked at only there"):
        Counter.start().actor_inbox.empty()


def test_large_messages_travel_both_ways() -> None:
    counter: Any = started()
    data = bytes(5_000_000)
    sizes = [counter.size(data) for _ in range(5)]
    assert get_all(sizes, timeout=LIMIT) == [len(data)] * 5
    assert [len(doubled) for doubled in get_all([counter.double(data) for _ in range(3)], timeout=LIMIT)] == [
        2 * len(data)
    ] * 3


def test_a_stop_is_answered_before_the_process_ends() -> None:
    """A process that left without its last answer would have the stop fail, now and then."""
    for _ in range(10):
        ref = Counter.start()
        assert ref.stop(timeout=LIMIT)


class Cache(ThreadingActor, Generic[Content]):
    """A generic actor."""

    def __init__(self, content: Content) -> None:
        super().__init__()
        self.content = content


def test_a_generic_class_starts_with_its_arguments() -> None:
    ref = start(Cache[int], 3)
    assert ref.actor_class is Cache
    assert ref.proxy().content.get(timeout=LIMIT) == 3
