"""Pools that are smaller than the one of a program, and actors for them; what the tests of the pool share."""

from __future__ import annotations

import asyncio
import threading
from typing import Any, ClassVar

from tests.runtime.support import Gate
from typedactors import (
    PooledActor,
    ThreadingFuture,
)
from typedactors._runtime import LocalRuntime
from typedactors._turns import Turns
from typedactors.runtimes.pool import PoolRuntime

small_pool = PoolRuntime(size=2, bound=4)


lone_worker = PoolRuntime(size=1, bound=1)


class _Unattended(PoolRuntime):
    """A pool whose actors are run by those who wait for them only."""

    def submit(self, turns: Turns) -> None:
        pass


unattended = _Unattended(size=1, bound=1)


class Echo(PooledActor):
    def on_receive(self, message: Any) -> Any:  # any message
        return message

    def thread(self) -> threading.Thread:
        return threading.current_thread()

    async def thread_of_coroutine(self) -> threading.Thread:
        await asyncio.sleep(0)
        return threading.current_thread()

    def pass_through(self, gate: Gate) -> None:
        gate.pass_through()

    def wait_for(self, future: ThreadingFuture[Any]) -> Any:  # any value
        return future.get()


class SmallPoolEcho(Echo):
    _typedactors_runtime: ClassVar[LocalRuntime] = small_pool


class LoneEcho(Echo):
    _typedactors_runtime: ClassVar[LocalRuntime] = lone_worker


class UnattendedEcho(Echo):
    use_daemon_thread = True
    _typedactors_runtime: ClassVar[LocalRuntime] = unattended
