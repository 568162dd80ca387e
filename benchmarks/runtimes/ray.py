"""Asks and tells on Ray, interleaved with a plain Ray actor's: ``python -m benchmarks.runtimes.ray``.

The aims: an ask within 1.15 of a plain Ray actor's, tells at least ten times as many.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from typedactors import ThreadingActor
from typedactors.ray import start

ROUNDS, ASKS, TELLS = 7, 200, 2000


class Counter(ThreadingActor):
    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def on_receive(self, message: int) -> int:
        self.count += message
        return self.count


class Plain:
    def __init__(self) -> None:
        self.count = 0

    def add(self, by: int) -> int:
        self.count += by
        return self.count


def seconds(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def main() -> None:
    # The checkers need not have Ray, whose own types say little.
    ray: Any = import_module("ray")
    ray.init(address="local", include_dashboard=False, logging_level="WARNING")
    ours = start(Counter)
    plain = ray.remote(Plain).remote()

    def our_asks() -> None:
        for _ in range(ASKS):
            ours.ask(1)

    def plain_asks() -> None:
        for _ in range(ASKS):
            ray.get(plain.add.remote(1))

    def our_tells() -> None:
        for _ in range(TELLS):
            ours.tell(1)
        ours.ask(0)

    def plain_tells() -> None:
        for _ in range(TELLS):
            plain.add.remote(1)
        ray.get(plain.add.remote(0))

    try:
        for name, number, run, peer in (("ask", ASKS, our_asks, plain_asks), ("tell", TELLS, our_tells, plain_tells)):
            run()
            peer()
            pairs = [(seconds(run), seconds(peer)) for _ in range(ROUNDS)]
            mine, theirs = (statistics.median(side) / number * 1e6 for side in zip(*pairs, strict=True))
            print(f"{name}: {mine:.1f} us, plain Ray actor {theirs:.1f} us, ratio {mine / theirs:.3f}")
        ours.stop()
    finally:
        ray.shutdown()


if __name__ == "__main__":
    main()
