"""Brings messages to one actor on Ray, and learns of its end.

A tell while another is on its way waits, and goes with all that have come until then in one call of Ray's.
An ask sends first what waits, so that all messages of a sender arrive in order. Nothing here waits: Ray calls
back on a thread of its own.

Ray accepts a tell to a dead actor without a word. So one call is always pending at the actor's host, which
ends when the actor does; Ray lets it outlive a restart.

Imports `_log`, `_remote`, `codec`, `engine` and `exceptions`.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from typedactors._log import dead_letters
from typedactors._remote import settle
from typedactors.exceptions import (
    ActorDeadError,
    ActorUnavailableError,
    UnsendableError,
)
from typedactors.runtimes.ray.codec import ENDED, RAISED, decode, decode_exception, encode_message, unseal
from typedactors.runtimes.ray.engine import errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedactors._wrapping import ReplyTo
    from typedactors.runtimes._codec import ReduceRef

__all__ = ["RayCarrier", "translate"]


class RayCarrier:
    """The way to one actor; see `Carrier`.

    Args:
        handle: Ray's handle of the actor's host.
        reduce_ref: says how refs travel.
    """

    place = "another process of the Ray cluster"

    def __init__(self, handle: Any, reduce_ref: ReduceRef) -> None:  # Ray's
        self.handle: Any = handle
        """Ray's handle, or ``None`` when the actor has ended: an actor that others hold keeps its name."""
        self._reduce_ref = reduce_ref
        self._name = "the actor"
        self._lost: Callable[[str], None] | None = None
        # Reentrant: a call that has ended already calls back at once.
        self._lock = threading.RLock()
        self._waiting: list[bytes] = []
        self._in_flight = 0
        self._asked: dict[Any, ReplyTo] = {}
        self._ended = False

    def watch(self, name: str, lost: Callable[[str], None]) -> None:
        """Have ``lost`` called with the reason when the actor has ended."""
        self._name = name
        self._lost = lost
        self.handle.watch.remote().future().add_done_callback(self._watched)

    def send(self, actor_urn: str, message: object, reply_to: ReplyTo | None) -> bool:
        """Send a message; see `Carrier.send`."""
        payload = encode_message(message, self._reduce_ref)
        with self._lock:
            if self._ended:
                return False
            if reply_to is None:
                self._waiting.append(payload)
                if not self._in_flight:
                    self._flush()
                return True
            self._flush()
            answer = self.handle.ask.remote(payload).future()
            self._asked[answer] = reply_to
        answer.add_done_callback(self._answered)
        return True

    def _flush(self) -> None:
        """Send the tells that wait. With the lock."""
        if self._waiting:
            batch, self._waiting = self._waiting, []
            self._in_flight += 1
            told = self.handle.tell.remote(batch).future()
            told.add_done_callback(partial(self._told, len(batch)))

    def _told(self, number: int, done: Any) -> None:  # Ray's future
        error = done.exception()
        if error is not None:
            dead_letters.info("%s did not confirm %d messages: %s", self._name, number, translate(error, self._name))
        with self._lock:
            self._in_flight -= 1
            if not (self._in_flight or self._ended):
                self._flush()

    def _answered(self, done: Any) -> None:  # Ray's future
        reply_to = self._asked.pop(done, None)
        if reply_to is None:
            return  # leave() has answered
        error = done.exception()
        result: object = None
        exception: BaseException | None = None
        if error is not None:
            exception = translate(error, self._name)
            if type(exception) is ActorDeadError:
                self._end(str(exception))
        else:
            payload = done.result()
            mark = unseal(payload)
            if mark & ENDED:
                self._end("")
            try:
                if mark & RAISED:
                    exception = decode_exception(payload)
                else:
                    result = decode(payload)
            except Exception as problem:  # noqa: BLE001 - of whatever is unpickled
                exception = UnsendableError(f"the answer could not be unpickled: {problem!r}")
        settle(reply_to, result, exception)

    def leave(self, why: str) -> None:
        """Answer who still waits, and send nothing more, because no answers come to this program any more."""
        self._end(why)
        while self._asked:
            with suppress(KeyError):  # the answer has come between the two lines
                settle(self._asked.popitem()[1], None, ActorDeadError(f"{self._name}: {why}"))

    def _watched(self, done: Any) -> None:  # Ray's future
        error = done.exception()
        self._end("" if error is None else str(translate(error, self._name)))

    def _end(self, why: str) -> None:
        with self._lock:
            if self._ended:
                return
            self._ended = True
            self.handle = None
            waiting, self._waiting = self._waiting, []
        if waiting:
            dead_letters.info("%s stopped before %d messages were sent to it", self._name, len(waiting))
        if self._lost is not None:
            self._lost(why)


def translate(error: BaseException, name: str) -> BaseException:
    """Return what an error of Ray's means for who asked an actor."""
    if isinstance(error, errors.ActorUnavailableError):
        return ActorUnavailableError(f"{name} cannot be reached now; the request may have been handled: {error}")
    if isinstance(error, errors.RayActorError):
        return ActorDeadError(f"{name}: its process ended before the answer came: {error}")
    return error
