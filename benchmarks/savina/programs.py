"""All programs, each in the size that is measured and in one that only shows that it works.

Imported by `benchmarks.runtime.groups` and the tests. Imports every program.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from benchmarks.libraries import Library
from benchmarks.savina import (
    banking,
    barber,
    big,
    bounded_buffer,
    chameneos,
    counting,
    dictionary,
    fork_join,
    philosophers,
    ping_pong,
    ring,
    skynet,
    smokers,
)


@dataclass(frozen=True)
class Program:
    """One program.

    Arguments:
        name: what the suite calls it.
        full: runs it in the size that is measured; raises `WrongResultError` if its result is wrong.
        short: the same, small.
    """

    name: str
    full: Callable[[Library], None]
    short: Callable[[Library], None]


PROGRAMS = (
    Program("ping-pong", partial(ping_pong.run, pings=4000), partial(ping_pong.run, pings=200)),
    Program("counting", partial(counting.run, messages=20_000), partial(counting.run, messages=1000)),
    Program("thread ring", partial(ring.run, actors=100, hops=8000), partial(ring.run, actors=10, hops=203)),
    Program(
        "fork-join throughput",
        partial(fork_join.throughput, actors=60, messages=200),
        partial(fork_join.throughput, actors=6, messages=50),
    ),
    Program("fork-join creation", partial(fork_join.creation, actors=1000), partial(fork_join.creation, actors=50)),
    Program(
        "chameneos",
        partial(chameneos.run, creatures=100, meetings=4000),
        partial(chameneos.run, creatures=7, meetings=200),
    ),
    Program("big", partial(big.run, actors=40, pings=100), partial(big.run, actors=6, pings=30)),
    Program(
        "concurrent dictionary",
        partial(dictionary.run, workers=20, count=200, writes=10),
        partial(dictionary.run, workers=4, count=60, writes=30),
    ),
    Program(
        "bounded buffer",
        partial(bounded_buffer.run, producers=20, consumers=20, items=100, size=25),
        partial(bounded_buffer.run, producers=3, consumers=4, items=40, size=5),
    ),
    Program(
        "dining philosophers",
        partial(philosophers.run, philosophers=20, meals=100),
        partial(philosophers.run, philosophers=5, meals=20),
    ),
    Program(
        "sleeping barber",
        partial(barber.run, customers=300, seats=100),
        partial(barber.run, customers=30, seats=3),
    ),
    Program(
        "cigarette smokers",
        partial(smokers.run, smokers=100, rounds=3000),
        partial(smokers.run, smokers=5, rounds=100),
    ),
    Program("banking", partial(banking.run, accounts=50, number=3000), partial(banking.run, accounts=6, number=100)),
    Program("skynet", partial(skynet.run, leaves=1000, division=10), partial(skynet.run, leaves=64, division=4)),
)
