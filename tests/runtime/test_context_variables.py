"""The context variables of a sender are there when its message is handled."""

from __future__ import annotations

import contextvars
import threading

import pytest

from tests.runtime.support import LIMIT
from typedactors import ActorRegistry, ThreadingActor

user: contextvars.ContextVar[str] = contextvars.ContextVar("user", default="nobody")


class Auditor(ThreadingActor):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.told = threading.Event()

    @property
    def current_user(self) -> str:
        return user.get()

    @property
    def last(self) -> str:
        return self.seen[-1]

    @last.setter
    def last(self, _value: str) -> None:
        self.seen.append(user.get())

    def who(self) -> str:
        return user.get()

    def become(self, name: str) -> None:
        user.set(name)

    def forward(self) -> str:
        name: str = Auditor.start().proxy().who().get(timeout=LIMIT)
        return name

    def on_receive(self, message: object) -> str:
        self.seen.append(user.get())
        return user.get()


@pytest.fixture(autouse=True)
def _as_ann() -> object:  # pyright: ignore[reportUnusedFunction]  # pytest calls it
    token = user.set("Ann")
    yield
    user.reset(token)


def test_an_ask_and_a_call_carry_them() -> None:
    ref = Auditor.start()

    assert ref.ask("who?", timeout=LIMIT) == "Ann"
    assert ref.proxy().who().get(timeout=LIMIT) == "Ann"
    assert ref.proxy().current_user.get(timeout=LIMIT) == "Ann"


def test_a_tell_a_deferred_call_an_assignment_and_a_broadcast_carry_them() -> None:
    ref = Auditor.start()
    proxy = ref.proxy()
    ref.tell("told")
    proxy.on_receive.defer("deferred")
    proxy.last = "assigned"
    ActorRegistry.broadcast("broadcast")

    assert proxy.seen.get(timeout=LIMIT) == ["Ann"] * 4


def test_they_are_those_of_the_moment_of_sending() -> None:
    ref = Auditor.start()
    future = ref.ask("who?", block=False)
    user.set("Bob")

    assert future.get(timeout=LIMIT) == "Ann"
    assert ref.ask("who?", timeout=LIMIT) == "Bob"


def test_they_travel_on_with_what_the_handler_sends() -> None:
    assert Auditor.start().proxy().forward().get(timeout=LIMIT) == "Ann"


def test_what_a_handler_sets_is_seen_by_nobody_else() -> None:
    proxy = Auditor.start().proxy()
    proxy.become("Eve").get(timeout=LIMIT)

    assert proxy.who().get(timeout=LIMIT) == "Ann"
    assert user.get() == "Ann"
