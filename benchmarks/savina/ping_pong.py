"""Ping-pong: two actors send one message to and fro."""

from __future__ import annotations

from benchmarks.libraries import Behavior, Library, Ref
from benchmarks.savina.outcome import Outcome, expect, finish


class Ping(Behavior):
    """Sends the next ping for each pong, until all have been sent."""

    def __init__(self, pong: Ref, pings: int, outcome: Outcome[int]) -> None:
        super().__init__()
        self._pong = pong
        self._left = pings
        self._pongs = 0
        self._outcome = outcome

    def on_receive(self, message: str) -> None:
        if message == "pong":
            self._pongs += 1
        if self._left:
            self._left -= 1
            self._pong.tell(self.actor_ref)
        else:
            self._outcome.put(self._pongs)


class Pong(Behavior):
    """Answers whoever sends itself, and counts."""

    def __init__(self) -> None:
        super().__init__()
        self._pings = 0

    def on_receive(self, message: Ref | str) -> int:
        if not isinstance(message, str):
            self._pings += 1
            message.tell("pong")
        return self._pings


def run(library: Library, *, pings: int) -> None:
    outcome: Outcome[int] = Outcome()
    pong = library.start(Pong)
    ping = library.start(Ping, pong, pings, outcome)
    ping.tell("start")
    pongs = outcome.get()
    expect("pongs", pongs, pings)
    expect("pings", pong.ask("count"), pings)
    finish(library, outcome)
