"""Chameneos: creatures meet in pairs at a mall and take on each other's complementary colour."""

from __future__ import annotations

from benchmarks.libraries import Behavior, Library, Ref
from benchmarks.savina.outcome import Outcome, expect, finish

COLOURS = ("yellow", "blue", "red")


def complement(own: str, other: str) -> str:
    """The same colour where both agree, and the third one where they do not."""
    if own == other:
        return own
    (third,) = {*COLOURS} - {own, other}
    return third


class Mall(Behavior):
    """Has each creature that comes meet the one that waits, as often as there are meetings; then sends all home."""

    def __init__(self, meetings: int, creatures: int, outcome: Outcome[tuple[int, int]]) -> None:
        super().__init__()
        self._left = meetings
        self._waiting: tuple[str, Ref] | None = None
        self._at_home = 0
        self._creatures = creatures
        self._met = 0
        self._outcome = outcome

    def on_receive(self, message: tuple[str, str, Ref] | tuple[str, int]) -> None:
        if len(message) == 2:
            self._at_home += 1
            self._met += message[1]
            if self._at_home >= self._creatures:
                self._outcome.put((self._met, self._left))
            return
        _, colour, creature = message
        if not self._left:
            creature.tell(("home",))
        elif self._waiting is None:
            self._waiting = colour, creature
        else:
            self._left -= 1
            other_colour, other = self._waiting
            self._waiting = None
            other.tell(("meet", colour))
            creature.tell(("meet", other_colour))


class Creature(Behavior):
    """Goes to the mall again and again, and says how often it has met another when it is sent home."""

    def __init__(self, mall: Ref, colour: str) -> None:
        super().__init__()
        self._mall = mall
        self._colour = colour
        self._meetings = 0

    def on_receive(self, message: tuple[str, ...]) -> None:
        if message[0] == "home":
            self._mall.tell(("met", self._meetings))
            return
        if message[0] == "meet":
            self._meetings += 1
            self._colour = complement(self._colour, message[1])
        self._mall.tell(("come", self._colour, self.actor_ref))


def run(library: Library, *, creatures: int, meetings: int) -> None:
    outcome: Outcome[tuple[int, int]] = Outcome()
    mall = library.start(Mall, meetings, creatures, outcome)
    for number in range(creatures):
        library.start(Creature, mall, COLOURS[number % len(COLOURS)]).tell(("begin",))
    expect("creatures that met, meetings left", outcome.get(), (2 * meetings, 0))
    finish(library, outcome)
