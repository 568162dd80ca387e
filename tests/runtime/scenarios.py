"""Scenarios of a few threads and actors in which each order of their steps must keep the promises."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from tests.runtime.interleaving import Interleaving
from typedactors import (
    Actor,
    ActorDeadError,
    ActorRef,
    DeadlockError,
    Future,
    FutureAlreadySetError,
    ThreadingFuture,
    Timeout,
    get_all,
)

Scenario = Callable[[Interleaving], None]


def made(interleaving: Interleaving, actor_class: type[Actor]) -> Any:  # a class of the same actors
    """Return the class of the actors, of the kind that the scenario is run with."""
    return interleaving.actor(type(actor_class.__name__, (actor_class, interleaving.kind), {}))


class Target(Actor):
    """Handles what it gets, or ends by it."""

    def __init__(self) -> None:
        super().__init__()
        self.handled: list[object] = []
        self.ended: list[str] = []

    def on_receive(self, message: Any) -> Any:  # any message
        if isinstance(message, BaseException):
            raise message
        self.handled.append(message)
        return message

    def on_stop(self) -> None:
        self.ended.append("on_stop")

    def on_failure(self, exception_type: object, exception_value: object, traceback: object) -> None:
        self.ended.append("on_failure")


def race_against(end: Callable[[ActorRef[Any]], object]) -> Scenario:  # of any class
    """Return a scenario of two who ask and tell while a third one ends the actor."""

    def scenario(interleaving: Interleaving) -> None:
        ref: ActorRef[Target] = made(interleaving, Target).start()
        actor = ref._actor_weakref()
        assert actor is not None
        asked: dict[str, Future[object]] = {}
        told: dict[str, bool] = {}

        def send(name: str) -> None:
            for number in range(2):
                asked[f"{name} asks {number}"] = ref.ask(f"{name} asks {number}", block=False)
                message = f"{name} tells {number}"
                try:
                    ref.tell(message)
                    told[message] = True
                except ActorDeadError:
                    told[message] = False

        interleaving.run(lambda: send("one"), lambda: send("other"), lambda: end(ref))

        assert actor.ended in (["on_stop"], ["on_failure"])
        assert not ref.is_alive()
        for message, future in asked.items():
            try:
                assert future.get(timeout=0) == message
                assert actor.handled.count(message) == 1
            except ActorDeadError:
                assert message not in actor.handled
            except Timeout:
                raise AssertionError(f"{message!r} was lost") from None
        for message, accepted in told.items():
            fates = actor.handled.count(message) + interleaving.letters.count(message)
            assert fates == accepted, f"{message!r} was {'lost' if fates < accepted else 'doubled'}"

    return scenario


def stops_at_once(interleaving: Interleaving) -> None:
    """Whoever waits for the stop returns after on_stop has run."""
    ref: ActorRef[Target] = made(interleaving, Target).start()
    actor = ref._actor_weakref()
    assert actor is not None
    seen: list[list[str]] = []

    def stop() -> None:
        ref.stop()
        seen.append(list(actor.ended))

    interleaving.run(stop, stop, stop)
    assert seen == [["on_stop"]] * 3


def asks_for_the_event(interleaving: Interleaving) -> None:
    """All who ask for ``actor_stopped`` while the actor stops get the same event, and it is set."""
    refs: list[ActorRef[Target]] = [made(interleaving, Target).start() for _ in range(4)]
    of_each: list[list[threading.Event]] = []

    def ask() -> None:
        of_each.append([ref.actor_stopped for ref in refs])

    interleaving.run(ask, ask, *[partial(ref.stop, block=False) for ref in refs])
    for first, second in zip(*of_each, strict=True):
        assert first is second
        assert first.is_set(), "nobody has set the event"


def set_by_two(interleaving: Interleaving) -> None:
    """One of two settlers wins; all who wait get what it has set, and every listener is called once."""
    future: ThreadingFuture[str] = ThreadingFuture()
    refused: list[str] = []
    values: list[str] = []
    called: list[str] = []

    def settle(value: str) -> None:
        try:
            future.set(value)
        except FutureAlreadySetError:
            refused.append(value)

    def wait() -> None:
        values.append(future.get())

    def listen() -> None:
        future._listen(lambda: called.append("called"))

    interleaving.run(lambda: settle("one"), lambda: settle("other"), wait, wait, listen)
    assert [*refused, values[0]] in (["one", "other"], ["other", "one"])
    assert values[0] == values[1]
    assert called == ["called"]


def mapped_for_many(interleaving: Interleaving) -> None:
    """A mapped future's function runs once for all who get it, with or without a timeout."""
    source: ThreadingFuture[int] = ThreadingFuture()
    calls: list[int] = []
    values: list[int | None] = []

    def double(value: int) -> int:
        calls.append(value)
        return value * 2

    mapped = source.map(double)

    def get(timeout: float | None) -> None:
        try:
            values.append(mapped.get(timeout=timeout))
        except Timeout:
            values.append(None)

    interleaving.run(lambda: get(None), lambda: get(None), lambda: get(1.0), lambda: source.set(21))
    assert calls == [21]
    assert sorted(value for value in values if value is not None) in ([42, 42], [42, 42, 42])


class Member(Actor):
    """Waits for another one."""

    def answer(self) -> str:
        return "answer"

    def wait_for(self, ref: ActorRef[Any], timeout: float | None) -> str:  # of any class
        try:
            return str(ref.proxy().answer().map(str).get(timeout=timeout))
        except DeadlockError:
            return "deadlock"
        except Timeout:
            return "timeout"


def ring(size: int, *, timeout_of_first: float | None = None, closed: bool = True) -> Scenario:
    """Return a scenario of actors that wait for each other, in a circle if it is closed."""

    def scenario(interleaving: Interleaving) -> None:
        member_class = made(interleaving, Member)
        members: list[ActorRef[Member]] = [member_class.start() for _ in range(size + (not closed))]
        results: list[str] = []

        def run() -> None:
            futures: list[Future[str]] = [
                members[index]
                .proxy()
                .wait_for(members[(index + 1) % len(members)], None if index else timeout_of_first)
                for index in range(size)
            ]
            results.extend(get_all(futures))
            for member in members:
                member.stop()

        interleaving.run(run)
        # Not every order closes the circle: one may have answered before it begins to wait.
        most = 1 if closed and timeout_of_first is None else 0
        assert results.count("deadlock") <= most, results
        assert results.count("answer") + results.count("deadlock") + results.count("timeout") == size

    return scenario


def ring_through_a_shared_future(interleaving: Interleaving) -> None:
    """Of two that wait for each other one is told, though a thread gets the mapped future that one of them gets."""
    member_class = made(interleaving, Member)
    other: ActorRef[Member] = member_class.start()
    shared: list[Future[str]] = []
    told: list[str] = []
    of_thread: list[str] = []

    class Getter(Member):
        def get_shared(self) -> str:
            try:
                return shared[0].get()
            except DeadlockError:
                told.append("getter")
                return "deadlock"

    getter: ActorRef[Getter] = made(interleaving, Getter).start()
    shared.append(other.proxy().wait_for(getter, None).map(str))

    def run() -> None:
        result: str = getter.proxy().get_shared().get()
        if shared[0].get() == "deadlock":
            told.append("other")
        assert result in ("answer", "deadlock")
        for member in (getter, other):
            member.stop()

    interleaving.run(run, lambda: of_thread.append(shared[0].get()))
    assert len(told) <= 1, told
    assert of_thread == [shared[0].get()]


def stale_edges(interleaving: Interleaving) -> None:
    """Two that wait for a third one again and again, and it for one of them between: never in a circle."""
    member_class = made(interleaving, Member)
    one, other, third = (member_class.start() for _ in range(3))
    results: list[str] = []

    def run() -> None:
        for _ in range(2):
            first: Future[str] = one.proxy().wait_for(third, None)
            results.append(first.get())
            back: Future[str] = third.proxy().wait_for(one, None)
            second: Future[str] = other.proxy().wait_for(one, None)
            results.extend(get_all([back, second]))
        for member in (one, other, third):
            member.stop()

    interleaving.run(run)
    assert results == ["answer"] * 6


def promised_and_set_from_outside(interleaving: Interleaving) -> None:
    """What an actor has promised is settled by somebody else, while others ask whether it closes a circle."""
    member_class = made(interleaving, Member)
    one, other = member_class.start(), member_class.start()
    promised: ThreadingFuture[str] = ThreadingFuture()
    promised.promised_by = other._mailbox.activity
    results: list[str] = []

    class Waiter(Member):
        def wait(self) -> str:
            try:
                return promised.get()
            except DeadlockError:
                return "deadlock"

    waiter: ActorRef[Waiter] = made(interleaving, Waiter).start()

    def run() -> None:
        waiting: Future[str] = waiter.proxy().wait()
        back: Future[str] = other.proxy().wait_for(one, None)
        results.extend(get_all([waiting, back]))
        for member in (waiter, one, other):
            member.stop()

    interleaving.run(run, lambda: promised.set("answer"))
    assert results == ["answer", "answer"]


def one_that_blocks_is_told_first(interleaving: Interleaving) -> None:
    """The other one is run nevertheless, though nothing tells the runtime that the handler of the first blocks."""
    opened: list[None] = []
    through: ThreadingFuture[str] = ThreadingFuture()

    class Blocker(Actor):
        def on_receive(self, message: Any) -> None:  # whether to block
            if message:
                interleaving.block(lambda: bool(opened))

    class Opener(Actor):
        def on_receive(self, message: Any) -> None:  # whether to open
            if message:
                opened.append(None)
                through.set("through")

    class Greeter(Actor):
        def on_receive(self, message: Any) -> None:  # a future
            message.set("here")

    blocker, opener, greeter = (made(interleaving, each).start() for each in (Blocker, Opener, Greeter))

    def tell() -> None:
        here: ThreadingFuture[str] = ThreadingFuture()
        greeter.tell(here)
        here.get()
        # So the workers of a pool are there by now, and often idle again.
        blocker.tell(True)
        opener.tell(True)
        through.get()
        for ref in (blocker, opener, greeter):
            ref.stop(block=False)

    def tell_the_same() -> None:
        with suppress(ActorDeadError):
            opener.tell(False)
            blocker.tell(False)

    interleaving.run(tell, tell_the_same)


SCENARIOS: dict[str, Scenario] = {
    "a stop": race_against(lambda ref: ref.stop()),
    "a stop that is not waited for": race_against(lambda ref: ref.stop(block=False)),
    "a crash": race_against(lambda ref: ref.tell(ValueError())),
    "SystemExit": race_against(lambda ref: ref.ask(SystemExit(), block=False)),
    "three stops": stops_at_once,
    "an event that is asked for at the stop": asks_for_the_event,
    "a future that is set by two": set_by_two,
    "a mapped future": mapped_for_many,
    "a ring of one": ring(1),
    "a ring of two": ring(2),
    "a ring of three": ring(3),
    "a ring with a timeout": ring(3, timeout_of_first=1.0),
    "a ring through a shared future": ring_through_a_shared_future,
    "a chain": ring(3, closed=False),
    "stale edges": stale_edges,
    "set from outside": promised_and_set_from_outside,
    "one that blocks is told first": one_that_blocks_is_told_first,
}
