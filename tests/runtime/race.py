"""A race of askers and tellers against the end of an actor, and the count of what became of each message.

The library under test is an argument and only what every Pykka-like library has is used, so that the
same race can be run against another one, or against a mailbox that is broken on purpose: a count
that can never be wrong proves nothing.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

LIMIT = 30.0
"""Seconds after which a thread that must end is counted as hung."""

MESSAGES_PER_SENDER = 2000
"""How many messages a sender has sent if the actor's end does not come before."""


@dataclass(slots=True)
class Tally:
    """What became of all the messages of a race."""

    answered: int = 0
    """Asks that were handled and got their value."""

    refused: int = 0
    """Asks and tells that raised because the actor was dead, and were not handled."""

    handled: int = 0
    """Tells that were handled."""

    dead_letters: int = 0
    """Tells that were accepted, not handled, and logged."""

    hung: int = 0
    """Threads that did not end."""

    lost: list[str] = field(default_factory=list[str])
    """Messages of which nobody heard again."""

    doubled: list[str] = field(default_factory=list[str])
    """Messages that met more than one fate."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.answered + other.answered,
            self.refused + other.refused,
            self.handled + other.handled,
            self.dead_letters + other.dead_letters,
            self.hung + other.hung,
            self.lost + other.lost,
            self.doubled + other.doubled,
        )


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
    """Sends, asks and tells in turn, until the actor refuses.

    Args:
        library: the library under test.
        ref: the actor.
        name: what the messages begin with.
        ready: all senders begin together.
    """

    def __init__(self, library: Any, ref: Any, name: str, ready: threading.Barrier) -> None:  # any library
        self.asked: dict[str, Any] = {}  # the library's futures
        self.told: list[str] = []
        self.refused: list[str] = []
        self._library = library
        self._ref = ref
        self._name = name
        self._ready = ready
        self.thread = threading.Thread(target=self._send, name=name, daemon=True)
        self.thread.start()

    def _send(self) -> None:
        self._ready.wait(LIMIT)
        for number in range(MESSAGES_PER_SENDER):
            if number % 2:
                message = f"{self._name} asks {number}"
                self.asked[message] = self._ref.ask(message, block=False)
            else:
                message = f"{self._name} tells {number}"
                self.told.append(message)
                try:
                    self._ref.tell(message)
                except self._library.ActorDeadError:
                    self.refused.append(message)
            if not self._ref.is_alive() and number % 8 == 0:
                return


def race_against_the_end(
    library: Any,  # any library like Pykka
    end: Callable[[Any], object],  # any library's ref
    *,
    after: int,
    senders: int = 4,
) -> Tally:
    """Run one race and count.

    Args:
        library: the module of the library under test.
        end: ends the actor of the ref that it is given, or has it end itself.
        after: how many messages the actor handles before ``end`` is called.
        senders: how many threads ask and tell meanwhile, and go on until the actor refuses.
    """
    handled: Counter[str] = Counter()
    threads: list[threading.Thread] = []
    started, due = threading.Event(), threading.Event()

    class Target(library.ThreadingActor):  # type: ignore[misc]  # any library's
        use_daemon_thread = True

        def on_start(self) -> None:
            threads.append(threading.current_thread())
            started.set()

        def on_receive(self, message: Any) -> Any:  # a message of a sender, or what ends the actor
            if isinstance(message, BaseException):
                raise message
            handled[message] += 1
            if len(handled) >= after:
                due.set()
            return message

        def end_itself(self) -> None:
            self.stop()

    with _collected_letters(f"{library.__name__}.dead_letters") as letters:
        ref = Target.start()
        started.wait(LIMIT)
        ready = threading.Barrier(senders + 1)
        running = [_Sender(library, ref, f"sender {number}", ready) for number in range(senders)]
        ready.wait(LIMIT)
        due.wait(LIMIT)
        end(ref)
        hung = 0
        for thread in (*threads, *(sender.thread for sender in running)):
            thread.join(LIMIT)
            hung += thread.is_alive()
        tally = Tally(hung=hung)
        # From here on nobody is left who could reply: what has no answer now never gets one.
        dead = Counter(str(letter) for letter in letters)
        for sender in running:
            _count_asks(library, sender, handled, tally)
            _count_tells(sender, handled, dead, tally)
    return tally


def _count_asks(library: Any, sender: _Sender, handled: Counter[str], tally: Tally) -> None:  # any library
    for message, future in sender.asked.items():
        try:
            value = future.get(timeout=0)
        except library.ActorDeadError:
            tally.refused += 1
            if handled[message]:
                tally.doubled.append(message)
        except library.Timeout:
            tally.lost.append(message)
        else:
            tally.answered += 1
            if value != message or handled[message] != 1:
                tally.doubled.append(message)


def _count_tells(sender: _Sender, handled: Counter[str], dead: Counter[str], tally: Tally) -> None:
    for message in sender.told:
        refused = sender.refused.count(message)
        fates = handled[message] + dead[message] + refused
        if fates == 0:
            tally.lost.append(message)
        elif fates > 1:
            tally.doubled.append(message)
        tally.handled += handled[message]
        tally.dead_letters += dead[message]
        tally.refused += refused
