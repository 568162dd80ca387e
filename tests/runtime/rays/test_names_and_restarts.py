"""Actors on Ray that have a name, and those that Ray makes again."""

from __future__ import annotations

import os
import signal

import pytest

from tests.runtime.rays.actors import Counter, Recorder
from typedactors import ActorDeadError
from typedactors.exceptions import ActorUnavailableError
from typedactors.ray import Options, lookup

LIMIT = 30

pytestmark = [pytest.mark.ray, pytest.mark.filterwarnings("default"), pytest.mark.timeout(120)]


def test_a_restart_resets_the_state_and_keeps_the_urn_as_often_as_it_may() -> None:
    ref = Options(name="phoenix", max_restarts=1).start(Counter, 5)
    counter = ref.proxy()
    assert counter.add().get(timeout=LIMIT) == 6
    process_id = counter.process_id().get(timeout=LIMIT)
    pending = counter.wait()
    os.kill(process_id, signal.SIGKILL)
    with pytest.raises(ActorUnavailableError):
        pending.get(timeout=LIMIT)
    again = lookup("phoenix", Counter)  # waits for the restart
    assert again is ref
    assert again.is_alive()
    assert counter.count.get(timeout=LIMIT) == 5
    assert counter.myself().get(timeout=LIMIT).actor_urn == ref.actor_urn
    next_process_id = counter.process_id().get(timeout=LIMIT)
    assert next_process_id != process_id

    os.kill(next_process_id, signal.SIGKILL)
    assert ref.actor_stopped.wait(LIMIT)
    with pytest.raises(ActorDeadError) as raised:
        ref.ask("too late", timeout=LIMIT)
    assert not isinstance(raised.value, ActorUnavailableError)


@pytest.mark.parametrize("ending", ["stop", "failure"])
def test_an_actor_that_ends_by_itself_is_not_started_again(ending: str) -> None:
    ref = Options(name=f"ends-by-{ending}", max_restarts=-1).start(Recorder if ending == "stop" else Fragile)
    if ending == "stop":
        assert ref.stop(timeout=LIMIT)
    else:
        ref.tell("break")
    assert ref.actor_stopped.wait(LIMIT)
    with pytest.raises(ActorDeadError):
        lookup(f"ends-by-{ending}", Recorder)


@pytest.mark.parametrize("detached", [False, True])
def test_a_name_is_free_again_when_its_actor_has_stopped(detached: bool) -> None:
    options = Options(name="the king", detached=detached)
    first = options.start(Counter, 1)
    assert first.stop(timeout=LIMIT)
    second = options.start(Counter, 2)
    assert lookup("the king", Counter) is second
    os.kill(second.proxy().process_id().get(timeout=LIMIT), signal.SIGKILL)
    assert second.actor_stopped.wait(LIMIT)
    third = options.start(Counter, 3)
    assert third.proxy().count.get(timeout=LIMIT) == 3
    third.stop(timeout=LIMIT)


class Fragile(Recorder):
    """Breaks at the first message."""

    def on_receive(self, message: object) -> None:
        raise ValueError(message)


def test_a_name_belongs_to_one_actor_of_a_namespace() -> None:
    first = Options(name="only").start(Counter, 1)
    with pytest.raises(ValueError, match="only"):
        Options(name="only").start(Counter, 2)
    second = Options(name="only", namespace="elsewhere").start(Counter, 3)
    assert lookup("only", Counter) is first
    assert lookup("only", Counter, namespace="elsewhere") is second
    first.stop(timeout=LIMIT)
    second.stop(timeout=LIMIT)


def test_a_name_that_nobody_has_is_an_error() -> None:
    with pytest.raises(ActorDeadError, match="'nobody'"):
        lookup("nobody", Counter)


def test_a_detached_actor_needs_a_name() -> None:
    with pytest.raises(ValueError, match="needs a name"):
        Options(detached=True)
