"""The actors that the rows send to, and the declared proxies for them.

Imported by the modules of rows. Imports `benchmarks.libraries`.
"""

from __future__ import annotations

import threading
from time import perf_counter
from typing import Any

from benchmarks.libraries import Behavior, Library, Ref
from typedactors import ActorProxy
from typedactors.typing import ActorMemberMixin, proxy_field, proxy_method


class Echo(Behavior):
    """Returns what it is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.value = 1

    def on_receive(self, message: object) -> object:
        return message

    def method(self) -> int:
        return 1


# What the generator writes for such an actor. There is none to generate for: its class is made for each library.
class EchoProxy(ActorMemberMixin, ActorProxy[Any]):
    __slots__ = ()
    value = proxy_field()
    method = proxy_method()


def declared_proxy(library: Library, ref: Any) -> Any:  # of whichever library
    """The proxy with declared members; Pykka has only the one that looks at the actor."""
    return ref.proxy() if library.name == "pykka" else ref.proxy(EchoProxy)


class Asker(Behavior):
    """Asks another actor as often as it is told, and returns how many seconds that took."""

    def __init__(self, other: Ref) -> None:
        super().__init__()
        self._other = other

    def on_receive(self, message: int) -> float:
        ask = self._other.ask
        started = perf_counter()
        for _ in range(message):
            ask(1)
        return perf_counter() - started


class Wide(Behavior):
    """Has as many attributes as asked for."""

    def __init__(self, attributes: int) -> None:
        super().__init__()
        for number in range(attributes):
            setattr(self, f"attribute{number}", number)


class Idle(Behavior):
    """Does nothing."""

    def on_receive(self, message: object) -> None:
        pass


class Gate:
    """What a `Gated` actor waits at."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.open = threading.Event()


class Gated(Behavior):
    """Waits at its gate when it is told to, so that what comes after stays in its mailbox."""

    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self._gate = gate

    def on_receive(self, message: object) -> object:
        if message == "wait":
            self._gate.reached.set()
            self._gate.open.wait()
        return message

    def method(self) -> int:
        return 1
