"""An actor on Ray does what an actor does; what it cannot do says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import Any

import pytest

from tests.runtime.rays.actors import Counter
from typedactors import ActorDeadError, ThreadingActor
from typedactors.exceptions import ActorUnavailableError, UnsendableError, UnsupportedError
from typedactors.ray import Options, lookup, start

LIMIT = 30

pytestmark = [pytest.mark.ray, pytest.mark.usefixtures("ray"), pytest.mark.filterwarnings("default")]


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
    with pytest.raises(UnsendableError, match=r"argument 1 of Counter.*add|argument 1 of add"):
        counter.add(threading.Lock())
    with pytest.raises(UnsendableError, match=r"the result of .*make_lock"):
        counter.make_lock().get(timeout=LIMIT)
    with pytest.raises(UnsupportedError, match="actor_inbox"):
        ref.actor_inbox.empty()
    assert counter.add().get(timeout=LIMIT) == 1
    ref.stop(timeout=LIMIT)


def test_refs_and_proxies_travel_between_actors_on_ray_and_no_others_do() -> None:
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


def test_a_stopped_actor_is_known_to_be_dead() -> None:
    ref = Counter.start()
    assert ref.stop(timeout=LIMIT)
    assert not ref.is_alive()
    with pytest.raises(ActorDeadError):
        ref.tell("too late")


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


def test_a_restart_resets_the_state_and_keeps_the_urn() -> None:
    ref = Options(name="phoenix", max_restarts=1).start(Counter, 5)
    assert ref.proxy().add().get(timeout=LIMIT) == 6
    process_id = ref.proxy().process_id().get(timeout=LIMIT)
    pending = ref.proxy().wait()
    os.kill(process_id, signal.SIGKILL)
    with pytest.raises(ActorUnavailableError):
        pending.get(timeout=LIMIT)
    again = lookup("phoenix", Counter)  # waits for the restart
    assert again is ref
    assert again.proxy().count.get(timeout=LIMIT) == 5
    assert again.proxy().process_id().get(timeout=LIMIT) != process_id
    assert again.proxy().myself().get(timeout=LIMIT).actor_urn == ref.actor_urn
    ref.stop(timeout=LIMIT)


OTHER_DRIVER = """
import sys
import ray
from tests.runtime.rays.actors import Counter
from typedactors.ray import Options, lookup
ray.init(address=sys.argv[1], logging_level="ERROR")
print(lookup("hub", Counter).proxy().add(7).get(timeout=30))
Options(name="survivor", detached=True).start(Counter, 42)
"""


def test_another_driver_finds_an_actor_and_leaves_a_detached_one(ray: Any) -> None:
    hub = Options(name="hub").start(Counter, 1)
    address = ray.get_runtime_context().gcs_address
    done = subprocess.run(
        [sys.executable, "-c", OTHER_DRIVER, address], capture_output=True, text=True, timeout=50, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "8" in done.stdout.split()
    assert hub.proxy().count.get(timeout=LIMIT) == 8
    survivor = lookup("survivor", Counter)
    assert survivor.proxy().count.get(timeout=LIMIT) == 42
    with pytest.raises(TypeError, match="no OnThreads"):
        lookup("survivor", OnThreads)
    survivor.stop(timeout=LIMIT)
    hub.stop(timeout=LIMIT)


def test_a_name_that_nobody_has_is_an_error() -> None:
    with pytest.raises(ActorDeadError, match="'nobody'"):
        lookup("nobody", Counter)


def test_a_detached_actor_needs_a_name() -> None:
    with pytest.raises(ValueError, match="needs a name"):
        Options(detached=True)
