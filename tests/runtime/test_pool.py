"""The pool: which thread runs an actor, and how many threads there are.

What holds for every actor is tested on the pool by the modules in ``pooled``.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from typing import Any

import pytest

from tests.runtime.pools import Echo, LoneEcho, SmallPoolEcho, UnattendedEcho, small_pool, unattended
from tests.runtime.support import LIMIT, Beside, Gate, wait_for, wait_until
from typedactors import (
    ActorRegistry,
    PooledActor,
    ThreadingFuture,
    get_all,
)
from typedactors._parker import MAXIMUM_NESTED_TURNS, ThreadParker, current_parker
from typedactors._turns import MESSAGES_PER_TURN, Turns
from typedactors._workers import Workers


@pytest.fixture
def _the_lone_worker_is_away(gate: Gate) -> None:  # pyright: ignore[reportUnusedFunction]  # pytest calls it
    """Until the gate opens, actors of the smallest pool are run by those who wait for them, and by nobody else."""
    LoneEcho.start().proxy().pass_through.defer(gate)
    gate.wait_until_entered()


class TestWhichThread:
    @pytest.mark.usefixtures("_the_lone_worker_is_away")
    def test_an_untimed_wait_for_an_idle_actor_runs_it_on_the_callers_thread(self) -> None:
        thread = LoneEcho.start().proxy().thread

        assert thread().get() is threading.current_thread()

    def test_a_timed_wait_leaves_it_to_a_worker(self) -> None:
        thread: threading.Thread = Echo.start().proxy().thread().get(timeout=LIMIT)

        assert thread.name.startswith("typedactors-pool-")
        assert thread.daemon

    @pytest.mark.usefixtures("_the_lone_worker_is_away")
    def test_a_stop_that_is_waited_for_runs_on_the_callers_thread(self) -> None:
        threads: list[threading.Thread] = []

        class Tidy(LoneEcho):
            def on_stop(self) -> None:
                threads.append(threading.current_thread())

        ref = Tidy.start()
        assert ref.stop()
        assert threads == [threading.current_thread()]

    def test_an_actor_runs_another_one_and_is_itself_again(self) -> None:
        class Outer(Echo):
            def both(self) -> list[Any]:  # activities
                inner = Inner.start().proxy().activity().get()
                return [inner, current_parker().activity]

        class Inner(Echo):
            def activity(self) -> Any:  # an activity
                return current_parker().activity

        before = current_parker().turns_left
        inner, outer = Outer.start().proxy().both().get()

        assert (inner.actor_class_name, outer.actor_class_name) == ("Inner", "Outer")
        assert current_parker().activity is None
        assert current_parker().turns_left == before

    def test_an_event_loop_is_not_held_up_by_an_actor_nor_refuses_its_coroutines(self) -> None:
        async def main() -> list[threading.Thread]:
            proxy = Echo.start().proxy()
            return [await proxy.thread(), await proxy.thread_of_coroutine(), proxy.thread_of_coroutine().get()]

        assert threading.current_thread() not in asyncio.run(main())

    @pytest.mark.usefixtures("_the_lone_worker_is_away")
    def test_a_coroutine_runs_on_the_callers_thread_and_leaves_no_loop_behind(self, gate: Gate) -> None:
        proxy = LoneEcho.start().proxy()

        assert proxy.thread_of_coroutine().get() is threading.current_thread()
        gate.open()
        assert proxy.thread_of_coroutine().get(timeout=LIMIT) is not threading.current_thread()
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()

    def test_the_callers_context_variables_are_not_those_of_the_hooks(self) -> None:
        who: contextvars.ContextVar[str] = contextvars.ContextVar("who", default="nobody")
        seen: list[str] = []

        class Watcher(Echo):
            def on_start(self) -> None:
                seen.append(who.get())
                who.set("the actor")

            def on_receive(self, message: Any) -> None:  # any message
                seen.append(who.get())

            def on_stop(self) -> None:
                seen.append(who.get())

        token = who.set("the caller")
        try:
            ref = Watcher.start()
            ref.ask("message")
            ref.stop()
            assert who.get() == "the caller"
        finally:
            who.reset(token)
        assert seen == ["nobody", "the caller", "the actor"]

    @pytest.mark.usefixtures("_the_lone_worker_is_away")
    def test_the_caller_returns_when_it_has_its_answer(self, gate: Gate) -> None:
        """It does not go on with what others sent after it."""
        echo = LoneEcho.start()
        first = echo.ask("first", block=False)
        echo.proxy().pass_through.defer(gate)

        assert first.get() == "first"

    def test_the_caller_handles_nothing_if_another_thread_was_faster(self) -> None:
        """Else it may run an actor that waits for itself, beneath, where no cycle shows: its own wait is over."""
        ref = UnattendedEcho.start()
        assert ref.ask("first") == "first"
        second = ref.ask("second", block=False)
        turns = ref._mailbox.activity.turns
        assert turns is not None

        assert turns.run_until(lambda: True, current_parker())  # as if its answer had come before it got the token

        handled_for_nothing = second.done()
        assert second.get() == "second"
        ref.stop()
        assert not handled_for_nothing

    @pytest.mark.usefixtures("_the_lone_worker_is_away")
    def test_the_callers_thread_runs_actors_within_each_other(self) -> None:
        class Link(LoneEcho):
            def descend(self, levels: int) -> list[threading.Thread]:
                if not levels:
                    return [threading.current_thread()]
                below: list[threading.Thread] = Link.start().proxy().descend(levels - 1).get()
                return [threading.current_thread(), *below]

        levels = MAXIMUM_NESTED_TURNS - 1
        assert Link.start().proxy().descend(levels).get() == [threading.current_thread()] * (levels + 1)

    def test_nesting_is_bounded_and_goes_on_in_a_worker(self) -> None:
        class Link(Echo):
            def descend(self, levels: int) -> list[tuple[threading.Thread, int]]:
                here = (threading.current_thread(), current_parker().turns_left)
                if not levels:
                    return [here]
                below: list[tuple[threading.Thread, int]] = Link.start().proxy().descend(levels - 1).get()
                return [here, *below]

        levels = MAXIMUM_NESTED_TURNS * 2 + 10
        visited = Link.start().proxy().descend(levels).get()

        assert len(visited) == levels + 1
        assert min(turns_left for _, turns_left in visited) >= 0
        assert len({thread for thread, _ in visited}) >= 3
        on_this_thread = [thread for thread, _ in visited].count(threading.current_thread())
        assert on_this_thread <= MAXIMUM_NESTED_TURNS

    def test_a_deep_stack_is_left_to_a_worker(self) -> None:
        """Handlers of twenty frames each, fifty of them within each other, would be too much for it."""

        class Deep(Echo):
            def descend(self, levels: int, frames: int = 20) -> int:
                if frames:
                    return self.descend(levels, frames - 1)
                if not levels:
                    return 0
                below: int = Deep.start().proxy().descend(levels - 1).get()
                return 1 + below

        assert Deep.start().proxy().descend(60).get() == 60


class TestHowManyThreads:
    def test_many_actors_share_a_few(self) -> None:
        before = threading.active_count()
        refs = [SmallPoolEcho.start() for _ in range(500)]
        answers = get_all([ref.ask(number, block=False) for number, ref in enumerate(refs)], timeout=LIMIT)

        assert answers == list(range(500))
        assert threading.active_count() - before <= small_pool._bound + 2  # with the supervisor and the keeper

    @pytest.mark.parametrize("way", ["blocked", "waiting"])
    def test_those_that_are_blocked_do_not_starve_the_others(self, way: str, gate: Gate) -> None:
        size = PooledActor._typedactors_runtime._workers.size  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue, reportUnknownVariableType]  # of this runtime
        promise: ThreadingFuture[str] = ThreadingFuture()
        held: list[Any] = []  # futures
        for _ in range(size * 3):  # pyright: ignore[reportUnknownArgumentType]  # see above
            proxy = Echo.start().proxy()
            held.append(proxy.pass_through(gate) if way == "blocked" else proxy.wait_for(promise))
        other = Echo.start()

        assert [other.ask(number, timeout=LIMIT) for number in range(3)] == [0, 1, 2]
        gate.open()
        promise.set("all")
        get_all(held, timeout=LIMIT)

    @pytest.mark.parametrize("way", ["blocked", "waiting"])
    def test_their_number_is_bounded(self, way: str) -> None:
        gates = [Gate() for _ in range(6)]
        promise: ThreadingFuture[str] = ThreadingFuture()
        refs = [SmallPoolEcho.start() for _ in gates]
        held: list[Any] = []  # futures
        for gate, ref in zip(gates[:4], refs[:4], strict=True):
            held.append(ref.proxy().pass_through(gate) if way == "blocked" else ref.proxy().wait_for(promise))
            if way == "blocked":
                gate.wait_until_entered()
        late = refs[4].ask("late", block=False)
        # The supervisor has had its chances when this one is through, which nobody but the caller can run.
        assert refs[5].ask("run by its caller") == "run by its caller"
        assert small_pool._workers._threads <= 4
        for gate in gates:
            gate.open()
        promise.set("all")

        assert late.get(timeout=LIMIT) == "late"
        get_all(held, timeout=LIMIT)
        assert small_pool._workers._threads <= 4

    def test_who_waits_runs_what_it_waits_for_though_all_workers_are_blocked(self, gate: Gate) -> None:
        blocker, echo = LoneEcho.start(), LoneEcho.start()
        blocked = blocker.proxy().pass_through(gate)
        gate.wait_until_entered()
        inner = Gate()
        in_turn = Beside(lambda: echo.proxy().pass_through(inner).get())
        inner.wait_until_entered()
        # One of these is woken when the turn before is over, and runs the actor; and so on.
        waiting = [Beside(lambda number=number: echo.ask(number)) for number in range(4)]  # type: ignore[misc]  # the default binds
        mailbox: Any = echo._mailbox  # of this runtime
        wait_until(lambda: len(mailbox._queue._waiters) == 4)
        inner.open()

        in_turn.result()
        assert [asker.result() for asker in waiting] == [0, 1, 2, 3]
        gate.open()
        blocked.get(timeout=LIMIT)


def test_a_sender_that_is_interrupted_leaves_the_supervisor_to_the_next_one() -> None:
    calls: list[str] = []

    class Interrupted(ThreadParker):
        def unpark(self) -> None:
            calls.append("unpark")
            if len(calls) == 1:
                raise KeyboardInterrupt

    workers = Workers(1, 1)
    workers._working = 1
    workers._supervisor = Interrupted()
    turns = Turns(unattended)
    with pytest.raises(KeyboardInterrupt):
        workers.submit(turns)
    workers.submit(turns)

    assert len(calls) == 2


def test_turns_are_fair(gate: Gate) -> None:
    """An actor with a long mailbox lets the others have a turn."""
    handled: list[str] = []

    class Noted(LoneEcho):
        def on_receive(self, message: Any) -> None:  # any message
            handled.append(message)

    blocker, busy, modest = LoneEcho.start(), Noted.start(), Noted.start()
    blocker.proxy().pass_through.defer(gate)
    gate.wait_until_entered()
    for _ in range(MESSAGES_PER_TURN * 10):
        busy.tell("busy")
    last = busy.ask("last", block=False)
    modest.tell("modest")
    gate.open()
    last.get(timeout=LIMIT)

    assert handled.index("modest") <= MESSAGES_PER_TURN * 2


def test_code_that_ends_the_program_stops_all_actors_also_on_the_callers_thread() -> None:
    class Quitter(Echo):
        def on_receive(self, message: Any) -> Any:  # an exception
            raise message

    other, ref = Echo.start(), Quitter.start()
    with pytest.raises(SystemExit):
        ref.ask(SystemExit(3))
    wait_for(other.actor_stopped)
    wait_for(ref.actor_stopped)
    assert ActorRegistry.get_all() == []
