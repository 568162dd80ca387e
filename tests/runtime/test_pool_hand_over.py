"""How an actor gets to a worker of the pool: without a change of threads for each message, and without fail."""

from __future__ import annotations

import itertools
import threading
from typing import Any

import pytest

from tests.runtime.interleaving import HangError, Interleaving
from tests.runtime.scenarios import SCENARIOS
from tests.runtime.support import LIMIT, Gate, wait_for, wait_until
from typedactors import ActorRef, PooledActor, _workers, get_all
from typedactors._actor import start_on
from typedactors._turns import Turns
from typedactors._workers import Workers
from typedactors.runtimes.pool import PoolRuntime

pytestmark = pytest.mark.timeout(120)

FOR_EVER = -1.0


@pytest.fixture
def _idle_workers_do_not_look_by_themselves(  # pyright: ignore[reportUnusedFunction]  # pytest calls it
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_workers, "SPARE_SECONDS", FOR_EVER)


class Told(PooledActor):
    use_daemon_thread = True

    def on_receive(self, message: Any) -> None:  # a gate
        message.pass_through()


def idle_actors(pool: PoolRuntime, number: int) -> list[ActorRef[Any]]:
    """Start actors in a pool; wait until they and its workers have nothing to do."""
    refs: list[ActorRef[Any]] = [start_on(pool, Told) for _ in range(number)]
    wait_until(lambda: is_idle(pool) and not any(ref._mailbox.activity.turns._listed for ref in refs))  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]  # of this runtime
    return refs


def is_idle(pool: PoolRuntime) -> bool:
    workers = pool._workers
    return not workers._listed and len(workers._idle) == workers._working and workers._permit.locked()


def test_a_message_to_the_next_actor_costs_no_change_of_threads() -> None:
    hops = 3000
    threads: list[int] = []
    over = threading.Event()

    class Node(PooledActor):
        use_daemon_thread = True
        following: ActorRef[Any]

        def on_receive(self, message: Any) -> None:  # the following actor, or how many hops are left
            if not isinstance(message, int):
                self.following = message
                return
            threads.append(threading.get_ident())
            if message:
                self.following.tell(message - 1)
            else:
                over.set()

    pool = PoolRuntime(size=2, bound=2)
    # One worker alone would have nobody to change with.
    gates = [Gate(), Gate()]
    for gate, ref in zip(gates, idle_actors(pool, 2), strict=True):
        ref.tell(gate)
        gate.wait_until_entered()
    for gate in gates:
        gate.open()
    nodes = [start_on(pool, Node) for _ in range(10)]
    get_all(
        [node.ask(following, block=False) for node, following in zip(nodes, [*nodes[1:], nodes[0]], strict=True)],
        timeout=LIMIT,
    )
    wait_until(lambda: is_idle(pool))
    nodes[0].tell(hops)
    wait_for(over)

    changes = sum(before != after for before, after in itertools.pairwise(threads))
    # Now and then the interpreter itself lets another thread have a turn.
    assert changes < hops / 4


def run_with_seeds(count: int, *, by_instruction: bool = False, files: tuple[str, ...] = ()) -> None:
    for seed in range(count):
        with Interleaving(seed, PooledActor, by_instruction=by_instruction, files=files) as interleaving:
            SCENARIOS["one that blocks is told first"](interleaving)


@pytest.mark.usefixtures("_idle_workers_do_not_look_by_themselves")
class TestInAnyOrder:
    @pytest.mark.parametrize("by_instruction", [False, True], ids=["lines", "instructions"])
    def test_no_actor_lies_beside_an_idle_worker(self, by_instruction: bool) -> None:
        run_with_seeds(60, by_instruction=by_instruction)

    @pytest.mark.soak
    @pytest.mark.timeout(1800)
    @pytest.mark.parametrize("by_instruction", [False, True], ids=["lines", "instructions"])
    def test_no_actor_lies_beside_an_idle_worker_in_very_many_orders(self, by_instruction: bool) -> None:
        run_with_seeds(5000, by_instruction=by_instruction)

    def test_a_worker_that_does_not_call_the_next_one_is_found_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def wait_for_one_only(self: Workers) -> Turns | None:
            self._idle.append(None)
            while not self._listed and self._permit.acquire(timeout=FOR_EVER):
                pass
            self._idle.pop()
            return None  # and the worker takes it when it looks again

        self.assert_hangs(monkeypatch, "_wait", wait_for_one_only)

    def test_a_sender_that_calls_first_and_lists_second_is_found_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def submit_late(self: Workers, turns: Turns) -> None:
            self._call_worker()
            self._listed.append(turns)

        self.assert_hangs(monkeypatch, "submit", submit_late)

    def assert_hangs(self, monkeypatch: pytest.MonkeyPatch, name: str, broken: Any) -> None:  # a method
        monkeypatch.setattr(Workers, name, broken)
        with pytest.raises(HangError, match="no thread can go on"):
            run_with_seeds(400, files=(__file__,))  # what is broken is code of this file


class HandlerError(Exception):
    """What a signal handler raises."""


class Interruption:
    """A signal handler that raises once, at one of the places where it may come: before or after a call.

    Args:
        workers: what the sender calls, from this thread.
    """

    def __init__(self, workers: Workers) -> None:
        self.place = 0
        self._thread = threading.get_ident()
        for name in ("_listed", "_permit", "_supervisor"):
            setattr(workers, name, _Called(getattr(workers, name), self))

    def may_come(self) -> None:
        if threading.get_ident() == self._thread:
            self.place -= 1
            if self.place == 0:
                raise HandlerError


class _Called:
    """Behaves as what it stands for, and may be interrupted."""

    def __init__(self, instead_of: Any, interruption: Interruption) -> None:  # a list, a lock or a parker
        self._instead_of = instead_of
        self._interruption = interruption

    def __len__(self) -> int:
        return len(self._instead_of)

    def __getattr__(self, name: str) -> Any:  # a method of that
        def call(*arguments: Any, **options: Any) -> Any:  # of any method
            self._interruption.may_come()
            result = method(*arguments, **options)
            self._interruption.may_come()
            return result

        method = getattr(self._instead_of, name)
        return call


@pytest.mark.usefixtures("_idle_workers_do_not_look_by_themselves")
def test_wherever_a_sender_is_interrupted_an_idle_worker_runs_the_actor() -> None:
    pool = PoolRuntime(size=2, bound=2)
    (ref,) = idle_actors(pool, 1)
    interruption = Interruption(pool._workers)
    for place in range(1, 7):  # it lists, looks for the permit and leaves it
        gate = Gate()
        gate.open()
        interruption.place = place
        with pytest.raises(HandlerError):
            ref.tell(gate)
        gate.wait_until_entered()
        wait_until(lambda: is_idle(pool))


def test_wherever_a_sender_is_interrupted_the_supervisor_sees_to_the_actor() -> None:
    pool = PoolRuntime(size=2, bound=8)
    refs = idle_actors(pool, 6)
    interruption = Interruption(pool._workers)
    gates = [Gate() for _ in refs]
    try:
        # Each holds its worker, so that no other one is ever idle.
        for gate, ref in zip(gates[:2], refs[:2], strict=True):
            ref.tell(gate)
            gate.wait_until_entered()
        for place, gate, ref in zip(range(1, 5), gates[2:], refs[2:], strict=True):  # it lists and calls the supervisor
            wait_until(lambda: not pool._workers._attended)  # else it need not be called
            interruption.place = place
            with pytest.raises(HandlerError):
                ref.tell(gate)
            gate.wait_until_entered()
    finally:
        for gate in gates:
            gate.open()
