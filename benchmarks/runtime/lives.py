"""Rows: what it costs to make proxies, to start and stop actors, and programs that are little else.

Imported by `benchmarks.runtime.groups`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from time import perf_counter
from typing import Any

from benchmarks.libraries import Library
from benchmarks.runtime import floor
from benchmarks.runtime.actors import Idle, Wide
from benchmarks.runtime.row import Row, Sample, compare
from benchmarks.savina import ring, skynet

RING = 100
LEAVES, DIVISION = 1000, 10


def make_proxy(attributes: int) -> Callable[[Library], Sample]:
    def of(library: Library) -> Sample:
        def sample(loops: int) -> float:
            ref = library.start(Wide, attributes)
            ref.proxy()
            started = perf_counter()
            for _ in range(loops):
                ref.proxy()
            elapsed = perf_counter() - started
            ref.stop()
            return elapsed

        return sample

    return of


def start_and_stop(library: Library) -> Sample:
    actor_class: Any = library.actor_class(Idle)

    def sample(loops: int) -> float:
        started = perf_counter()
        for _ in range(loops):
            actor_class.start().stop()
        return perf_counter() - started

    return sample


def hop(library: Library) -> Sample:
    """A token goes round a ring of actors; the ring is made before."""

    def sample(loops: int) -> float:
        return ring.send_round(library, actors=RING, hops=loops)

    return sample


def floor_hop(loops: int) -> float:
    queues: list[SimpleQueue[int]] = [SimpleQueue() for _ in range(RING)]
    done: SimpleQueue[float] = SimpleQueue()

    def serve(own: SimpleQueue[int], following: SimpleQueue[int]) -> None:
        while (hops := own.get()) >= 0:
            if hops:
                following.put(hops - 1)
            else:
                done.put(perf_counter())

    pairs = zip(queues, [*queues[1:], queues[0]], strict=True)
    threads = [threading.Thread(target=serve, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    started = perf_counter()
    queues[0].put(loops)
    elapsed = done.get() - started
    for queue in queues:
        queue.put(-1)
    for thread in threads:
        thread.join()
    return elapsed


def tree(library: Library) -> Sample:
    """Skynet: a tree of actors, whose leaves' numbers are added up on the way back."""

    def sample(loops: int) -> float:
        started = perf_counter()
        for _ in range(loops):
            skynet.run(library, leaves=LEAVES, division=DIVISION)
        return perf_counter() - started

    return sample


def floor_tree(loops: int) -> float:
    def grow(number: int, size: int, results: SimpleQueue[int]) -> None:
        if size == 1:
            results.put(number)
            return
        below: SimpleQueue[int] = SimpleQueue()
        part = size // DIVISION
        for child in range(DIVISION):
            threading.Thread(target=grow, args=(number + child * part, part, below)).start()
        results.put(sum(below.get() for _ in range(DIVISION)))

    total: SimpleQueue[int] = SimpleQueue()
    started = perf_counter()
    for _ in range(loops):
        threading.Thread(target=grow, args=(0, LEAVES, total)).start()
        total.get()
    return perf_counter() - started


def rows() -> list[Row]:
    return [
        compare("proxy creation, 10 attributes", make_proxy(10), floor.make_object),
        compare("proxy creation, 200 attributes", make_proxy(200), floor.make_object),
        compare("start + stop", start_and_stop, floor.start_and_stop),
        compare(f"ring of {RING}, a hop", hop, floor_hop),
        compare(f"skynet, {LEAVES} leaves", tree, floor_tree, loops=1, rounds=4),
    ]
