"""An actor that waits for others in every way that there is; what the tests of deadlocks share."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from tests.runtime.support import LIMIT
from typedactors import (
    ActorRef,
    DeadlockError,
    ThreadingActor,
    ThreadingFuture,
    get_all,
)

Way = Callable[[ActorRef[Any]], object]


class Waiter(ThreadingActor):
    """Waits for another actor in the way that it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.note = "note"

    def answer(self) -> str:
        return "answer"

    # Any: an actor of any class.
    def wait_for(self, target: ActorRef[Any] | None, way: Way, ready: threading.Barrier | None = None) -> object:
        """Return what came out of the wait, or the error that was raised instead of it."""
        if ready is not None:
            ready.wait(LIMIT)
        try:
            return way(self.actor_ref if target is None else target)
        except DeadlockError as error:
            return error

    def on_receive(self, message: object) -> object:
        return message


WAYS: dict[str, Way] = {
    "a call": lambda ref: ref.proxy().answer().get(),
    "a read": lambda ref: ref.proxy().note.get(),
    "an assignment": lambda ref: setattr(ref.proxy(), "note", "changed"),
    "an ask": lambda ref: ref.ask("message"),
    "a future of an ask": lambda ref: ref.ask("message", block=False).get(),
    "map": lambda ref: ref.proxy().answer().map(str).get(),
    "map of map": lambda ref: ref.proxy().answer().map(str).map(str).get(),
    "filter": lambda ref: ref.proxy().answer().filter(bool).get(),
    "reduce": lambda ref: ref.proxy().answer().reduce(max).get(),
    "join": lambda ref: ref.proxy().answer().join(ref.proxy().note).get(),
    "join behind another": lambda ref: settled("here").join(ref.proxy().note).get(),
    "get_all": lambda ref: get_all([ref.proxy().answer(), ref.proxy().note]),
    "a hook of the user": lambda ref: hooked(lambda _timeout: ref.proxy().answer().get()).get(),
    "stop": lambda ref: ref.stop(),
    "a proxy's stop": lambda ref: ref.proxy().stop().get(),
}
"""Ways to wait for an actor without a timeout. Those in which the actor answers end well if it can."""


TIMED_WAYS: dict[str, Way] = {
    "ask": lambda ref: ref.ask("message", timeout=0.01),
    "map": lambda ref: ref.proxy().answer().map(str).get(timeout=0.01),
    "join": lambda ref: ref.proxy().answer().join(ref.proxy().note).get(timeout=0.01),
    "get_all": lambda ref: get_all([ref.proxy().answer()], timeout=0.01),
}
"""Ways that give up."""


def settled(value: str) -> ThreadingFuture[str]:
    future: ThreadingFuture[str] = ThreadingFuture()
    future.set(value)
    return future


def hooked(hook: Callable[[float | None], object]) -> ThreadingFuture[object]:
    future: ThreadingFuture[object] = ThreadingFuture()
    future.set_get_hook(hook)
    return future
