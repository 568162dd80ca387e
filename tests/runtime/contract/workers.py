"""The actors of the contract: one body, and a class of it for each runtime."""

from __future__ import annotations

from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from tests.runtime.contract.protocol import Part
from tests.runtime.contract.proxies import WorkerProxy
from typedactors import Actor, ActorRef, PooledActor, ThreadingActor
from typedactors.asyncio import AsyncioActor
from typedactors.eventlet import EventletActor
from typedactors.gevent import GeventActor
from typedactors.process import ProcessActor
from typedactors.ray import RayActor

variable: ContextVar[str] = ContextVar("variable", default="not set")


class Pair(NamedTuple):
    """A message that is a tuple, but not a plain one."""

    name: str
    value: object


class WorkerBody(Actor):
    """What every actor of the contract does.

    Args:
        step: what is added at each `add`; a negative one is an error.
        witness: told of the actor's start, stop and failure.
        fails_to_start: whether ``on_start`` raises.
    """

    count: int
    part: Part

    # Any: an actor of any class.
    def __init__(self, step: int = 1, *, witness: ActorRef[Any] | None = None, fails_to_start: bool = False) -> None:
        super().__init__()
        if step < 0:
            raise ValueError(f"a step of {step} leads nowhere")
        self._step = step
        self._witness = witness
        self._fails_to_start = fails_to_start
        self._seen: list[object] = []
        self._inside = 0
        self.count = 0
        self.part = Part()

    def add(self, times: int = 1) -> int:
        self.count += self._step * times
        return self.count

    def fail(self, text: str) -> None:
        raise LookupError(text)

    def add_through_itself(self, times: int) -> None:
        self.actor_ref.proxy(WorkerProxy).add.defer(times=times)

    def count_of_blocking(self, other: WorkerProxy) -> int:
        return other.add().get()

    def assign_blocking(self, other: WorkerProxy, count: int) -> None:
        other.count = count

    async def count_of(self, other: WorkerProxy) -> int:
        return await other.add()

    def pass_gate_blocking(self, gate: ActorRef[Any]) -> str:  # of any kind
        return str(gate.ask("pass"))

    async def pass_gate(self, gate: ActorRef[Any]) -> str:  # of any kind
        return str(await gate.ask("pass", block=False))

    def reference(self) -> ActorRef[Any]:  # of this class
        return self.actor_ref

    def seen(self) -> list[object]:
        return self._seen

    def variable(self) -> str:
        return variable.get()

    def leave_variable(self, value: str) -> str:
        had = variable.get()
        variable.set(value)
        return had

    def _tell(self, what: str) -> None:
        if self._witness is not None:
            self._witness.tell(what)

    def on_start(self) -> None:
        self._tell("started")
        if self._fails_to_start:
            raise OSError("no paper")

    def on_stop(self) -> None:
        self._tell("stopped")

    def on_failure(
        self,
        exception_type: type[BaseException] | None,
        exception_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._tell(f"failed: {exception_value}")

    def on_receive(self, message: object) -> object:
        self._inside += 1
        assert self._inside == 1, "two messages at once"
        try:
            if message == "fail":
                raise RuntimeError("as told")
            self._seen.append(message)
            return ("got", message)
        finally:
            self._inside -= 1


class OnThreads(WorkerBody, ThreadingActor):
    """A worker with a thread of its own."""


class OnPool(WorkerBody, PooledActor):
    """A worker on the pool."""


class OnGevent(WorkerBody, GeventActor):
    """A worker in a greenlet of gevent's."""


class OnEventlet(WorkerBody, EventletActor):
    """A worker in a green thread of eventlet's."""


class OnAsyncio(WorkerBody, AsyncioActor):
    """A worker in a task."""


class OnProcess(WorkerBody, ProcessActor):
    """A worker in a process of its own."""


class OnRay(WorkerBody, RayActor):
    """A worker on Ray."""

    def _tell(self, what: str) -> None:
        # What two senders send has no order on Ray. The test hears of the end after the witness only in this way.
        if self._witness is not None:
            self._witness.ask(what)


class Gate(ThreadingActor):
    """Answers who asks to pass when it is open, in whatever process it is.

    Args:
        path: of a named pipe. Opening it for writing opens the gate.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def on_receive(self, message: object) -> object:
        self._path.read_bytes()  # waits for a writer, and for its end
        return message


class Witness(ThreadingActor):
    """Keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def on_receive(self, message: object) -> object:
        self.heard.append(message)
        return list(self.heard)
