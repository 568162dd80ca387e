"""The actors that the tests of Ray start; importable, because Ray's processes import them."""

from __future__ import annotations

import os
import threading
from typing import Any

from typedactors import ActorRef
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

    def myself(self) -> ActorRef[Any]:  # of this class
        return self.actor_ref

    def add_at(self, other: ActorRef[Any]) -> object:  # of this class
        return other.proxy().add().get(timeout=20)

    def remind_myself(self) -> None:
        self.actor_ref.tell("reminder")

    def fail(self, text: str) -> None:
        raise LookupError(text)

    def make_lock(self) -> object:
        return threading.Lock()

    def wait(self) -> None:
        threading.Event().wait()
