"""Races for the turns of pooled actors, with a switch interval of a microsecond.

Short by default. ``TYPEDACTORS_SOAK=50`` makes them fifty times as long; what is marked ``soak`` is big.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, ClassVar

import pytest

from tests.runtime.support import LIMIT, Beside, Gate
from typedactors import (
    ActorDeadError,
    ActorRef,
    ActorRegistry,
    Future,
    PooledActor,
    ThreadingActor,
    Timeout,
    get_all,
)
from typedactors._parker import Parker
from typedactors._runtime import LocalRuntime
from typedactors._turns import MESSAGES_PER_TURN, Turns
from typedactors.runtimes.pool import POOL, PoolRuntime

SOAK = int(os.environ.get("TYPEDACTORS_SOAK", "1"))

pytestmark = pytest.mark.timeout(120 * SOAK)

pool = PoolRuntime(size=4, bound=32)


@pytest.fixture
def _short_switch_interval() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]  # pytest calls it
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


class Jealous(PooledActor):
    """An actor that notices a second thread in it."""

    _typedactors_runtime: ClassVar[LocalRuntime] = pool

    def __init__(self) -> None:
        super().__init__()
        self.inside = 0
        self.intruders = 0
        self.handled = 0

    def on_receive(self, message: Any) -> Any:  # any message
        self.inside += 1
        self.intruders += self.inside != 1
        self.handled += 1
        os.sched_yield()
        self.inside -= 1
        return message


def send(ref: ActorRef[Jealous], name: int, messages: int) -> list[Any]:  # any replies
    """Send in all the ways, one after the other; return the answers that came out wrong."""
    wrong: list[Any] = []
    for number in range(messages):
        message = (name, number)
        way = (name + number) % 4
        if way == 0:
            ref.tell(message)
            continue
        answer = (
            ref.ask(message)
            if way == 1
            else ref.ask(message, timeout=LIMIT)
            if way == 2
            else ref.ask(message, block=False).get()
        )
        if answer != message:
            wrong.append(answer)
    return wrong


@pytest.mark.usefixtures("_short_switch_interval")
def test_never_two_messages_of_an_actor_at_once_and_none_is_left_lying() -> None:
    messages, senders = 1500 * SOAK, 6
    ref = Jealous.start()
    running = [Beside(lambda name=name: send(ref, name, messages)) for name in range(senders)]  # type: ignore[misc]  # the default binds
    for sender in running:
        sender.thread.join(LIMIT * 3 * SOAK)
    assert [sender.result() for sender in running] == [[]] * senders

    proxy = ref.proxy()
    assert proxy.intruders.get() == 0
    assert proxy.handled.get() == messages * senders


class EagerTurns(Turns):
    """Turns as they must not be: whoever comes has one."""

    __slots__ = ()

    def run_until(self, ready: Callable[[], bool], parker: Parker) -> bool:
        if self._loop is not None:
            self._token[:] = [None]
            with suppress(Exception):
                self._use_turn(parker, ready)
        return bool(ready())


@pytest.mark.usefixtures("_short_switch_interval")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_the_race_finds_an_intruder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typedactors.runtimes.pool.Turns", EagerTurns)
    ref = Jealous.start()
    actor = ref._actor_weakref()
    assert actor is not None
    for name in range(200):
        running = [threading.Thread(target=send, args=(ref, way, 20), daemon=True) for way in range(name, name + 4)]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join(LIMIT / 10)
        if actor.intruders:
            break
    ActorRegistry.unregister(ref)
    pool._keeping_alive.clear()

    assert actor.intruders


@pytest.mark.usefixtures("_short_switch_interval")
def test_no_wake_up_is_lost() -> None:
    """Each message comes when the turn before is just being given back, and only a worker can handle it."""
    refs = [Jealous.start() for _ in range(3)]

    def ping(ref: ActorRef[Jealous], *, timeout: float | None) -> None:
        for number in range(1000 * SOAK):
            assert ref.ask(number, timeout=timeout) == number

    def ping_in(ref: ActorRef[Jealous], timeout: float | None) -> Beside[None]:
        return Beside(lambda: ping(ref, timeout=timeout))

    running = [ping_in(ref, timeout) for ref in refs for timeout in (None, LIMIT)]
    for pinging in running:
        pinging.thread.join(LIMIT * 3 * SOAK)
        pinging.result()


class Forgetful(Turns):
    """Turns as they must not be: who gives the token back does not look at the messages again."""

    __slots__ = ()
    forgets: ClassVar[bool] = True

    def _look_for_another_runner(self) -> None:
        if not self.forgets:
            super()._look_for_another_runner()


def test_a_worker_that_does_not_look_again_loses_a_message(monkeypatch: pytest.MonkeyPatch, gate: Gate) -> None:
    class Held(Jealous):
        def on_start(self) -> None:
            gate.pass_through()

    monkeypatch.setattr("typedactors.runtimes.pool.Turns", Forgetful)
    ref = Held.start()
    gate.wait_until_entered()
    # More than a turn for each worker: all of them may have taken the actor from the list, and come to its token later.
    futures = [ref.ask(number, block=False) for number in range(MESSAGES_PER_TURN * (pool._bound + 2))]
    gate.open()
    with pytest.raises(Timeout):
        futures[-1].get(timeout=0.5)
    monkeypatch.setattr(Forgetful, "forgets", False)
    ref.stop(timeout=LIMIT)


class Target(Jealous):
    def on_receive(self, message: Any) -> Any:  # any message
        if isinstance(message, BaseException):
            raise message
        return super().on_receive(message)


@pytest.mark.usefixtures("_short_switch_interval")
@pytest.mark.parametrize("end", ["stop", "a stop that is waited for", "failure", "SystemExit"])
def test_each_ask_has_one_answer_and_each_tell_one_fate(end: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "typedactors")
    letters: list[Any] = []  # messages

    class Letters(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            assert isinstance(record.args, tuple)
            letters.append(record.args[-1])

    dead_letters = logging.getLogger("typedactors.dead_letters")
    dead_letters.setLevel(logging.INFO)
    handler = Letters()
    dead_letters.addHandler(handler)
    try:
        refused = sum(race_against(end, race, letters) for race in range(15 * SOAK))
    finally:
        dead_letters.removeHandler(handler)
        dead_letters.setLevel(logging.NOTSET)
    assert refused  # it was a race: the ends came while messages were under way


def race_against(end: str, race: int, letters: list[Any]) -> int:  # messages
    """Have four threads ask and tell while an actor is ended; see what became of each message, count the refused."""
    handled: Counter[Any] = Counter()
    letters.clear()

    class Counting(Target):
        def on_receive(self, message: Any) -> Any:  # any message
            handled[message] += not isinstance(message, BaseException)
            return super().on_receive(message)

    ref = Counting.start()
    told: Counter[Any] = Counter()
    refused: Counter[Any] = Counter()
    asked: list[tuple[Any, Future[Any]]] = []
    answered: list[Any] = []
    ready = threading.Barrier(5)

    def run(name: int) -> None:
        ready.wait(LIMIT)
        for number in range(400):
            message = (name, number)
            try:
                if number % 3 == 0:
                    told[message] += 1
                    ref.tell(message)
                elif number % 3 == 1:
                    asked.append((message, ref.ask(message, block=False)))
                else:
                    answered.append(ref.ask(message) == message)
            except ActorDeadError as error:
                refused[message] += error.undelivered == message

    senders = [Beside(lambda name=name: run(name)) for name in range(4)]  # type: ignore[misc]  # the default binds
    ready.wait(LIMIT)
    # A SystemExit of the race before may still be at stopping all actors, this one among them.
    while ref.is_alive() and sum(handled.copy().values()) < race * 7:
        os.sched_yield()
    with suppress(ActorDeadError):
        if end == "failure":
            ref.tell(ValueError("told to fail"))
        elif end == "SystemExit":
            ref.tell(SystemExit(3))
        elif end == "stop":
            ref.stop(block=False)
    ref.stop(timeout=LIMIT)
    for sender in senders:
        sender.result()
    for message, future in asked:
        try:
            assert future.get(timeout=0) == message
            assert handled[message] == 1
        except ActorDeadError:
            assert handled[message] == 0
    assert all(answered)
    dead = Counter(letters)
    fates = {message: handled[message] + dead[message] + refused[message] for message in told}
    assert {message: fate for message, fate in fates.items() if fate != 1} == {}
    return refused.total()


class Node(PooledActor):
    """A node of a tree, which asks the nodes below it and ends."""

    def grow(self, depth: int, width: int) -> int:
        nodes = 1
        if depth:
            below: list[Future[int]] = [Node.start().proxy().grow(depth - 1, width) for _ in range(width)]
            nodes += sum(get_all(below))
        self.stop()
        return nodes


def assert_tree_grows(depth: int, width: int) -> None:
    runtime = PooledActor._typedactors_runtime
    assert isinstance(runtime, PoolRuntime)
    nodes = Node.start().proxy().grow(depth, width).get()

    assert nodes == (width ** (depth + 1) - 1) // (width - 1)
    assert runtime._workers._threads <= runtime._bound


@pytest.mark.parametrize(("depth", "width"), [(3, 10), (10, 2)])
def test_a_tree_of_actors_that_ask_each_other_downwards_ends(depth: int, width: int) -> None:
    assert_tree_grows(depth, width)


@pytest.mark.usefixtures("_short_switch_interval")
def test_a_tree_grows_whoever_is_interrupted() -> None:
    assert_tree_grows(8, 2)


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("depth", "width"), [(5, 10), (16, 2)])
def test_a_tree_of_a_hundred_thousand_ends(depth: int, width: int) -> None:
    assert_tree_grows(depth, width)


def hold_idle(number: int) -> None:
    before = threading.active_count()
    refs = [Idle.start() for _ in range(number)]
    assert threading.active_count() - before <= POOL._bound + 2  # with the supervisor and the keeper
    # The last first, because all of them have been on the list.
    assert all(ref.ask(index) == index for index, ref in enumerate(reversed(refs)))
    assert ActorRegistry.get_by_urn(refs[0].actor_urn) == refs[0]
    for ref in refs:
        assert ref.stop()
    assert ActorRegistry.get_by_class(Idle) == []


class Idle(PooledActor):
    def on_receive(self, message: Any) -> Any:  # any message
        return message


def test_many_idle_actors_are_held() -> None:
    hold_idle(5_000)


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_a_million_idle_actors_are_held() -> None:
    hold_idle(1_000_000)


@pytest.mark.usefixtures("_short_switch_interval")
def test_both_kinds_ask_each_other_without_end_of_turns() -> None:
    class Partner:
        def pass_on(self: Any, others: list[Any], rounds: int) -> int:  # an actor of either kind, and refs
            if not rounds:
                return 0
            answer: int = others[0].ask((others[1:], rounds - 1))
            return answer + 1

        def on_receive(self: Any, message: tuple[list[Any], int]) -> int:  # as above
            others, rounds = message
            answer: int = self.pass_on(others, rounds)
            return answer

    class Pooled(Partner, PooledActor):
        pass

    class Threading(Partner, ThreadingActor):
        pass

    chains = [[(Pooled if (chain + place) % 3 else Threading).start() for place in range(8)] for chain in range(4)]
    senders = [
        Beside(lambda chain=chain: [chain[0].ask((chain[1:], 7)) for _ in range(50 * SOAK)])  # type: ignore[misc]  # the default binds
        for chain in chains
    ]
    assert [sender.result() for sender in senders] == [[7] * 50 * SOAK] * 4
