"""An actor's life: construction, start, hooks, stop and failure."""

from __future__ import annotations

import threading
import uuid
from types import TracebackType
from typing import Any
from unittest import mock

import pytest

from tests.runtime.support import LIMIT, Gate, Gated, Plain, wait_for, wait_for_end
from typedactors import Actor, ActorDeadError, ActorRegistry, ThreadingActor


class Diary(ThreadingActor):
    """Writes down what happens to it, and in which thread.

    Args:
        entries: where to write.
        failing: the names of the hooks that raise.
    """

    def __init__(self, entries: list[str], failing: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._entries = entries
        self._failing = failing
        self._starter = threading.current_thread()
        self.ended = threading.Event()
        self.thread: threading.Thread | None = None
        self._write("__init__")

    def _write(self, entry: str) -> None:
        where = "starter" if threading.current_thread() is self._starter else "own thread"
        self._entries.append(f"{entry} in {where}")
        if entry in self._failing:
            raise ValueError(f"{entry} was told to fail")

    def on_start(self) -> None:
        self.thread = threading.current_thread()
        self._write("on_start")

    def on_stop(self) -> None:
        self.ended.set()
        self._write("on_stop")

    def on_failure(
        self,
        exception_type: type[BaseException] | None,
        exception_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        assert exception_type is type(exception_value)
        assert exception_value is not None
        assert traceback is exception_value.__traceback__
        self.ended.set()
        self._write(f"on_failure({exception_value})")
        if "on_failure" in self._failing:
            raise ValueError("on_failure was told to fail")

    def on_receive(self, message: Any) -> Any:  # any message
        self._write(f"on_receive({message})")
        return message


def test_the_hooks_run_in_order_and_all_but_the_constructor_in_the_actors_own_thread() -> None:
    entries: list[str] = []
    ref = Diary.start(entries)

    ref.tell("first")
    ref.ask("second", timeout=LIMIT)
    ref.stop(timeout=LIMIT)

    assert entries == [
        "__init__ in starter",
        "on_start in own thread",
        "on_receive(first) in own thread",
        "on_receive(second) in own thread",
        "on_stop in own thread",
    ]


def test_start_gives_the_arguments_to_the_constructor() -> None:
    entries: list[str] = []
    ref = Diary.start(entries, failing=("on_stop",))

    assert entries[0] == "__init__ in starter"
    ref.stop(timeout=LIMIT)


def test_what_the_constructor_raises_comes_out_of_start_and_nothing_is_registered() -> None:
    with pytest.raises(ValueError, match="__init__ was told to fail"):
        Diary.start([], failing=("__init__",))

    assert ActorRegistry.get_all() == []


def test_an_actor_whose_on_start_has_not_run_yet_is_alive_and_takes_messages(gate: Gate) -> None:
    class Slow(Plain):
        def on_start(self) -> None:
            gate.pass_through()

    ref = Slow.start()
    gate.wait_until_entered()
    early = ref.ask("early", block=False)

    assert ref.is_alive()
    gate.open()
    assert early.get(timeout=LIMIT) == "early"


def test_the_ref_and_the_addresses_are_there_before_the_constructor_of_the_subclass_runs() -> None:
    seen: list[object] = []

    class Early(ThreadingActor):
        def __init__(self) -> None:
            seen.extend([self.actor_urn, self.actor_ref, self.actor_inbox, self.actor_stopped])
            super().__init__()

    ref = Early.start()

    assert seen == [ref.actor_urn, ref, ref.actor_inbox, ref.actor_stopped]


def test_every_actor_has_a_urn_of_its_own() -> None:
    urns = {Plain.start().actor_urn for _ in range(10)}

    assert len(urns) == 10
    assert all(urn.startswith("urn:uuid:") for urn in urns)
    uuids = [uuid.UUID(urn) for urn in urns]
    assert [number.urn for number in uuids] == list(urns)
    assert all(number.version == 4 and number.variant == uuid.RFC_4122 for number in uuids)


def test_an_actor_is_described_by_its_class_and_its_urn() -> None:
    actor = Plain()

    assert str(actor) == f"Plain ({actor.actor_urn})"


def test_an_actor_can_stop_itself_after_what_is_already_in_its_mailbox(gate: Gate) -> None:
    class Quitter(Gated):
        def quit(self) -> None:
            self.stop()

    ref = Quitter.start(gate)
    proxy = ref.proxy()
    proxy.hold()
    gate.wait_until_entered()
    proxy.quit()
    before_the_stop = ref.ask("queued before the stop", block=False)
    gate.open()

    assert before_the_stop.get(timeout=LIMIT) == "queued before the stop"
    wait_for(ref.actor_stopped)
    assert not ref.is_alive()


def test_stop_called_twice_in_one_handler_stops_once() -> None:
    stops: list[int] = []

    class Quitter(ThreadingActor):
        def quit(self) -> None:
            self.stop()
            self.stop()

        def on_stop(self) -> None:
            stops.append(1)

    ref = Quitter.start()
    ref.proxy().quit().get(timeout=LIMIT)
    wait_for(ref.actor_stopped)
    ActorRegistry.stop_all(timeout=LIMIT)
    ref.stop(timeout=LIMIT)

    assert stops == [1]


def test_stop_of_an_actor_that_has_stopped_says_so() -> None:
    errors: list[ActorDeadError] = []

    class Repetitive(ThreadingActor):
        def on_stop(self) -> None:
            with pytest.raises(ActorDeadError, match="Repetitive") as caught:
                self.stop()
            errors.append(caught.value)

    Repetitive.start().stop(timeout=LIMIT)

    assert len(errors) == 1


@pytest.mark.parametrize("kind", ["on_start", "tell"])
def test_a_failure_calls_on_failure_and_not_on_stop(kind: str) -> None:
    entries: list[str] = []
    failing = ("on_start",) if kind == "on_start" else ("on_receive(boom)",)
    ref = Diary.start(entries, failing=failing)
    if kind == "tell":
        ref.tell("boom")
    wait_for(ref.actor_stopped)
    thread = next((thread for thread in threading.enumerate() if thread.name.startswith("Diary")), None)
    if thread is not None:
        wait_for_end(thread)

    assert entries[-1] == f"on_failure({failing[0]} was told to fail) in own thread"
    assert not any(entry.startswith("on_stop") for entry in entries)
    assert ref not in ActorRegistry.get_all()


def test_after_an_asks_exception_the_actor_goes_on() -> None:
    ref = Plain.start()

    with pytest.raises(KeyError):
        ref.ask(KeyError("only for the asker"), timeout=LIMIT)
    assert ref.ask("still here", timeout=LIMIT) == "still here"


@pytest.mark.parametrize("hook", ["on_stop", "on_failure"])
def test_a_last_hook_that_raises_still_lets_everybody_be_answered(hook: str, gate: Gate) -> None:
    entries: list[str] = []

    class Stubborn(Diary):
        def on_receive(self, message: Any) -> Any:  # any message
            if message == "hold":
                gate.pass_through()
            if message == "fail":
                raise ValueError("told to")

    ref = Stubborn.start(entries, failing=(hook,))
    ref.tell("hold")
    gate.wait_until_entered()
    if hook == "on_stop":
        ref.stop(block=False)
    else:
        ref.tell("fail")
    late = ref.ask("late", block=False)
    gate.open()

    with pytest.raises(ActorDeadError):
        late.get(timeout=LIMIT)
    assert ref.stop(timeout=LIMIT) in (True, False)
    assert any(entry.startswith(hook) for entry in entries)


def test_an_actor_that_was_never_started_is_a_plain_object() -> None:
    entries: list[str] = []
    diary = Diary(entries)

    assert diary.on_receive("direct") == "direct"
    assert entries == ["__init__ in starter", "on_receive(direct) in starter"]
    assert diary.actor_ref not in ActorRegistry.get_all()


def test_the_base_class_alone_cannot_be_started_and_says_what_to_derive_from() -> None:
    with pytest.raises(TypeError, match=r"Actor .*\bThreadingActor\b"):
        Actor.start()


def test_the_default_on_receive_replies_with_none() -> None:
    class Silent(ThreadingActor):
        pass

    assert Silent.start().ask("anything", timeout=LIMIT) is None


def test_an_actor_may_start_others_in_any_of_its_hooks() -> None:
    children: list[object] = []

    class Parent(ThreadingActor):
        def __init__(self) -> None:
            super().__init__()
            children.append(Plain.start())

        def on_start(self) -> None:
            children.append(Plain.start())

        def spawn(self) -> None:
            children.append(Plain.start())

        def on_stop(self) -> None:
            children.append(Plain.start())

    ref = Parent.start()
    ref.proxy().spawn().get(timeout=LIMIT)
    ref.stop(timeout=LIMIT)

    assert ActorRegistry.get_by_class(Plain) == children
    assert len(children) == 4


def test_a_class_attribute_may_answer_to_every_name() -> None:
    class Tested(ThreadingActor):
        client = mock.Mock()

    assert Tested.start().ask("not handled by the mock", timeout=LIMIT) is None
