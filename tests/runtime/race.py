"""A race of askers and tellers against the end of an actor, and the count of what became of each message.

The library under test is an argument and only what every library like Pykka has is used, so that the same race can be
run against another one, or against a mailbox that is broken on purpose: a count that can never be wrong proves nothing.
Which ends there are is in `race_ends`; many races in a row are a `race_session`.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from typing import Any

LIMIT = 30.0
"""Seconds after which a thread that must end is counted as hung."""

MESSAGES_PER_SENDER = 4000
"""How many messages a sender has sent if the actor's end does not come before."""


@dataclass(slots=True)
class Tally:
    """What became of all the messages of a race."""

    asks: int = 0
    """Asks that were sent, those of which nobody heard again among them."""

    tells: int = 0
    """Tells that were sent."""

    answered: int = 0
    """Asks that were handled and got their value."""

    refused: int = 0
    """Asks and tells that raised because the actor was dead, and were not handled."""

    handled: int = 0
    """Tells that were handled."""

    dead_letters: int = 0
    """Tells that were accepted, not handled, and logged."""

    hung: int = 0
    """Threads that did not end: of the actor, or of somebody who waits for an answer."""

    lost_asks: list[str] = field(default_factory=list[str])
    """Asks whose future nobody will ever settle."""

    lost_tells: list[str] = field(default_factory=list[str])
    """Tells that were accepted, and of which nobody heard again."""

    doubled: list[str] = field(default_factory=list[str])
    """Messages that met more than one fate."""

    def add(self, other: Tally) -> None:
        """Count another race too."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    @property
    def lost(self) -> list[str]:
        """All that was lost."""
        return self.lost_asks + self.lost_tells

    @property
    def faults(self) -> tuple[int, int, int]:
        """How many hung, were lost, were doubled."""
        return self.hung, len(self.lost_asks) + len(self.lost_tells), len(self.doubled)


@dataclass(frozen=True, slots=True)
class End:
    """A way in which an actor ends.

    Args:
        name: what it is called in reports.
        bring_about: ends the actor, or has it end itself. Called with the library and the ref.
        held: the actor handles nothing before the end is on its way, so that all waits in its mailbox.
        in_on_start: what ``on_start`` raises when the messages have begun to come.
    """

    name: str
    bring_about: Callable[[Any, Any], object] = lambda _library, _ref: None  # any library's ref
    held: bool = False
    in_on_start: BaseException | None = None

    @property
    def ends_all(self) -> bool:
        """Whether all the other actors stop after it as well."""
        return any(name in self.name for name in ("SystemExit", "KeyboardInterrupt", "CancelledError"))


class _Letters(logging.Handler):
    """Collects the messages of the dead letters."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.messages: list[object] = []

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.args, tuple):
            self.messages.append(record.args[-1])


@contextmanager
def _collected_letters(logger_name: str) -> Generator[list[object]]:
    letters = _Letters()
    logger = logging.getLogger(logger_name)
    level, propagate = logger.level, logger.propagate
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(letters)
    try:
        yield letters.messages
    finally:
        logger.removeHandler(letters)
        logger.setLevel(level)
        logger.propagate = propagate


class _Sender:
    """Sends in all the ways that there are, in turn, until the actor refuses.

    Args:
        library: the library under test.
        ref: the actor.
        name: what the messages begin with.
        waits: whether it waits for the answer to each fourth message.
        ready: all senders begin together.
        due: called when the first messages are sent.
        after: how many those are.
    """

    def __init__(
        self,
        library: Any,  # any library
        ref: Any,  # its ref
        name: str,
        *,
        waits: bool,
        ready: threading.Barrier,
        due: threading.Event,
        after: int,
    ) -> None:
        self.asked: dict[str, Any] = {}  # the library's futures
        self.waited: dict[str, object] = {}  # what came of those that were waited for
        self.told: list[str] = []
        self.refused: set[str] = set()
        self._library = library
        self._ref = ref
        self._proxy = ref.proxy()
        self._name = name
        self._waits = waits
        self._ready = ready
        self._due = due
        self._after = after
        self.thread = threading.Thread(target=self._send, name=name, daemon=True)
        self.thread.start()

    def _send(self) -> None:
        self._ready.wait()
        for number in range(MESSAGES_PER_SENDER):
            self._send_one(f"{self._name}, {number}", number % 4)
            if number == self._after:
                self._due.set()
            if number % 8 == 0 and not self._ref.is_alive():
                break
        self._due.set()  # if the actor ended by itself

    def _send_one(self, message: str, way: int) -> None:
        if way == 0:
            self.asked[message] = self._ref.ask(message, block=False)
        elif way == 1 and self._waits:
            # Whoever waits for ever is a thread that hangs, which is counted by itself.
            try:
                self.waited[message] = self._ref.ask(message)
            except self._library.ActorDeadError as error:
                self.waited[message] = error
        elif way == 1:
            self.asked[message] = self._proxy.on_receive(message)
        else:
            self.told.append(message)
            try:
                if way == 2:
                    self._ref.tell(message)
                else:
                    self._proxy.on_receive.defer(message)
            except self._library.ActorDeadError:
                self.refused.add(message)


def race_against(
    library: Any,  # any library like Pykka
    end: End,
    *,
    kind: str = "ThreadingActor",
    after: int,
    senders: int = 4,
    limit: float = LIMIT,
    before: Callable[[], object] | None = None,
) -> Tally:
    """Run one race and count.

    Args:
        library: the module of the library under test.
        end: how the actor ends.
        kind: the name of the class that the actor derives from.
        after: how many messages each sender has sent when the end begins.
        senders: how many threads send meanwhile, and go on until the actor refuses.
        limit: how many seconds to wait for each thread that must end.
        before: called when all threads have been started, and before any message is sent.
    """
    handled: list[str] = []
    threads: list[tuple[threading.Thread, str]] = []
    started, due, released = threading.Event(), threading.Event(), threading.Event()

    class Target(getattr(library, kind)):  # type: ignore[misc]  # any library's
        use_daemon_thread = True

        def on_start(self) -> None:
            threads.append((threading.current_thread(), threading.current_thread().name))
            started.set()
            if end.in_on_start is not None:
                due.wait()
                raise end.in_on_start

        def on_receive(self, message: Any) -> Any:  # a message of a sender, or what ends the actor
            if isinstance(message, BaseException):
                raise message
            if message == "hold":
                released.wait()
            else:
                handled.append(message)
            return message

        def end_itself(self) -> None:
            self.stop()

    with _collected_letters(f"{library.__name__}.dead_letters") as letters:
        # It is stopped as the last one. Until then the next race must not begin, or its actor might be stopped too.
        bystander: Any = library.ThreadingActor.start() if end.ends_all else None  # any library's ref
        ref = Target.start()
        started.wait()
        if end.held:
            ref.tell("hold")
        ready = threading.Barrier(senders + 1)
        running = [
            _Sender(library, ref, f"sender {number}", waits=number == 0, ready=ready, due=due, after=after)
            for number in range(senders)
        ]
        if before is not None:
            before()
        ready.wait()
        due.wait()
        future = end.bring_about(library, ref)
        released.set()
        tally = Tally()
        for sender in running:
            sender.thread.join(limit)
            tally.hung += sender.thread.is_alive()
        tally.hung += not _has_ended(library, ref, limit, threads if kind == "ThreadingActor" else [])
        if bystander is not None:
            tally.hung += not bystander.actor_stopped.wait(limit)
            bystander.stop(block=False)
        # From here on nobody is left who could answer a sender: what has no answer now never gets one. Whoever asked
        # for the end is told as the very last thing, which may still be under way.
        if _is_lost(library, future, limit):
            tally.lost_asks.append("what ended the actor")
        times, dead = Counter(handled), Counter(_name_of(letter) for letter in letters)
        for sender in running:
            _count_asks(library, sender, times, tally)
            _count_tells(sender, times, dead, tally)
    return tally


def _has_ended(
    library: Any,  # any library
    ref: Any,  # its ref
    limit: float,
    threads: list[tuple[threading.Thread, str]],
) -> bool:
    """Wait for the end of an actor, and of its thread unless that has begun something else, under another name."""
    try:
        ref.stop(timeout=limit)
    except library.Timeout:
        return False
    for thread, name in threads:
        if thread.name == name:
            thread.join(limit)
            if thread.is_alive() and thread.name == name:
                return False
    return True


def _name_of(letter: object) -> str:
    """Return the message that a sender told, as it is or in the call of a proxy."""
    arguments: tuple[object, ...] = getattr(letter, "args", (letter,))
    return str(arguments[0])


def _is_lost(library: Any, future: object, limit: float) -> bool:  # any library
    """Tell whether something is a future that gets neither a value nor an exception."""
    get: Any = getattr(future, "get", None)  # of any library's future
    if get is None:
        return False
    try:
        get(timeout=limit)
    except library.Timeout:
        return True
    except BaseException:  # noqa: BLE001 - it is an answer
        return False
    return False


def _count_asks(library: Any, sender: _Sender, handled: Counter[str], tally: Tally) -> None:  # any library
    outcomes = dict(sender.waited)
    for message, future in sender.asked.items():
        try:
            outcomes[message] = future.get(timeout=0)
        except library.ActorDeadError as error:
            outcomes[message] = error
        except library.Timeout:
            tally.lost_asks.append(message)
    tally.asks += len(sender.waited) + len(sender.asked)
    for message, outcome in outcomes.items():
        if isinstance(outcome, library.ActorDeadError):
            tally.refused += 1
            if handled[message]:
                tally.doubled.append(message)
        else:
            tally.answered += 1
            if outcome != message or handled[message] != 1:
                tally.doubled.append(message)


def _count_tells(sender: _Sender, handled: Counter[str], dead: Counter[str], tally: Tally) -> None:
    tally.tells += len(sender.told)
    for message in sender.told:
        refused = message in sender.refused
        fates = handled[message] + dead[message] + refused
        if fates == 0:
            tally.lost_tells.append(message)
        elif fates > 1:
            tally.doubled.append(message)
        tally.handled += handled[message]
        tally.dead_letters += dead[message]
        tally.refused += refused
