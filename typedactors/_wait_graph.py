"""The wait-for graph as something to look at: which actor does what, and which waits for which.

The edges are those that `_deadlock` keeps up to date. They are read without any lock while the actors go on, so that
a graph can be made at any time, in a signal handler too: each actor is shown as it was at some moment of the reading.
Actors that wait for each other for ever do not change, and are shown as they are.

Imports `_deadlock`, `_loop`, `_mailbox` and `_registry`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from typedactors._deadlock import describe
from typedactors._loop import ending
from typedactors._mailbox import Mailbox
from typedactors._registry import ActorRegistry

if TYPE_CHECKING:
    from typedactors._deadlock import Promise

__all__ = ["ActorState", "Wait", "WaitForGraph", "read_graph"]


@dataclass(frozen=True, slots=True)
class Wait:
    """What an actor waits for."""

    request: str
    """What was asked for: the member of a proxy, ``on_receive(Tick)`` for a plain message, or ``stop``."""

    of: str | None
    """The actor that has it to give, as its class and URN; ``None`` if that is no actor's duty."""

    has_timeout: bool
    """Whether the wait ends by itself."""

    def __str__(self) -> str:
        giver = "" if self.of is None else f" of {self.of}"
        return f"{self.request}{giver}{', with a timeout' if self.has_timeout else ''}"


@dataclass(frozen=True, slots=True)
class ActorState:
    """What one actor was doing."""

    name: str
    """Its class and its URN."""

    handling: str | None
    """The member or message in hand, or the hook; ``None`` if it was idle or had not begun."""

    depth: int
    """How many messages were in its mailbox, without the one in hand."""

    wait: Wait | None
    """What it waited for, if it did."""

    def __str__(self) -> str:
        work = "idle" if self.handling is None else f"in {self.handling}"
        wait = "" if self.wait is None else f", waits for {self.wait}"
        return f"{self.name}: {work}, {_count(self.depth, 'message')} in its mailbox{wait}"


@dataclass(frozen=True, slots=True)
class WaitForGraph:
    """Who waited for whom, at the time when the graph was made. ``str()`` gives it as text."""

    actors: tuple[ActorState, ...]
    """All actors: those in the registry, in the order of their start, and then those that were ending."""

    def rings(self) -> tuple[tuple[str, ...], ...]:
        """Return the actors that wait for each other in a circle without a timeout, circle by circle.

        There is none while deadlocks are detected, but for the moment before the error is raised.
        """
        after = {
            actor.name: actor.wait.of
            for actor in self.actors
            if actor.wait is not None and actor.wait.of is not None and not actor.wait.has_timeout
        }
        rings: list[tuple[str, ...]] = []
        seen: set[str] = set()
        for start in after:
            path: list[str] = []
            name: str | None = start
            while name is not None and name not in seen:
                seen.add(name)
                path.append(name)
                name = after.get(name)
            if name in path:
                rings.append(tuple(path[path.index(name) :]))
        return tuple(rings)

    def text(self) -> str:
        """Return the graph as text, a line for each actor, the circles last."""
        waiting = sum(actor.wait is not None for actor in self.actors)
        lines = [f"{_count(len(self.actors), 'actor')}, {waiting} waiting for an answer"]
        lines += [f"  {actor}" for actor in self.actors]
        for ring in self.rings():
            lines += ["these wait for each other and never go on:", *(f"  {name}" for name in ring)]
        return "\n".join(lines)

    def mermaid(self) -> str:
        """Return the graph as a Mermaid flowchart, which many viewers of Markdown draw.

        Actors are shown with the first eight digits of their URNs. An arrow goes from the actor that
        waits to the one that it waits for; it is dotted if the wait has a timeout.
        """
        # An actor may be waited for that had ended when the list of actors was made.
        awaited = (actor.wait.of for actor in self.actors if actor.wait is not None and actor.wait.of is not None)
        numbers = {name: number for number, name in enumerate(dict.fromkeys((*self._names(), *awaited)))}
        labels = {actor.name: _label(actor) for actor in self.actors}
        lines = ["flowchart LR"]
        lines += [f'    a{number}["{labels.get(name) or _escape(_short(name))}"]' for name, number in numbers.items()]
        for actor in self.actors:
            wait = actor.wait
            if wait is None:
                continue
            number = numbers[actor.name]
            if wait.of is None:
                lines.append(f'    nobody{number}(["no actor"])')
            target = f"nobody{number}" if wait.of is None else f"a{numbers[wait.of]}"
            arrow = "-.->" if wait.has_timeout else "-->"
            lines.append(f'    a{number} {arrow}|"{_escape(wait.request)}"| {target}')
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text()

    def _names(self) -> tuple[str, ...]:
        return tuple(actor.name for actor in self.actors)


def read_graph() -> WaitForGraph:
    """Return the graph as it is now. Callable from any thread, and from a signal handler."""
    # In this order, so that an actor that leaves the registry meanwhile is not missed.
    ends = (ref._mailbox for ref in ActorRegistry.get_all())
    # What an actor in another process does is not known here.
    mailboxes = dict.fromkeys(end for end in ends if isinstance(end, Mailbox))
    mailboxes |= dict.fromkeys(ending.copy())
    return WaitForGraph(tuple(_read(mailbox) for mailbox in mailboxes))


def _read(mailbox: Mailbox) -> ActorState:
    activity = mailbox.activity
    handling = activity.handling
    wait = _read_wait(activity.waiting_for, has_timeout=False)
    if wait is None:
        wait = _read_wait(activity.waiting_with_timeout_for, has_timeout=True)
    return ActorState(str(activity), None if handling is None else describe(handling), mailbox.depth(), wait)


def _read_wait(promise: Promise | None, *, has_timeout: bool) -> Wait | None:
    if promise is None or promise.done():
        return None
    promised_by = promise.promised_by
    return Wait(describe(promise.request), None if promised_by is None else str(promised_by), has_timeout)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _label(actor: ActorState) -> str:
    lines = [_short(actor.name)]
    if actor.handling is not None:
        lines.append(f"in {actor.handling}")
    if actor.depth:
        lines.append(f"{_count(actor.depth, 'message')} waiting")
    return "<br>".join(_escape(line) for line in lines)


def _short(name: str) -> str:
    """Return the class of an actor and the first eight digits of its URN."""
    class_name, _, urn = name.partition(" (urn:uuid:")
    return f"{class_name} {urn[:8]}".rstrip()


def _escape(text: str) -> str:
    """Return text as it may stand between quotation marks in Mermaid."""
    return text.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
