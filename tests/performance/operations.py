"""The hot paths, each as a function that takes one that often.

Imported by the tests and by ``record``.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from benchmarks.libraries import OWN, Behavior, Library
from benchmarks.runtime.actors import Echo, EchoProxy

IGNORED = (__file__, Echo.method.__code__.co_filename)


class Relay(Behavior):
    """Asks another actor as often as it is told."""

    def __init__(self, other: Any) -> None:
        super().__init__()
        self._other = other

    def on_receive(self, message: int) -> None:
        for _ in range(message):
            self._other.ask(1)


def ask(ref: Any, number: int) -> None:
    for _ in range(number):
        ref.ask(1)


def tell(ref: Any, number: int) -> None:
    for _ in range(number):
        ref.tell(1)
    ref.ask(1)


def pipeline(ref: Any, number: int) -> None:
    for future in [ref.ask(1, block=False) for _ in range(number)]:
        future.get()


def call(proxy: Any, number: int) -> None:
    for _ in range(number):
        proxy.method().get()


def read(proxy: Any, number: int) -> None:
    for _ in range(number):
        proxy.value.get()


def defer(proxy: Any, number: int) -> None:
    for _ in range(number):
        proxy.method.defer()
    proxy.method().get()


def make_proxy(ref: Any, number: int) -> None:
    for _ in range(number):
        ref.proxy()


def settle(future_class: Any, number: int) -> None:
    for _ in range(number):
        future = future_class()
        future.set(1)
        future.get()


def start_and_stop(actor_class: Any, number: int) -> None:
    for _ in range(number):
        actor_class.start().stop()


Operation = Callable[[int], None]


@contextmanager
def operations(library: Library) -> Generator[dict[str, Operation]]:
    """The operations of a library by name, with actors that run meanwhile."""
    ref: Any = library.start(Echo)
    relay: Any = library.start(Relay, ref)
    dynamic, generated = ref.proxy(), ref.proxy(EchoProxy)
    echo_class = library.actor_class(Echo)
    try:
        yield {
            "ask": lambda number: ask(ref, number),
            "ask in an actor": lambda number: relay.ask(number),
            "ask, pipelined": lambda number: pipeline(ref, number),
            "tell": lambda number: tell(ref, number),
            "call, generated": lambda number: call(generated, number),
            "call, dynamic": lambda number: call(dynamic, number),
            "get, generated": lambda number: read(generated, number),
            "get, dynamic": lambda number: read(dynamic, number),
            "defer, generated": lambda number: defer(generated, number),
            "defer, dynamic": lambda number: defer(dynamic, number),
            "proxy": lambda number: make_proxy(ref, number),
            "future": lambda number: settle(library.future, number),
            "start and stop": lambda number: start_and_stop(echo_class, number),
        }
    finally:
        relay.stop()
        ref.stop()
