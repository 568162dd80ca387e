"""The wait-for graph: what it shows, as text and as Mermaid, at any time, and from a signal handler."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.runtime.support import LIMIT, Beside, Gate, Gated, Plain, handled_signal, signal_main_thread, wait_for
from typedactors import ActorRef, DeadlockError, ThreadingActor, ThreadingFuture, Timeout, debug
from typedactors.debug import ActorState, Wait, WaitForGraph


class Waiter(ThreadingActor):
    """Waits as it is told."""

    def wait(self, way: Callable[[], object]) -> object:
        try:
            return way()
        except (DeadlockError, Timeout) as error:
            return error


def until(condition: Callable[[WaitForGraph], bool]) -> WaitForGraph:
    """Look until the graph is as it must become; a wait cannot report that it has begun."""
    deadline = threading.Event()
    timer = threading.Timer(LIMIT, deadline.set)
    timer.start()
    try:
        while not deadline.is_set():
            if condition(graph := debug.wait_for_graph()):
                return graph
    finally:
        timer.cancel()
    raise AssertionError(str(debug.wait_for_graph()))


def state_of(ref: ActorRef[Any], graph: WaitForGraph) -> ActorState:  # of any class
    (state,) = (state for state in graph.actors if state.name == str(ref))
    return state


def digits(ref: ActorRef[Any]) -> str:  # the same
    return ref.actor_urn.removeprefix("urn:uuid:")[:8]


def waits(ref: ActorRef[Any]) -> Callable[[WaitForGraph], bool]:  # the same
    return lambda graph: state_of(ref, graph).wait is not None


def has_depth(ref: ActorRef[Any], depth: int) -> Callable[[WaitForGraph], bool]:  # the same
    """The actors are looked at one after the other: one's wait may be in a picture that its message is not yet in."""
    return lambda graph: state_of(ref, graph).depth == depth


@contextmanager
def undetected() -> Generator[None]:
    was_on = debug.set_deadlock_detection(False)
    try:
        yield
    finally:
        debug.set_deadlock_detection(was_on)


def test_it_shows_what_each_does_and_what_waits_in_its_mailbox(gate: Gate) -> None:
    idle, busy, waiting = Plain.start(), Gated.start(gate), Waiter.start()
    held = busy.proxy().hold()
    gate.wait_until_entered()
    answered = waiting.proxy().wait(lambda: busy.ask("a question"))
    graph = until(
        lambda graph: waits(waiting)(graph) and has_depth(busy, 1)(graph) and state_of(idle, graph).handling is None
    )

    assert graph.actors == (
        ActorState(str(idle), None, 0, None),
        ActorState(str(busy), "hold", 1, None),
        ActorState(str(waiting), "wait", 0, Wait("on_receive(str)", str(busy), has_timeout=False)),
    )
    assert graph.text() == str(graph)
    assert graph.text().splitlines() == [
        "3 actors, 1 waiting for an answer",
        f"  {idle}: idle, 0 messages in its mailbox",
        f"  {busy}: in hold, 1 message in its mailbox",
        f"  {waiting}: in wait, 0 messages in its mailbox, waits for on_receive(str) of {busy}",
    ]
    assert graph.rings() == ()
    gate.open()
    assert (held.get(timeout=LIMIT), answered.get(timeout=LIMIT)) == ("held", "a question")


def test_waits_with_a_timeout_and_for_nobody_are_shown_too(gate: Gate) -> None:
    busy, timed, other = Gated.start(gate), Waiter.start(), Waiter.start()
    busy.proxy().hold()
    gate.wait_until_entered()
    loose: ThreadingFuture[str] = ThreadingFuture()
    answers = [
        timed.proxy().wait(lambda: busy.ask("a question", timeout=LIMIT)),
        other.proxy().wait(loose.get),
    ]
    graph = until(lambda graph: waits(timed)(graph) and waits(other)(graph) and has_depth(busy, 1)(graph))

    assert state_of(timed, graph).wait == Wait("on_receive(str)", str(busy), has_timeout=True)
    assert state_of(other, graph).wait == Wait("a result", None, has_timeout=False)
    assert f"waits for on_receive(str) of {busy}, with a timeout" in graph.text()
    assert graph.mermaid().splitlines() == [
        "flowchart LR",
        f'    a0["Gated {digits(busy)}<br>in hold<br>1 message waiting"]',
        f'    a1["Waiter {digits(timed)}<br>in wait"]',
        f'    a2["Waiter {digits(other)}<br>in wait"]',
        '    a1 -.->|"on_receive(str)"| a0',
        '    nobody2(["no actor"])',
        '    a2 -->|"a result"| nobody2',
    ]
    loose.set("from outside")
    gate.open()
    assert [answer.get(timeout=LIMIT) for answer in answers] == ["a question", "from outside"]
    # When the waits are over nothing is left of them, not only because their futures are settled.
    until(lambda graph: all(actor.wait is None and actor.handling is None for actor in graph.actors))
    for ref in (timed, other):
        activity = ref._mailbox.activity
        assert (activity.waiting_for, activity.waiting_with_timeout_for) == (None, None)


def test_an_actor_that_waits_in_its_last_hook_is_shown_until_it_has_ended(gate: Gate) -> None:
    busy = Gated.start(gate)

    class Tidy(ThreadingActor):
        def on_stop(self) -> None:
            busy.ask("before I go")

    busy.proxy().hold()
    gate.wait_until_entered()
    tidy = Tidy.start()
    stopping = tidy.stop(block=False)
    graph = until(lambda graph: any(state.wait is not None for state in graph.actors))

    assert not tidy.is_alive()
    assert state_of(tidy, graph) == ActorState(
        str(tidy), "on_stop", 0, Wait("on_receive(str)", str(busy), has_timeout=False)
    )
    gate.open()
    assert stopping.get(timeout=LIMIT)
    until(lambda graph: str(tidy) not in [state.name for state in graph.actors])


@pytest.mark.parametrize("size", [1, 2, 5])
def test_with_the_detection_switched_off_a_ring_waits_and_is_shown(size: int) -> None:
    with undetected():
        refs = [Plain.start() for _ in range(size)]
        futures: list[ThreadingFuture[object]] = [ThreadingFuture() for _ in refs]
        members = [Waiter.start() for _ in range(size)]
        for member, future, after in zip(members, futures, (*members[1:], members[0]), strict=True):
            # As if the next one had promised it; the test itself lets them go.
            future.promised_by, future.request = after._mailbox.activity, "answer"
            member.proxy().wait.defer(future.get)
        graph = until(lambda graph: all(waits(member)(graph) for member in members))

        assert graph.rings() == (tuple(str(member) for member in members),)
        assert "these wait for each other and never go on:" in graph.text()
        assert graph.mermaid().count("-->") == size
        for future in futures:
            future.set("let go")
    assert debug.wait_for_graph().rings() == ()


def test_switched_on_again_it_detects_again() -> None:
    assert debug.set_deadlock_detection(False) is True
    assert debug.set_deadlock_detection(True) is False
    waiter = Waiter.start()

    error = waiter.proxy().wait(lambda: waiter.ask("itself")).get(timeout=LIMIT)
    assert isinstance(error, DeadlockError)


def test_what_is_shown_cannot_break_the_picture() -> None:
    odd = WaitForGraph(
        (ActorState('Odd "#1"', "<lambda>", 0, Wait('a "b" of <c>', "Gone (urn:uuid:12345678-9)", has_timeout=False)),)
    )

    assert odd.mermaid().splitlines() == [
        "flowchart LR",
        '    a0["Odd #quot;#35;1#quot;<br>in #lt;lambda#gt;"]',
        '    a1["Gone 12345678"]',
        '    a0 -->|"a #quot;b#quot; of #lt;c#gt;"| a1',
    ]


def test_a_ring_with_a_tail_is_told_from_the_tail() -> None:
    def waiting(name: str, of: str, *, has_timeout: bool = False) -> ActorState:
        return ActorState(name, "work", 0, Wait("work", of, has_timeout))

    graph = WaitForGraph(
        (
            waiting("tail", "a"),
            waiting("a", "b"),
            waiting("b", "a"),
            waiting("c", "d"),
            waiting("d", "c", has_timeout=True),
        )
    )
    assert graph.rings() == (("a", "b"),)


def test_the_depth_of_each_mailbox_is_told(gate: Gate) -> None:
    idle, busy = Plain.start(), Gated.start(gate)
    busy.proxy().hold()
    gate.wait_until_entered()
    for number in range(3):
        busy.tell(number)

    assert debug.mailbox_depths() == {idle: 0, busy: 3}
    gate.open()
    busy.ask("the last", timeout=LIMIT)
    assert debug.mailbox_depths() == {idle: 0, busy: 0}


def test_a_signal_handler_logs_it_while_the_main_thread_waits(gate: Gate, caplog: pytest.LogCaptureFixture) -> None:
    busy = Gated.start(gate)
    held = busy.proxy().hold()
    gate.wait_until_entered()
    heard, logged = threading.Event(), threading.Event()

    def handler(*arguments: object) -> None:
        if not heard.is_set():
            heard.set()
            debug.log_wait_for_graph(*arguments)
            logged.set()

    def interrupt() -> None:
        signal_main_thread(signal.SIGUSR1, heard)
        wait_for(logged)
        gate.open()

    with handled_signal(handler):
        helper = Beside(interrupt)
        assert held.get() == "held"
        helper.result()

    (record,) = (record for record in caplog.records if record.levelno == logging.CRITICAL)
    assert record.name == "typedactors"
    assert record.getMessage().splitlines() == [
        "Who waits for whom: 1 actor, 0 waiting for an answer",
        f"  {busy}: in hold, 0 messages in its mailbox",
    ]
