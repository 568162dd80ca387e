"""Many races in a row, counted and printed; also as a program.

python -m tests.runtime.race_session --asks 2000000
python -m tests.runtime.race_session --asks 20000 --library pykka --limit 0.5
"""

from __future__ import annotations

import argparse
import importlib
import logging
import random
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

from tests.runtime.race import LIMIT, End, Tally, race_against
from tests.runtime.race_ends import ENDS


@contextmanager
def switch_interval(seconds: float | None) -> Generator[None]:
    """Have the interpreter change threads so often meanwhile; ``None`` leaves it as it is."""
    before = sys.getswitchinterval()
    if seconds is not None:
        sys.setswitchinterval(seconds)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@contextmanager
def silence(library: Any) -> Generator[None]:  # any library
    """Log nothing meanwhile but dead letters: not thousands of records of the exceptions that are wanted."""
    logger = logging.getLogger(library.__name__)
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def race_until(
    library: Any,  # any library like Pykka
    asks: int,
    ends: Sequence[End] = ENDS,
    *,
    kind: str = "ThreadingActor",
    seed: int = 1,
    limit: float = LIMIT,
    most: int = 300,
) -> dict[str, Tally]:
    """Race against one end after the other, until so many asks have been sent.

    Args:
        library: the module of the library under test.
        asks: how many asks are enough.
        ends: the ends; each is raced against equally often.
        kind: the name of the class that the actors derive from.
        seed: which numbers of messages come before the ends.
        limit: seconds after which a thread is counted as hung.
        most: how many messages each sender sends before the end, at the most.

    Returns:
        What became of the messages, for each end.
    """
    chooser = random.Random(seed)
    tallies = {end.name: Tally() for end in ends}
    with silence(library):
        while sum(tally.asks for tally in tallies.values()) < asks:
            after = chooser.randrange(1, most)
            for end in ends:
                tallies[end.name].add(race_against(library, end, kind=kind, after=after, limit=limit))
    return tallies


def total_of(tallies: dict[str, Tally]) -> Tally:
    """Return the sum."""
    total = Tally()
    for tally in tallies.values():
        total.add(tally)
    return total


def report(title: str, tallies: dict[str, Tally]) -> str:
    """Return a table of the counts, as text."""
    width = max(len(name) for name in tallies)
    total = total_of(tallies)
    columns = ("asks", "tells", "answered", "refused", "hung", "lost asks", "lost tells", "doubled")
    lines = [title, " " * width + "".join(f"{column:>11}" for column in columns)]
    for name, tally in (*tallies.items(), ("total", total)):
        counts = (
            tally.asks,
            tally.tells,
            tally.answered,
            tally.refused,
            tally.hung,
            len(tally.lost_asks),
            len(tally.lost_tells),
            len(tally.doubled),
        )
        lines.append(f"{name:{width}}" + "".join(f"{count:11,}" for count in counts))
    lines += [f"lost or doubled: {message}" for message in (*total.lost[:10], *total.doubled[:10])]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description="Race askers and tellers against the ends of actors.")
    parser.add_argument("--asks", type=int, default=2_000_000)
    parser.add_argument("--library", default="typedactors")
    parser.add_argument("--kind", default="ThreadingActor", help="the class that the actors derive from")
    parser.add_argument("--switch-interval", type=float, default=None, metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=LIMIT, metavar="SECONDS")
    arguments = parser.parse_args()
    library = importlib.import_module(arguments.library)
    begun = time.monotonic()
    with switch_interval(arguments.switch_interval):
        tallies = race_until(library, arguments.asks, kind=arguments.kind, seed=arguments.seed, limit=arguments.limit)
    title = (
        f"{arguments.library}.{arguments.kind} on Python {sys.version.split()[0]}, seed {arguments.seed}, "
        f"switch interval {arguments.switch_interval or sys.getswitchinterval()} s, {time.monotonic() - begun:.0f} s:"
    )
    sys.stdout.write(report(title, tallies) + "\n")
    return 1 if any(total_of(tallies).faults) else 0


if __name__ == "__main__":
    sys.exit(main())
