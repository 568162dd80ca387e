"""Rows: what it costs to send, in each of the ways there are.

Imported by `benchmarks.runtime.groups`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any

from benchmarks.libraries import Library
from benchmarks.runtime import floor
from benchmarks.runtime.actors import Asker, Echo, declared_proxy
from benchmarks.runtime.row import Row, Sample, compare

PATIENCE = 10
"""How many times as long as others' the samples last of rows whose threads compete for the interpreter.

Threads change turns every 5 ms. The senders of a sample that lasts 25 ms have sent all they have in a turn or two each,
before the actor or another sender is in their way, which is what such a row is about.
"""

IN_FLIGHT = 10_000
"""How many pipelined asks there are at a time."""


def ask(library: Library) -> Sample:
    def sample(loops: int) -> float:
        ref = library.start(Echo)
        for _ in range(loops // 10 + 1):
            ref.ask(1)
        started = perf_counter()
        for _ in range(loops):
            ref.ask(1)
        elapsed = perf_counter() - started
        ref.stop()
        return elapsed

    return sample


def ask_in_an_actor(library: Library) -> Sample:
    def sample(loops: int) -> float:
        ref = library.start(Echo)
        asker = library.start(Asker, ref)
        asker.ask(loops // 10 + 1)
        elapsed: float = asker.ask(loops)
        asker.stop()
        ref.stop()
        return elapsed

    return sample


# A proxy is of whichever library, and a dynamic one has any attribute.
def through(proxy_of: Callable[[Library, Any], Any], use: Callable[[Any, int], float]) -> Callable[[Library], Sample]:
    """Rows of a proxy: ``use`` does something with one that often, and returns the seconds."""

    def of(library: Library) -> Sample:
        def sample(loops: int) -> float:
            ref = library.start(Echo)
            proxy = proxy_of(library, ref)
            use(proxy, loops // 10 + 1)
            elapsed = use(proxy, loops)
            ref.stop()
            return elapsed

        return sample

    return of


def dynamic_proxy(library: Library, ref: Any) -> Any:  # of whichever library
    return ref.proxy()


def call(proxy: Any, loops: int) -> float:  # as above
    started = perf_counter()
    for _ in range(loops):
        proxy.method().get()
    return perf_counter() - started


def read(proxy: Any, loops: int) -> float:  # as above
    started = perf_counter()
    for _ in range(loops):
        proxy.value.get()
    return perf_counter() - started


def defer(proxy: Any, loops: int) -> float:  # as above
    started = perf_counter()
    for _ in range(loops):
        proxy.method.defer()
    proxy.method().get()
    return perf_counter() - started


def tell(library: Library) -> Sample:
    """Send, and wait until the last message has been handled."""

    def sample(loops: int) -> float:
        ref = library.start(Echo)
        started = perf_counter()
        for _ in range(loops):
            ref.tell(1)
        ref.ask(1)
        elapsed = perf_counter() - started
        ref.stop()
        return elapsed

    return sample


def tell_from(senders: int) -> Callable[[Library], Sample]:
    def of(library: Library) -> Sample:
        def sample(loops: int) -> float:
            ref = library.start(Echo)
            elapsed = floor.together(senders, loops, partial(ref.tell, 1), partial(ref.ask, 1))
            ref.stop()
            return elapsed

        return sample

    return of


def pipeline(in_flight: int) -> Callable[[Library], Sample]:
    """Ask that often and wait for all the answers then, again and again; at least once."""

    def of(library: Library) -> Sample:
        def sample(loops: int) -> float:
            ref = library.start(Echo)
            times = max(loops // in_flight, 1)
            started = perf_counter()
            for _ in range(times):
                library.get_all([ref.ask(1, block=False) for _ in range(in_flight)])
            elapsed = perf_counter() - started
            ref.stop()
            return elapsed * loops / (times * in_flight)

        return sample

    return of


def settle(library: Library) -> Sample:
    future_class = library.future

    def sample(loops: int) -> float:
        started = perf_counter()
        for _ in range(loops):
            future = future_class()
            future.set(1)
            future.get()
        return perf_counter() - started

    return sample


def rows() -> list[Row]:
    competing = partial(compare, patience=PATIENCE, rounds=4)
    return [
        compare("ask, blocking", ask, floor.ask),
        compare("actor to actor ask", ask_in_an_actor, floor.ask_from_a_thread),
        compare("proxy.m().get(), generated", through(declared_proxy, call), floor.call),
        compare("proxy.m().get(), dynamic", through(dynamic_proxy, call), floor.call),
        compare("attribute get, generated", through(declared_proxy, read), floor.read),
        compare("attribute get, dynamic", through(dynamic_proxy, read), floor.read),
        competing("tell, one sender", tell, floor.tell),
        competing("tell, four senders", tell_from(4), floor.tell_from(4)),
        competing("defer, generated", through(declared_proxy, defer), floor.defer),
        competing("defer, dynamic", through(dynamic_proxy, defer), floor.defer),
        competing("ask, pipelined", pipeline(IN_FLIGHT), floor.pipeline(IN_FLIGHT)),
        compare("future set + get", settle, floor.settle),
    ]
