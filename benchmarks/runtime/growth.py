"""Rows: how costs grow, with the number of actors, of senders, and of messages that wait.

Imported by `benchmarks.runtime.groups` and by what shows the results.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from benchmarks.libraries import Library
from benchmarks.runtime import floor
from benchmarks.runtime.actors import Gate, Gated
from benchmarks.runtime.lives import start_and_stop
from benchmarks.runtime.messages import ask, pipeline, tell_from
from benchmarks.runtime.registry import running
from benchmarks.runtime.row import Row, Sample, compare


def among(of: Callable[[Library], Sample]) -> Callable[[int], Callable[[Library], Sample]]:
    """The same, where that many other actors are running."""

    def growing(actors: int) -> Callable[[Library], Sample]:
        def of_library(library: Library) -> Sample:
            inner = of(library)

            def sample(loops: int) -> float:
                with running(library, actors):
                    return inner(loops)

            return sample

        return of_library

    return growing


def backlog(messages: int) -> Callable[[Library], Sample]:
    """Put that many messages into the mailbox of an actor that is busy, and wait until it has handled them all."""

    def of(library: Library) -> Sample:
        def sample(loops: int) -> float:
            gate = Gate()
            ref = library.start(Gated, gate)
            ref.tell("wait")
            gate.reached.wait()
            started = perf_counter()
            for _ in range(messages):
                ref.tell(1)
            answer = ref.ask(1, block=False)
            gate.open.set()
            answer.get()
            elapsed = perf_counter() - started
            ref.stop()
            return elapsed / messages * loops

        return sample

    return of


def floor_backlog(messages: int) -> Sample:
    def sample(loops: int) -> float:
        gate = Gate()

        def handle(message: object) -> object:
            if message == "wait":
                gate.reached.set()
                gate.open.wait()
            return message

        with floor.served(handle) as (queue, _):
            queue.put(("wait", None))
            gate.reached.wait()
            started = perf_counter()
            for _ in range(messages):
                queue.put((1, None))
            lock = floor.taken_lock()
            queue.put((1, lock))
            gate.open.set()
            lock.acquire()
            return (perf_counter() - started) / messages * loops

    return sample


PREFIX = "growth: "
"""What the names of these rows begin with."""


@dataclass(frozen=True)
class Curve:
    """One cost, at several sizes.

    Arguments:
        name: what is measured.
        axis: what grows.
        points: how large it is, in the full run; the short one takes the first two.
        of: the samples at a size.
        floor: the floor's at a size.
        loops: how often each sample of the full run does it; in the short one `SHORT_LOOPS` at the most.
    """

    name: str
    axis: str
    points: tuple[int, ...]
    of: Callable[[int], Callable[[Library], Sample]]
    floor: Callable[[int], Sample]
    loops: int

    def row_name(self, point: int) -> str:
        return f"{PREFIX}{self.name}, {point:,} {self.axis}"


SHORT_LOOPS = 1000
ACTORS = (10, 100, 1000, 4000)
CURVES = (
    # To start the other actors takes far longer than what is sampled, so nothing is tried out before.
    Curve("ask", "other actors", ACTORS, among(ask), lambda point: floor.ask, loops=1000),
    Curve("start + stop", "other actors", ACTORS, among(start_and_stop), lambda point: floor.start_and_stop, loops=100),
    # As many for each contender. With fewer, Pykka's senders would not come to compete; see `messages.PATIENCE`.
    Curve("tell", "senders", (1, 2, 4, 8, 16, 32), tell_from, floor.tell_from, loops=300_000),
    Curve("tell", "messages waiting", (10, 100, 1000, 10_000, 100_000), backlog, floor_backlog, loops=1),
    Curve("ask, pipelined", "asks in flight", (10, 100, 1000, 10_000), pipeline, floor.pipeline, loops=20_000),
)


def rows(*, short: bool) -> list[Row]:
    return [
        compare(
            curve.row_name(point),
            curve.of(point),
            curve.floor(point),
            loops=min(curve.loops, SHORT_LOOPS) if short else curve.loops,
            rounds=3,
        )
        for curve in CURVES
        for point in (curve.points[:2] if short else curve.points)
    ]
