"""What an actor on Ray does beyond the contract of all runtimes; what it cannot do says so."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from tests.runtime.rays.actors import Circular, Counter, Parting, Recorder, Relay
from typedactors import ActorDeadError, ThreadingActor, ThreadingFuture
from typedactors.exceptions import UnsendableError, UnsupportedError
from typedactors.ray import start

LIMIT = 30

pytestmark = [pytest.mark.ray, pytest.mark.filterwarnings("default"), pytest.mark.timeout(120)]


class OnThreads(ThreadingActor):
    def double(self, number: int) -> int:
        return 2 * number


def test_it_runs_in_another_process_and_keeps_its_state_there() -> None:
    counter = Counter.start(2).proxy()
    assert counter.process_id().get(timeout=LIMIT) != os.getpid()
    assert counter.add(by=3).get(timeout=LIMIT) == 5
    counter.count = 100
    assert counter.count.get(timeout=LIMIT) == 100
    assert counter.stop().get(timeout=LIMIT) is None


def test_an_actor_for_threads_runs_on_ray_unchanged() -> None:
    ref = start(OnThreads)
    assert ref.proxy().double(4).get(timeout=LIMIT) == 8
    assert ref.stop(timeout=LIMIT)


def test_mixed_messages_of_one_sender_arrive_in_order() -> None:
    ref = Counter.start()
    for number in range(300):
        if number % 3:
            ref.tell(number)
        else:
            assert ref.ask(number, timeout=LIMIT) == number
    assert ref.proxy().seen.get(timeout=LIMIT) == list(range(300))
    ref.stop(timeout=LIMIT)


def test_tells_that_wait_go_in_one_call_and_in_order(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    ref = Recorder.start()
    ref.tell(pipe)
    for number in range(500):
        ref.tell(number)
    pipe.write_bytes(b"")  # waits for the actor, which waits for this
    calls, messages = zip(*ref.proxy().heard.get(timeout=LIMIT), strict=True)
    assert messages == (pipe, *range(500))
    assert len(set(calls)) == 2
    ref.stop(timeout=LIMIT)


def test_what_the_constructor_raises_is_raised_by_start() -> None:
    with pytest.raises(KeyError, match="-1") as raised:
        Counter.start(-1)
    assert "in __init__\n" in str(raised.value.__cause__)


def test_exceptions_bring_their_trace_and_what_cannot_be_sent_is_named() -> None:
    ref = Counter.start()
    counter = ref.proxy()
    with pytest.raises(LookupError, match="nowhere") as raised:
        counter.fail("nowhere").get(timeout=LIMIT)
    assert "in fail\n" in str(raised.value.__cause__)
    with pytest.raises(UnsendableError, match=r"^argument 1 of add\(\) cannot be sent by Ray: lock cannot be pickled"):
        counter.add(threading.Lock())
    with pytest.raises(UnsendableError, match=r"^argument 1 of add\(\) cannot be sent by Ray: .*send its value"):
        counter.add(ThreadingFuture())
    with pytest.raises(UnsendableError, match=r"the result of .*make_lock"):
        counter.make_lock().get(timeout=LIMIT)
    with pytest.raises(UnsupportedError, match="actor_inbox"):
        ref.actor_inbox.empty()
    assert counter.add().get(timeout=LIMIT) == 1
    ref.stop(timeout=LIMIT)


def test_an_argument_of_the_constructor_that_cannot_be_sent_is_named() -> None:
    with pytest.raises(UnsendableError, match=r"^argument 1 of Counter\(\) cannot be sent by Ray"):
        Counter.start(threading.Lock())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # on purpose


def test_arguments_and_results_are_copies() -> None:
    counter = Counter.start().proxy()
    sent = [1]
    returned = counter.extend(sent).get(timeout=LIMIT)
    assert (sent, returned) == ([1], [1, 0])
    returned.append(2)
    assert counter.seen.get(timeout=LIMIT) == [[1, 0]]
    counter.stop().get(timeout=LIMIT)


def test_refs_travel_between_actors_on_ray_and_no_others_do() -> None:
    first, second = Counter.start(1), Counter.start(10)
    assert first.proxy().myself().get(timeout=LIMIT) is first
    assert second.proxy().add_at(first).get(timeout=LIMIT) == 2
    first.proxy().remind_myself().get(timeout=LIMIT)
    assert first.proxy().seen.get(timeout=LIMIT) == ["reminder"]
    local = OnThreads.start()
    with pytest.raises(UnsendableError, match="is not on Ray"):
        second.tell(local)
    local.stop(timeout=LIMIT)
    first.stop(timeout=LIMIT)
    second.stop(timeout=LIMIT)


def test_an_actor_in_a_process_uses_one_on_ray_through_this_program(caplog: pytest.LogCaptureFixture) -> None:
    ref, local, relay = Counter.start(), OnThreads.start(), Relay.start().proxy()
    assert relay.ask_with(ref, "asked").get(timeout=LIMIT) == "asked"
    with pytest.raises(UnsendableError, match="is not on Ray"):
        relay.ask_with(ref, local).get(timeout=LIMIT)
    relay.tell_with(ref, local).get(timeout=LIMIT)
    relay.tell_with(ref, "told").get(timeout=LIMIT)
    assert relay.ask_with(ref, "last").get(timeout=LIMIT) == "last"
    assert ref.proxy().seen.get(timeout=LIMIT) == ["asked", "told", "last"]
    assert "A message from another process cannot be sent on: " in caplog.text
    end = relay.sees_the_end_of(ref)
    ref.stop(timeout=LIMIT)
    assert end.get(timeout=LIMIT) is True


def test_two_actors_that_wait_for_each_other_are_not_detected_and_time_out() -> None:
    first, second = Counter.start(), Circular.start()
    assert first.proxy().ask_to_be_asked(second).get(timeout=LIMIT) == "timed out"
    first.stop(timeout=LIMIT)
    second.stop(timeout=LIMIT)


def test_an_actor_that_an_actor_started_ends_with_it() -> None:
    parent = Counter.start()
    child = parent.proxy().start_another().get(timeout=LIMIT)
    assert child.proxy().add().get(timeout=LIMIT) == 6
    parent.stop(timeout=LIMIT)
    assert child.actor_stopped.wait(LIMIT)


def test_a_stopped_actor_is_known_to_be_dead() -> None:
    ref = Counter.start()
    assert ref.stop(timeout=LIMIT)
    assert not ref.is_alive()
    with pytest.raises(ActorDeadError):
        ref.tell("too late")


def test_what_an_actor_tells_at_its_end_arrives(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heir = Recorder.start()
    ref = Parting.start(heir, pipe)
    ref.stop(timeout=LIMIT)
    pipe.write_bytes(b"")  # waits for the heir, to whom the pipe comes last
    assert [message for _, message in heir.proxy().heard.get(timeout=LIMIT)] == [*range(100), pipe]
    heir.stop(timeout=LIMIT)


def test_a_killed_actor_fails_what_is_pending_and_is_known_to_be_dead() -> None:
    ref = Counter.start()
    counter = ref.proxy()  # one: each dynamic proxy asks the actor what it has
    process_id = counter.process_id().get(timeout=LIMIT)
    pending = [counter.wait() for _ in range(20)]
    os.kill(process_id, signal.SIGKILL)
    for future in pending:
        with pytest.raises(ActorDeadError):
            future.get(timeout=LIMIT)
    assert ref.actor_stopped.wait(LIMIT)
    with pytest.raises(ActorDeadError):
        ref.ask("too late", timeout=LIMIT)


def test_on_stop_does_not_run_in_a_killed_actor(tmp_path: Path) -> None:
    heir = Recorder.start()
    ref = Parting.start(heir, tmp_path / "no pipe")
    os.kill(ref.proxy().process_id().get(timeout=LIMIT), signal.SIGKILL)
    assert ref.actor_stopped.wait(LIMIT)
    assert heir.proxy().heard.get(timeout=LIMIT) == []
    heir.stop(timeout=LIMIT)
