"""Members with the names of what the generated module and the proxies have of their own."""

from __future__ import annotations

from typing import TypeVar

import typedactors
from typedactors import ThreadingActor, traversable

T = TypeVar("T")


class CounterProxy:
    """A class of the user's with a generated name."""


class NameClashes(ThreadingActor):
    NameClashesProxy: int = 0
    ActorProxy: str = ""

    def defer(self, when: float) -> float:
        return when

    def get(self) -> CounterProxy:
        return CounterProxy()

    def value(self, value: T) -> T:
        return value

    def cls(self, self_: int, cls: int) -> int:
        return self_ + cls

    def ActorRef(self) -> typedactors.ActorRef[NameClashes]:
        return self.actor_ref

    def annotations(self) -> int:
        return 1

    def _T(self) -> int:
        return 1

    def on_start(self) -> None: ...

    def tell(self, message: str) -> int:
        return len(message)

    def ask(self) -> str:
        return ""

    def proxy(self) -> bytes:
        return b""


class Counter(ThreadingActor):
    def add(self) -> int:
        return 1


@traversable
class Counters:
    size = 1


class Counter_add(ThreadingActor):
    def call(self) -> str:
        return ""

    @property
    def counters(self) -> Counters:
        return Counters()
