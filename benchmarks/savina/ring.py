"""Thread ring: a token goes round a ring of actors, one hop less to go each time.

`benchmarks.runtime.lives` measures a hop with it.
"""

from __future__ import annotations

from time import perf_counter

from benchmarks.libraries import Behavior, Library, Ref
from benchmarks.savina.outcome import Outcome, expect, finish


class Node(Behavior):
    """Passes the token on to the one that it is given first."""

    def __init__(self, number: int, outcome: Outcome[tuple[int, float]]) -> None:
        super().__init__()
        self._number = number
        self._following: Ref | None = None
        self._outcome = outcome

    def on_receive(self, message: int | Ref) -> None:
        if not isinstance(message, int):
            self._following = message
        elif message and self._following is not None:
            self._following.tell(message - 1)
        else:
            self._outcome.put((self._number, perf_counter()))


def send_round(library: Library, *, actors: int, hops: int) -> float:
    """Return the seconds that the hops took."""
    outcome: Outcome[tuple[int, float]] = Outcome()
    nodes = [library.start(Node, number, outcome) for number in range(actors)]
    # Asked and not told: when the clock starts, every actor is running and knows the next one.
    library.get_all(
        [node.ask(following, block=False) for node, following in zip(nodes, [*nodes[1:], nodes[0]], strict=True)]
    )
    started = perf_counter()
    nodes[0].tell(hops)
    last, ended = outcome.get()
    expect("the last actor's number", last, hops % actors)
    finish(library, outcome)
    return ended - started


def run(library: Library, *, actors: int, hops: int) -> None:
    send_round(library, actors=actors, hops=hops)
