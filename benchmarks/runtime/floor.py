"""The floor: what the rows cost with bare queues, locks and threads, which no actor library on threads gets below.

A request is put into a `queue.SimpleQueue`, and its answer is waited for with the fastest lock that there is. Nothing
stands between: no futures, no errors, no stopping in order.

Imported by the modules of rows.
"""

from __future__ import annotations

import threading
from _thread import LockType, allocate_lock
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from queue import SimpleQueue
from time import perf_counter
from typing import TypeAlias

Request: TypeAlias = tuple[object, LockType | None]


class Target:
    """What is called and read, in place of an actor."""

    def __init__(self) -> None:
        self.value = 1

    def method(self) -> int:
        return 1


@contextmanager
def served(handle: Callable[[object], object]) -> Generator[tuple[SimpleQueue[Request | None], list[object]]]:
    """Serve a queue in a thread: each request is handled, its answer is left in the list, and its lock is released."""
    queue: SimpleQueue[Request | None] = SimpleQueue()
    answer: list[object] = [None]

    def serve() -> None:
        while (request := queue.get()) is not None:
            message, lock = request
            result = handle(message)
            if lock is not None:
                answer[0] = result
                lock.release()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield queue, answer
    finally:
        queue.put(None)
        thread.join()


def taken_lock() -> LockType:
    lock = allocate_lock()
    lock.acquire()
    return lock


def ask_often(queue: SimpleQueue[Request | None], answer: list[object], loops: int) -> float:
    """Put a request and wait for its answer, ``loops`` times."""
    lock = taken_lock()
    started = perf_counter()
    for _ in range(loops):
        queue.put((1, lock))
        lock.acquire()
        answer[0]
    return perf_counter() - started


def echo(message: object) -> object:
    return message


def ask(loops: int) -> float:
    with served(echo) as (queue, answer):
        ask_often(queue, answer, loops // 10 + 1)
        return ask_often(queue, answer, loops)


def ask_from_a_thread(loops: int) -> float:
    """As `ask`, but from a thread that is not the main one."""
    elapsed: list[float] = []
    with served(echo) as (queue, answer):
        thread = threading.Thread(target=lambda: elapsed.append(ask_often(queue, answer, loops)))
        thread.start()
        thread.join()
    return elapsed[0]


def call(loops: int) -> float:
    """Have a method called by its name."""
    target = Target()
    with served(lambda message: getattr(target, "method")()) as (queue, answer):  # noqa: B009 - names come as messages
        ask_often(queue, answer, loops // 10 + 1)
        return ask_often(queue, answer, loops)


def read(loops: int) -> float:
    """Have an attribute read by its name."""
    target = Target()
    with served(lambda message: getattr(target, "value")) as (queue, answer):  # noqa: B009 - as above
        ask_often(queue, answer, loops // 10 + 1)
        return ask_often(queue, answer, loops)


def _fence(queue: SimpleQueue[Request | None]) -> None:
    lock = taken_lock()
    queue.put((1, lock))
    lock.acquire()


def tell(loops: int) -> float:
    with served(echo) as (queue, _):
        started = perf_counter()
        for _ in range(loops):
            queue.put((1, None))
        _fence(queue)
        return perf_counter() - started


def defer(loops: int) -> float:
    target = Target()
    with served(lambda message: getattr(target, "method")()) as (queue, _):  # noqa: B009 - as above
        started = perf_counter()
        for _ in range(loops):
            queue.put((1, None))
        _fence(queue)
        return perf_counter() - started


def tell_from(senders: int) -> Callable[[int], float]:
    """Tell from many threads at once."""

    def sample(loops: int) -> float:
        with served(echo) as (queue, _):
            return together(senders, loops, partial(queue.put, (1, None)), partial(_fence, queue))

    return sample


def together(senders: int, loops: int, send: Callable[[], object], fence: Callable[[], object]) -> float:
    """Call ``send`` that often, spread over threads that begin at once; return the seconds until ``fence`` returned."""
    share = max(loops // senders, 1)
    go = threading.Barrier(senders + 1)

    def work() -> None:
        go.wait()
        for _ in range(share):
            send()

    threads = [threading.Thread(target=work) for _ in range(senders)]
    for thread in threads:
        thread.start()
    go.wait()
    started = perf_counter()
    for thread in threads:
        thread.join()
    fence()
    return (perf_counter() - started) * loops / (share * senders)


def pipeline(in_flight: int) -> Callable[[int], float]:
    """Put that many requests, then wait for each of their answers, which come with a lock each; as often as that."""

    def sample(loops: int) -> float:
        with served(echo) as (queue, answer):
            times = max(loops // in_flight, 1)
            started = perf_counter()
            for _ in range(times):
                locks: list[LockType] = []
                for _ in range(in_flight):
                    lock = taken_lock()
                    queue.put((1, lock))
                    locks.append(lock)
                for lock in locks:
                    lock.acquire()
                    answer[0]
            return (perf_counter() - started) * loops / (times * in_flight)

    return sample


def settle(loops: int) -> float:
    """Make a lock and a place for a value, leave the value and take it."""
    started = perf_counter()
    for _ in range(loops):
        lock = taken_lock()
        place: list[object] = []
        place.append(1)
        lock.release()
        lock.acquire()
        place[0]
    return perf_counter() - started


class _Pair:
    __slots__ = ("first", "second")

    def __init__(self, first: object, second: object) -> None:
        self.first = first
        self.second = second


def make_object(loops: int) -> float:
    """Make a small object, as a proxy is one."""
    started = perf_counter()
    for _ in range(loops):
        _Pair(None, ())
    return perf_counter() - started


def start_and_stop(loops: int) -> float:
    """Start a thread, tell it to end, and wait until it has."""
    started = perf_counter()
    for _ in range(loops):
        queue: SimpleQueue[None] = SimpleQueue()
        thread = threading.Thread(target=queue.get)
        thread.start()
        queue.put(None)
        thread.join()
    return perf_counter() - started
