"""Rings of actors that close at the same moment, and crowds that wait for each other at random."""

from __future__ import annotations

import itertools
import logging
import os
import random
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.runtime.support import LIMIT
from typedactors import ActorRef, DeadlockError, Future, ThreadingActor, ThreadingFuture, Timeout, get_all

SOAK = int(os.environ.get("TYPEDACTORS_SOAK", "1"))

pytestmark = pytest.mark.timeout(60 * SOAK)


@pytest.fixture(autouse=True)
def _short_switch_interval(caplog: pytest.LogCaptureFixture) -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]  # pytest calls it
    caplog.set_level(logging.CRITICAL, "typedactors")
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def settled() -> ThreadingFuture[str]:
    future: ThreadingFuture[str] = ThreadingFuture()
    future.set("settled")
    return future


WAYS: list[Callable[[Future[str]], object]] = [
    lambda future: future.get(),
    lambda future: future.map(str).get(),
    lambda future: settled().join(future).get(),
    lambda future: get_all([settled(), future]),
]


WAYS_OF_INTS: list[Callable[[Future[int]], int]] = [
    lambda future: future.get(),
    lambda future: future.map(int).get(),
    lambda future: future.join(settled()).map(lambda both: int(both[0])).get(),
]


class Member(ThreadingActor):
    def __init__(self) -> None:
        super().__init__()
        self.others: list[ActorRef[Any]] = []

    def answer(self) -> str:
        return "answer"

    def wait_in_ring(self, next_one: ActorRef[Any], way: int, ready: threading.Barrier) -> bool:  # of this class
        """Wait for the next one when all the others do; tell whether it would have been a deadlock."""
        ready.wait(LIMIT)
        try:
            WAYS[way % len(WAYS)](next_one.proxy().answer())
        except DeadlockError:
            return True
        return False

    def wait_with_timeout(self, next_one: ActorRef[Any], ready: threading.Barrier) -> bool:  # of this class
        """The same, but give up soon."""
        ready.wait(LIMIT)
        try:
            next_one.proxy().answer().get(timeout=0.02)
        except Timeout:
            pass
        except DeadlockError:
            return True
        return False

    def visit(self, depth: int, seed: int) -> int:
        """Visit two of the others, which visit others in turn; return how many deadlocks there were."""
        if depth == 0:
            return 0
        chooser = random.Random(seed)
        deadlocks = 0
        for _ in range(2):
            future: Future[int] = chooser.choice(self.others).proxy().visit(depth - 1, chooser.randrange(10**6))
            try:
                deadlocks += chooser.choice(WAYS_OF_INTS)(future)
            except DeadlockError:
                deadlocks += 1
        return deadlocks


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8])
def test_of_a_ring_that_closes_at_once_exactly_one_is_told(size: int) -> None:
    members = [Member.start() for _ in range(size)]
    for round_number in range(60 * SOAK):
        ready = threading.Barrier(size)
        futures = [
            member.proxy().wait_in_ring(members[(index + 1) % size], round_number + index, ready)
            for index, member in enumerate(members)
        ]
        assert sum(get_all(futures, timeout=LIMIT)) == 1


def test_rings_that_share_a_member_have_one_victim_each() -> None:
    """Two rings through the same actor cannot both close at once; what closes is told, and all go on."""
    for _ in range(40 * SOAK):
        shared, left, right = (Member.start() for _ in range(3))
        together = threading.Barrier(3)
        futures = [
            left.proxy().wait_in_ring(shared, 0, together),
            right.proxy().wait_in_ring(shared, 1, together),
            shared.proxy().wait_in_ring(left, 0, together),
        ]
        assert sum(get_all(futures, timeout=LIMIT)) == 1
        for ref in (shared, left, right):
            ref.stop(timeout=LIMIT)


def wait_for_the_next(members: list[ActorRef[Member]], way: int, ready: threading.Barrier) -> list[Future[bool]]:
    """Have each member but the last one wait for the next."""
    return [member.proxy().wait_in_ring(next_one, way, ready) for member, next_one in itertools.pairwise(members)]


@pytest.mark.parametrize("size", [2, 3, 5])
def test_a_ring_in_which_one_waits_with_a_timeout_is_no_deadlock(size: int) -> None:
    members = [Member.start() for _ in range(size)]
    for round_number in range(5 * SOAK):
        ready = threading.Barrier(size)
        futures = wait_for_the_next(members, round_number, ready)
        futures.append(members[-1].proxy().wait_with_timeout(members[0], ready))
        assert sum(get_all(futures, timeout=LIMIT)) == 0


@pytest.mark.parametrize("size", [2, 4, 8])
def test_a_chain_that_does_not_close_is_no_deadlock(size: int) -> None:
    members = [Member.start() for _ in range(size)]
    for round_number in range(40 * SOAK):
        ready = threading.Barrier(size)
        futures = wait_for_the_next(members, round_number, ready)
        free = Member.start()
        futures.append(members[-1].proxy().wait_in_ring(free, round_number, ready))
        assert sum(get_all(futures, timeout=LIMIT)) == 0
        free.stop(timeout=LIMIT)


def crowd(size: int) -> list[ActorRef[Member]]:
    members = [Member.start() for _ in range(size)]
    for member in members:
        member.proxy().others = members
    return members


def test_in_a_crowd_that_waits_upwards_only_there_is_no_deadlock() -> None:
    class Upward(Member):
        def __init__(self, place: int) -> None:
            super().__init__()
            self._place = place

        def climb(self, seed: int) -> int:
            """Wait for some that stand higher; return how many alarms there were."""
            chooser = random.Random(seed)
            alarms = 0
            higher = self.others[self._place + 1 :]
            for other in chooser.sample(higher, min(2, len(higher))):
                future: Future[int] = other.proxy().climb(chooser.randrange(10**6))
                try:
                    alarms += chooser.choice(WAYS_OF_INTS)(future)
                except DeadlockError:
                    alarms += 1
            return alarms

    members = [Upward.start(place) for place in range(7)]
    for member in members:
        member.proxy().others = members
    for seed in range(20 * SOAK):
        futures = [member.proxy().climb(seed * 100 + index) for index, member in enumerate(members)]
        assert get_all(futures, timeout=LIMIT) == [0] * len(members)


def test_in_a_crowd_that_waits_at_random_every_deadlock_is_told_and_nobody_hangs() -> None:
    members = crowd(5)
    deadlocks = 0
    for seed in range(30 * SOAK):
        futures = [member.proxy().visit(3, seed * 100 + index) for index, member in enumerate(members)]
        deadlocks += sum(get_all(futures, timeout=LIMIT))

    assert deadlocks > 0
