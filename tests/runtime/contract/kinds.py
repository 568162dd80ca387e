"""The runtimes, and what each cannot keep of the contract."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec

import gevent
import pytest
from gevent._hub_local import get_hub_if_exists

import typedactors.asyncio
import typedactors.eventlet
import typedactors.gevent
import typedactors.process
import typedactors.ray
import typedactors.runtimes.pool
import typedactors.runtimes.threading
from tests.runtime.contract.protocol import Worker
from tests.runtime.contract.proxies import WorkerProxy
from tests.runtime.contract.workers import (
    OnAsyncio,
    OnEventlet,
    OnGevent,
    OnPool,
    OnProcess,
    OnRay,
    OnThreads,
    WorkerBody,
)
from tests.runtime.support import LIMIT, Beside
from typedactors import Actor, ActorRef, ActorRegistry, Future

P = ParamSpec("P")


@dataclass(frozen=True)
class Kind:
    """A runtime.

    Args:
        name: how it is called.
        worker_class: the worker that runs on it.
        start: starts an actor of any class on it.
        runs_async_methods: whether ``async def`` methods work.
        may_block: whether a method may wait for another actor without ``await``.
        is_elsewhere: whether the actors are in another process, so that nothing is shared with them.
        reaches_all: whether its actors can be given refs of actors of all other runtimes.
        is_greenlet: whether actors run only while the thread that started them lets them.
    """

    name: str
    worker_class: type[WorkerBody]
    start: Callable[..., ActorRef[Any]]  # each has its own type, which tests/typing checks
    runs_async_methods: bool = True
    may_block: bool = True
    is_elsewhere: bool = False
    reaches_all: bool = True
    is_greenlet: bool = False

    def worker(self, *args: Any, **kwargs: Any) -> WorkerProxy:  # for WorkerBody's __init__, right or wrong
        """Start a worker."""
        ref: ActorRef[Worker] = self.worker_class.start(*args, **kwargs)
        return ref.proxy(WorkerProxy)

    def beside(self, actor_class: type[Actor], *args: object) -> ActorRef[Any]:  # of that class
        """Start an actor of another class, which is on threads unless the workers cannot reach it there."""
        if self.reaches_all:
            return typedactors.runtimes.threading.start(actor_class, *args)
        return self.start(actor_class, *args)

    def reaches(self, other: Kind) -> bool:
        """Tell whether a worker of this kind can be given a ref of one of the other kind."""
        return self.reaches_all or other is self

    def ask_for_count(self, worker: WorkerProxy, other: WorkerProxy) -> Future[int]:
        """Have one worker ask another one, in the way that its runtime allows."""
        return worker.count_of_blocking(other) if self.may_block else worker.count_of(other)

    def pass_gate(self, worker: WorkerProxy, gate: ActorRef[Any]) -> Future[str]:  # of any kind
        """Have a worker wait at a gate, in the way that its runtime allows."""
        return worker.pass_gate_blocking(gate) if self.may_block else worker.pass_gate(gate)


KINDS = [
    Kind("threads", OnThreads, typedactors.runtimes.threading.start),
    Kind("pool", OnPool, typedactors.runtimes.pool.start),
    Kind("gevent", OnGevent, typedactors.gevent.start, runs_async_methods=False, is_greenlet=True),
    Kind("eventlet", OnEventlet, typedactors.eventlet.start, runs_async_methods=False, is_greenlet=True),
    Kind("asyncio", OnAsyncio, typedactors.asyncio.start, may_block=False),
    Kind("process", OnProcess, typedactors.process.start, is_elsewhere=True),
]

ON_RAY = Kind("ray", OnRay, typedactors.ray.start, is_elsewhere=True, reaches_all=False)

# What is marked so runs in a session of its own, which starts Ray.
_PARAMETERS = [
    *(pytest.param(kind, id=kind.name) for kind in KINDS),
    pytest.param(ON_RAY, id=ON_RAY.name, marks=pytest.mark.ray),
]
every_kind = pytest.mark.parametrize("kind", _PARAMETERS)
every_other_kind = pytest.mark.parametrize("other", _PARAMETERS)


def in_its_own_thread(test: Callable[P, None]) -> Callable[P, None]:
    """Run a test in a new thread, so that no other test runs in a thread that has a hub of greenlets."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        def body() -> None:
            try:
                test(*args, **kwargs)
            finally:
                ActorRegistry.stop_all(timeout=LIMIT)
                if get_hub_if_exists() is not None:
                    gevent.get_hub().destroy(destroy_loop=True)

        Beside(body).result()

    return run
