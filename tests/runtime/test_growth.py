"""Ten thousand actors come and go, and the program is as large as before: threads, objects, memory, registry."""

from __future__ import annotations

import gc
import sys
import threading
import tracemalloc
import weakref
from collections.abc import Callable
from typing import Any

import pytest

from tests.runtime.support import LIMIT, collect_garbage, wait_for_end, wait_until
from typedactors import Actor, ActorDeadError, ActorRef, ActorRegistry, PooledActor, ThreadingActor, debug, get_all
from typedactors.runtimes._parked_threads import IDLE_NAME, dismiss_idle_threads

pytestmark = pytest.mark.timeout(240)

WAVES = 20
SIZE = 500
"""How many actors live at a time; twenty waves of them are ten thousand."""


class Worker(Actor):
    def __init__(self) -> None:
        super().__init__()
        self.cargo = bytearray(200)

    def work(self, number: int) -> int:
        return number + len(self.cargo)

    def on_receive(self, message: Any) -> Any:  # any message
        if isinstance(message, BaseException):
            raise message
        return message


class ThreadWorker(Worker, ThreadingActor):
    pass


class PooledWorker(Worker, PooledActor):
    pass


kinds = pytest.mark.parametrize("kind", [ThreadWorker, PooledWorker])


def stop(ref: ActorRef[Worker]) -> None:
    ref.stop(timeout=LIMIT)


def stop_by_proxy(ref: ActorRef[Worker]) -> None:
    ref.proxy().stop().get(timeout=LIMIT)


def fail(ref: ActorRef[Worker]) -> None:
    ref.tell(LookupError("told to fail"))
    ref.stop(timeout=LIMIT)


def fail_with_a_backlog(ref: ActorRef[Worker]) -> None:
    ref.tell(LookupError("told to fail"))
    pending: list[Any] = []  # futures
    try:
        for _ in range(3):
            pending.append(ref.ask("too late", block=False))
            ref.tell("too late")
    except ActorDeadError:
        pass
    ref.stop(timeout=LIMIT)
    for future in pending:
        try:
            future.get(timeout=LIMIT)
        except ActorDeadError:
            pass


ENDS: list[Callable[[ActorRef[Worker]], None]] = [stop, stop_by_proxy, fail, fail_with_a_backlog]


def run_wave(kind: type[Worker]) -> None:
    """Start many actors, use each, and end each in one of the ways that there are."""
    refs: list[ActorRef[Worker]] = [kind.start() for _ in range(SIZE)]
    futures = [ref.proxy().work(number) for number, ref in enumerate(refs)]
    assert [future.get(timeout=LIMIT) for future in futures] == [number + 200 for number in range(SIZE)]
    for number, ref in enumerate(refs):
        ENDS[number % len(ENDS)](ref)


def threads_of_actors() -> int:
    """How many threads there are but those of the pool, which become more while the machine is busy."""
    return sum(not thread.name.startswith("typedactors-pool") for thread in threading.enumerate())


def settle() -> None:
    """Wait for the threads that have no actor any more, and free what is free."""
    # A worker of the pool lets go of an actor only after those who wait for its end have been answered.
    wait_until(lambda: debug.wait_for_graph().actors == ())
    dismiss_idle_threads()
    for thread in threading.enumerate():
        if thread.name == IDLE_NAME:
            wait_for_end(thread)
    collect_garbage()


@kinds
def test_ten_thousand_actors_leave_nothing_behind(kind: type[Worker], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL", "typedactors")  # records keep exceptions, whose frames keep actors
    for _ in range(3):  # caches fill, and threads that are kept for later are started
        run_wave(kind)
    settle()
    threads, objects, blocks = threads_of_actors(), len(gc.get_objects()), sys.getallocatedblocks()
    for _ in range(WAVES):
        run_wave(kind)
    settle()

    assert ActorRegistry.get_all() == []
    # An actor that stayed would be many objects and many more blocks of memory; a tenth of one for each is no actor.
    assert threads_of_actors() <= threads
    assert len(gc.get_objects()) - objects < WAVES * SIZE / 10
    assert sys.getallocatedblocks() - blocks < WAVES * SIZE / 10


@kinds
def test_dead_refs_keep_no_actor_alive_and_nothing_grows_with_those_that_are_kept(
    kind: type[Worker], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("CRITICAL", "typedactors")
    refs: list[ActorRef[Worker]] = [kind.start() for _ in range(SIZE)]
    actors = [ref._actor_weakref for ref in refs]
    assert all(actor() is not None for actor in actors)
    for number, ref in enumerate(refs):
        ENDS[number % len(ENDS)](ref)
    settle()

    # The frames of the worker that ran the last one may still be there.
    wait_until(lambda: all(actor() is None for actor in actors))
    assert not any(ref.is_alive() for ref in refs)


@kinds
def test_an_actor_whose_refs_are_gone_runs_on_and_answers(kind: type[Worker]) -> None:
    """The registry keeps it; futures and messages do not depend on anybody who holds a ref."""
    future = kind.start().proxy().work(1)
    asked = kind.start().ask("question", block=False)
    collect_garbage()

    assert future.get(timeout=LIMIT) == 201
    assert asked.get(timeout=LIMIT) == "question"
    first, second = ActorRegistry.get_by_class(kind)
    assert first.ask("alive", timeout=LIMIT) == second.ask("alive", timeout=LIMIT) == "alive"


@kinds
def test_futures_that_nobody_keeps_are_freed_and_their_requests_are_handled(kind: type[Worker]) -> None:
    class Cargo:
        pass

    ref: ActorRef[Worker] = kind.start()
    for _ in range(100):
        ref.ask("nobody waits", block=False)
    cargo = Cargo()
    freed = threading.Event()
    weakref.finalize(cargo, freed.set)
    ref.ask([cargo], block=False)
    del cargo

    assert ref.ask("the last", timeout=LIMIT) == "the last"
    collect_garbage()
    assert freed.wait(LIMIT)


class IdleActor(PooledActor):
    def on_receive(self, message: object) -> object:
        return message


def test_an_idle_pooled_actor_takes_little_more_than_a_kilobyte() -> None:
    """Objects of Python's: what a million of them is multiplied by.

    The tables that hold them all are enlarged now and then, by thousands at a time. So of several batches it is
    the one that takes least that counts.
    """
    number = 200
    refs: list[ActorRef[IdleActor]] = [IdleActor.start() for _ in range(10)]

    def batch() -> int:
        collect_garbage()
        before = tracemalloc.get_traced_memory()[0]
        refs.extend([IdleActor.start() for _ in range(number)])
        get_all([ref.ask("are you there?", block=False) for ref in refs], timeout=LIMIT)
        collect_garbage()
        return tracemalloc.get_traced_memory()[0] - before

    tracemalloc.start()
    try:
        taken = min(batch() for _ in range(6))
    finally:
        tracemalloc.stop()

    assert taken / number <= 1250
