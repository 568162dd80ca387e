"""Actors whose queue holds a sender or the actor itself between two steps, where the test wants them.

Imported by tests. Imports `support` and the package.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from types import TracebackType
from typing import Any, ClassVar

from tests.runtime.support import Gate
from typedactors import ActorRef, ThreadingActor, ThreadingFuture
from typedactors._loop import ActorLoop
from typedactors._runtime import LocalRuntime
from typedactors._wrapping import Envelope, open_envelope


class SteppedQueue:
    """A queue that calls back before and after each put, and after each get without waiting."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Envelope] = SimpleQueue()
        self.before_put: Callable[[object], None] = lambda _message: None
        self.after_put: Callable[[object], None] = lambda _message: None
        self.after_get_nowait: Callable[[object], None] = lambda _message: None

    def put(self, item: Envelope, /) -> None:
        self.before_put(open_envelope(item)[0])
        self._queue.put(item)
        self.after_put(open_envelope(item)[0])

    def get(self) -> Envelope:
        return self._queue.get()

    def get_nowait(self) -> Envelope:
        item = self._queue.get_nowait()
        self.after_get_nowait(open_envelope(item)[0])
        return item

    def empty(self) -> bool:
        return self._queue.empty()

    def qsize(self) -> int:
        return self._queue.qsize()


class SteppedRuntime:
    name = "threads, step by step"
    future_class: type[ThreadingFuture[Any]] = ThreadingFuture

    def __init__(self) -> None:
        self.queues: list[SteppedQueue] = []
        self.threads: list[threading.Thread] = []

    loop_class = ActorLoop

    def make_queue(self) -> SteppedQueue:
        self.queues.append(SteppedQueue())
        return self.queues[-1]

    def spawn(self, loop: ActorLoop, name: str, *, daemon: bool) -> None:
        self.threads.append(threading.Thread(target=loop.run, name=name, daemon=daemon))
        self.threads[-1].start()


class Stepped(ThreadingActor):
    """An actor that a test can hold in any of its moments."""

    steps: ClassVar[SteppedRuntime] = SteppedRuntime()
    _typedactors_runtime: ClassVar[LocalRuntime] = steps

    def __init__(self, *, in_on_stop: Gate | None = None) -> None:
        super().__init__()
        self._in_on_stop = in_on_stop
        self.failures: list[BaseException | None] = []

    def on_receive(self, message: Any) -> Any:  # any message
        if isinstance(message, Gate):
            message.pass_through()
        if isinstance(message, Exception):
            raise message
        return message

    def _end(self) -> None:
        if self._in_on_stop is not None:
            self._in_on_stop.pass_through()

    def on_stop(self) -> None:
        self._end()

    def on_failure(
        self,
        exception_type: type[BaseException] | None,
        exception_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._end()


def started(in_on_stop: Gate | None = None) -> tuple[ActorRef[Stepped], SteppedQueue, threading.Thread]:
    """Start an actor; return its ref, queue and thread."""
    ref = Stepped.start(in_on_stop=in_on_stop)
    return ref, Stepped.steps.queues[-1], Stepped.steps.threads[-1]


def hold_before_put(queue: SteppedQueue, message: object) -> Gate:
    """Hold the sender of a message after its look at the mailbox and before its put."""
    gate = Gate()
    queue.before_put = lambda put: gate.pass_through() if put is message else None
    return gate
