"""Rows: asks that are awaited in an event loop, and asks beside threads that burn the CPU.

Imported by `benchmarks.runtime.groups`.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Generator
from contextlib import contextmanager
from queue import SimpleQueue
from time import perf_counter, sleep

from benchmarks.libraries import Behavior, Library, Ref
from benchmarks.runtime import floor
from benchmarks.runtime.actors import Echo
from benchmarks.runtime.messages import ask
from benchmarks.runtime.row import Row, Sample, compare

AWAITS = 1000
BLOCKED = 0.5
"""For how many seconds the actor is busy before it answers, in the row of the stall."""
TICK = 0.001


async def _await_all(ref: Ref, number: int) -> None:
    await asyncio.gather(*[ref.ask(1, block=False) for _ in range(number)])


def awaited(library: Library) -> Sample:
    """Ask many times and await all the answers together."""

    async def measure(loops: int) -> float:
        ref = library.start(Echo)
        await _await_all(ref, 1)
        started = perf_counter()
        for _ in range(loops):
            await _await_all(ref, AWAITS)
        elapsed = perf_counter() - started
        await asyncio.to_thread(ref.stop)
        return elapsed

    return lambda loops: asyncio.run(measure(loops))


def floor_awaited(loops: int) -> float:
    """The loop's own futures, each set with a call into the loop."""

    async def measure() -> float:
        loop = asyncio.get_running_loop()
        queue: SimpleQueue[asyncio.Future[int] | None] = SimpleQueue()

        def serve() -> None:
            while (future := queue.get()) is not None:
                loop.call_soon_threadsafe(future.set_result, 1)

        thread = threading.Thread(target=serve)
        thread.start()
        started = perf_counter()
        for _ in range(loops):
            futures: list[asyncio.Future[int]] = [loop.create_future() for _ in range(AWAITS)]
            for future in futures:
                queue.put(future)
            await asyncio.gather(*futures)
        elapsed = perf_counter() - started
        queue.put(None)
        thread.join()
        return elapsed

    return asyncio.run(measure())


class Slow(Behavior):
    """Is busy, then answers the rest at once."""

    def on_receive(self, message: object) -> object:
        if message == "first":
            sleep(BLOCKED)
        return message


def worst_stall(library: Library) -> Sample:
    """The longest time for which an event loop does nothing else while it awaits; one per sample."""

    async def tick(gaps: list[float]) -> None:
        last = perf_counter()
        while True:
            await asyncio.sleep(TICK)
            now = perf_counter()
            gaps.append(now - last - TICK)
            last = now

    async def measure() -> float:
        ref = library.start(Slow)
        gaps: list[float] = [0.0]
        ticker = asyncio.create_task(tick(gaps))
        await asyncio.sleep(5 * TICK)
        ref.tell("first")
        await _await_all(ref, AWAITS)
        await asyncio.sleep(5 * TICK)
        ticker.cancel()
        await asyncio.to_thread(ref.stop)
        return max(gaps)

    return lambda loops: sum(asyncio.run(measure()) for _ in range(loops))


@contextmanager
def burning(threads: int) -> Generator[None]:
    """Have so many threads count as fast as they can."""
    stopping = threading.Event()

    def burn() -> None:
        number = 0
        while not stopping.is_set():
            for _ in range(1000):
                number += 1

    burners = [threading.Thread(target=burn) for _ in range(threads)]
    for burner in burners:
        burner.start()
    try:
        yield
    finally:
        stopping.set()
        for burner in burners:
            burner.join()


def under_load(sample: Sample) -> Sample:
    def loaded(loops: int) -> float:
        with burning(2):
            return sample(loops)

    return loaded


def rows() -> list[Row]:
    return [
        compare(f"{AWAITS} awaits", awaited, floor_awaited, rounds=4),
        compare("worst stall of an event loop", worst_stall, loops=1, rounds=1),
        compare(
            "ask, while two threads burn the CPU",
            lambda library: under_load(ask(library)),
            under_load(floor.ask),
            rounds=3,
            patience=8,
        ),
    ]
