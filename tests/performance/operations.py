"""The hot paths, each as a function that takes one that often.

Imported by the tests and by ``record``.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import Context, ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from benchmarks.libraries import Behavior, Library
from benchmarks.runtime.actors import Echo, EchoProxy, Gate, Gated

IGNORED = (__file__, Echo.method.__code__.co_filename)


class Relay(Behavior):
    """Asks another actor as often as it is told."""

    def __init__(self, other: Any) -> None:  # a ref of whichever library
        super().__init__()
        self._other = other

    def on_receive(self, message: int) -> None:
        for _ in range(message):
            self._other.ask(1)


@dataclass(frozen=True)
class Subjects:
    """What the operations are done to."""

    library: Library
    ref: Any
    relay: Any
    dynamic: Any
    generated: Any
    gate: Gate
    gated: Any


# What these use is of whichever library, and a dynamic proxy has any attribute.
def ask(ref: Any, number: int) -> None:
    for _ in range(number):
        ref.ask(1)


@contextmanager
def held(subjects: Subjects) -> Generator[None]:
    """Have the actor wait meanwhile, or else it would depend on luck how often it runs out of messages."""
    gate = subjects.gate
    gate.reached.clear()
    gate.open.clear()
    subjects.gated.tell("wait")
    gate.reached.wait()
    yield
    gate.open.set()


def tell(subjects: Subjects, number: int) -> None:
    ref = subjects.gated
    with held(subjects):
        for _ in range(number):
            ref.tell(1)
    ref.ask(1)


def pipeline(subjects: Subjects, number: int) -> None:
    ref = subjects.gated
    with held(subjects):
        futures = [ref.ask(1, block=False) for _ in range(number)]
    for future in reversed(futures):
        future.get()


def call(proxy: Any, number: int) -> None:  # as above
    for _ in range(number):
        proxy.method().get()


def read(proxy: Any, number: int) -> None:  # as above
    for _ in range(number):
        proxy.value.get()


def defer(subjects: Subjects, proxy: Any, number: int) -> None:  # as above
    with held(subjects):
        for _ in range(number):
            proxy.method.defer()
    proxy.method().get()


def make_proxy(ref: Any, number: int) -> None:  # as above
    for _ in range(number):
        ref.proxy()


def settle(future_class: Any, number: int) -> None:  # as above
    for _ in range(number):
        future = future_class()
        future.set(1)
        future.get()


def start_and_stop(actor_class: Any, number: int) -> None:  # as above
    for _ in range(number):
        actor_class.start().stop()


def in_its_own_context(operate: Callable[[Subjects, int], object], subjects: Subjects, number: int) -> None:
    Context().run(operate, subjects, number)


def with_a_variable(operate: Callable[[Subjects, int], object]) -> Callable[[Subjects, int], object]:
    """Do it as a program does that traces its requests: with a context variable, which goes with each message."""

    def operate_with_it(subjects: Subjects, number: int) -> None:
        REQUEST.set("a request")
        operate(subjects, number)

    return operate_with_it


REQUEST: ContextVar[str] = ContextVar("request")

Operation: TypeAlias = Callable[[int], object]


OPERATIONS: dict[str, Callable[[Subjects, int], object]] = {
    "ask": lambda subjects, number: ask(subjects.ref, number),
    "ask in an actor": lambda subjects, number: subjects.relay.ask(number),
    "ask, pipelined": pipeline,
    "tell": tell,
    "tell, with a context variable": with_a_variable(tell),
    "call, generated": lambda subjects, number: call(subjects.generated, number),
    "call, dynamic": lambda subjects, number: call(subjects.dynamic, number),
    "get, generated": lambda subjects, number: read(subjects.generated, number),
    "get, dynamic": lambda subjects, number: read(subjects.dynamic, number),
    "defer, generated": lambda subjects, number: defer(subjects, subjects.gated.proxy(EchoProxy), number),
    "defer, with a context variable": with_a_variable(
        lambda subjects, number: defer(subjects, subjects.gated.proxy(EchoProxy), number)
    ),
    "defer, dynamic": lambda subjects, number: defer(subjects, subjects.gated.proxy(), number),
    "proxy": lambda subjects, number: make_proxy(subjects.ref, number),
    "future": lambda subjects, number: settle(subjects.library.future, number),
    "start and stop": lambda subjects, number: start_and_stop(subjects.library.actor_class(Echo), number),
}
NAMES = tuple(OPERATIONS)


@contextmanager
def operations(library: Library) -> Generator[dict[str, Operation]]:
    """The operations of a library by name, with actors that run meanwhile.

    Each is done in a context of its own, since what pytest and its plugins leave in theirs would go with each message.
    """
    ref: Any = library.start(Echo)
    relay: Any = library.start(Relay, ref)
    gate = Gate()
    gated: Any = library.start(Gated, gate)
    subjects = Subjects(library, ref, relay, ref.proxy(), ref.proxy(EchoProxy), gate, gated)
    try:
        yield {name: partial(in_its_own_context, operate, subjects) for name, operate in OPERATIONS.items()}
    finally:
        for each in (relay, gated, ref):
            each.stop()
