"""xoscar: actors in pools of processes, used with ``await``. Here each has a process of its own, as ours have.

Imported by `benchmarks.runtimes.contenders`, in a worker, and by the processes that xoscar starts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from time import perf_counter
from typing import Any

# The checkers need not have it.
xoscar: Any = import_module("xoscar")


class Echo(xoscar.Actor):  # type: ignore[misc]  # for the same reason
    def answer(self, message: object) -> object:
        return message

    def note(self, message: object) -> None:
        pass


class Xoscar:
    """A contender; see `Contender`. A sample runs in one task, and awaits each call."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        # Of its own, because xoscar cleans up when the thread ends that used it, and at exit that is too late.
        self._thread = ThreadPoolExecutor(1)
        self._pool = self._run(xoscar.create_actor_pool("127.0.0.1", n_process=0))
        self._others: list[Any] = []
        self._actor = self._run(self._start())

    def ask(self, loops: int) -> float:
        async def sample() -> float:
            answer = self._actor.answer
            started = perf_counter()
            for _ in range(loops):
                await answer(1)
            return perf_counter() - started

        return float(self._run(sample()))

    def tell(self, loops: int) -> float:
        async def sample() -> float:
            tell = self._actor.note.tell
            started = perf_counter()
            for _ in range(loops):
                await tell(1)
            await self._actor.answer(1)
            return perf_counter() - started

        return float(self._run(sample()))

    def start(self, loops: int) -> float:
        async def sample() -> float:
            started = perf_counter()
            for _ in range(loops):
                await self._end(await self._start())
            return perf_counter() - started

        return float(self._run(sample()))

    def populate(self, number: int) -> None:
        for _ in range(number):
            self._others.append(self._run(self._start()))

    def close(self) -> None:
        for actor in (*self._others, self._actor):
            self._run(self._end(actor))
        self._run(self._pool.stop())
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()

    async def _start(self) -> Any:
        address = await self._pool.append_sub_pool()
        return await xoscar.create_actor(Echo, address=address)

    async def _end(self, actor: Any) -> None:
        await xoscar.destroy_actor(actor)
        await self._pool.remove_sub_pool(actor.address)

    def _run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return self._thread.submit(self._runner.run, coroutine).result()


def make(name: str) -> Xoscar:
    """Return the contender."""
    return Xoscar()
