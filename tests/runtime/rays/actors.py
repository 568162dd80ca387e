"""The actors that the tests of Ray start; importable, because Ray's processes import them."""

from __future__ import annotations

import os
import threading
from importlib import import_module
from pathlib import Path
from typing import Any

from typedactors import ActorRef, Timeout
from typedactors.process import ProcessActor
from typedactors.ray import RayActor


class Counter(RayActor):
    """An actor that can do all that is to be tested."""

    def __init__(self, count: int = 0) -> None:
        super().__init__()
        if count < 0:
            raise KeyError(count)
        self.count = count
        self.seen: list[object] = []

    def add(self, by: int = 1) -> int:
        self.count += by
        return self.count

    def on_receive(self, message: object) -> object:
        self.seen.append(message)
        return message

    def process_id(self) -> int:
        return os.getpid()

    def node_id(self) -> str:
        return str(_context().get_node_id())

    def start_another(self) -> ActorRef[Counter]:
        return Counter.start(5)

    def myself(self) -> ActorRef[Any]:  # of this class
        return self.actor_ref

    def add_at(self, other: ActorRef[Any]) -> object:  # of this class
        return other.proxy().add().get(timeout=20)

    def remind_myself(self) -> None:
        self.actor_ref.tell("reminder")

    def extend(self, numbers: list[int]) -> list[int]:
        numbers.append(0)
        self.seen.append(numbers)
        return numbers

    def fail(self, text: str) -> None:
        raise LookupError(text)

    def make_lock(self) -> object:
        return threading.Lock()

    def wait(self) -> None:
        threading.Event().wait()

    def ask_to_be_asked(self, other: ActorRef[Any]) -> str:  # of this class
        """Wait for one that waits for this actor."""
        return str(other.ask(self.actor_ref, timeout=20))


class Circular(Counter):
    """An actor that waits for whom it hears of, but not for ever."""

    def on_receive(self, message: object) -> object:
        assert isinstance(message, ActorRef)
        try:
            message.ask("anything", timeout=0.2)
        except Timeout:
            return "timed out"
        return "was answered"


class Recorder(RayActor):
    """Keeps each message after the call of Ray's that brought it. A path is that of a pipe to wait at."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, object]] = []

    def on_receive(self, message: object) -> None:
        self.heard.append((str(_context().get_task_id()), message))
        if isinstance(message, Path):
            message.read_bytes()


class Relay(ProcessActor):
    """Has a process of its own, and sends on what it is given."""

    def ask_with(self, whom: ActorRef[Any], message: object) -> object:  # of any class
        return whom.ask(message, timeout=20)

    def tell_with(self, whom: ActorRef[Any], message: object) -> None:  # of any class
        whom.tell(message)

    def sees_the_end_of(self, whom: ActorRef[Any]) -> bool:  # of any class
        return whom.actor_stopped.wait(20) and not whom.is_alive()


class Parting(RayActor):
    """Tells another one much when it is stopped, and the pipe at last."""

    def __init__(self, heir: ActorRef[Recorder], pipe: Path) -> None:
        super().__init__()
        self._heir = heir
        self._pipe = pipe

    def process_id(self) -> int:
        return os.getpid()

    def on_stop(self) -> None:
        for number in range(100):
            self._heir.tell(number)
        self._heir.tell(self._pipe)


def _context() -> Any:
    return import_module("ray").get_runtime_context()
