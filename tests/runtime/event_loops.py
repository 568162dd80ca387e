"""Event loops for the tests of ``await``: asyncio, trio, and anyio on both, used alike."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeAlias

import anyio
import pytest
import trio

Part: TypeAlias = "Callable[[], Coroutine[Any, Any, None]]"
"""An async function without arguments."""


class EventLoop(Protocol):
    """What the tests need of an event loop, whichever it is."""

    def run(self, main: Callable[[], Coroutine[Any, Any, Any]]) -> Any: ...  # what main returns

    async def checkpoint(self) -> None: ...

    async def together(self, *parts: Part) -> None: ...

    async def start_and_cancel(self, part: Part, when: Callable[[], bool]) -> None: ...


class Asyncio:
    def run(self, main: Callable[[], Coroutine[Any, Any, Any]]) -> Any:  # what main returns
        return asyncio.run(main())

    async def checkpoint(self) -> None:
        await asyncio.sleep(0)

    async def together(self, *parts: Part) -> None:
        async with asyncio.TaskGroup() as group:
            for part in parts:
                group.create_task(part())

    async def start_and_cancel(self, part: Part, when: Callable[[], bool]) -> None:
        task = asyncio.create_task(part())
        while not when():
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


class Trio:
    def run(self, main: Callable[[], Coroutine[Any, Any, Any]]) -> Any:  # what main returns
        return trio.run(main)

    async def checkpoint(self) -> None:
        await trio.lowlevel.checkpoint()

    async def together(self, *parts: Part) -> None:
        async with trio.open_nursery() as nursery:
            for part in parts:
                nursery.start_soon(part)

    async def start_and_cancel(self, part: Part, when: Callable[[], bool]) -> None:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(part)
            while not when():
                await trio.lowlevel.checkpoint()
            nursery.cancel_scope.cancel()


class Anyio:
    def __init__(self, backend: str) -> None:
        self._backend = backend

    def run(self, main: Callable[[], Coroutine[Any, Any, Any]]) -> Any:  # what main returns
        return anyio.run(main, backend=self._backend)

    async def checkpoint(self) -> None:
        await anyio.lowlevel.checkpoint()

    async def together(self, *parts: Part) -> None:
        async with anyio.create_task_group() as group:
            for part in parts:
                group.start_soon(part)

    async def start_and_cancel(self, part: Part, when: Callable[[], bool]) -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(part)
            while not when():
                await anyio.lowlevel.checkpoint()
            group.cancel_scope.cancel()


LOOPS: dict[str, EventLoop] = {
    "asyncio": Asyncio(),
    "trio": Trio(),
    "anyio on asyncio": Anyio("asyncio"),
    "anyio on trio": Anyio("trio"),
}
