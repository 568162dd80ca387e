"""The messages of proxies, sent by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.runtime.support import LIMIT
from typedactors import ActorRef, ThreadingActor
from typedactors.messages import ProxyCall, ProxyGetAttr, ProxySetAttr


class Part:
    def __init__(self) -> None:
        self.size = 1

    def grow(self, by: int = 1) -> int:
        self.size += by
        return self.size


class Whole(ThreadingActor):
    def __init__(self) -> None:
        super().__init__()
        self.part = Part()
        self.received: list[object] = []

    def greet(self, name: str, *, greeting: str = "Hello") -> str:
        return f"{greeting}, {name}"

    def on_receive(self, message: Any) -> Any:  # any message
        self.received.append(message)
        return "on_receive"


@pytest.fixture
def ref() -> ActorRef[Whole]:
    return Whole.start()


def test_a_call_can_be_asked(ref: ActorRef[Whole]) -> None:
    assert ref.ask(ProxyCall(attr_path=["greet"], args=["Ann"], kwargs={"greeting": "Hi"})) == "Hi, Ann"


def test_a_call_can_be_told(ref: ActorRef[Whole]) -> None:
    ref.tell(ProxyCall(attr_path=("part", "grow"), args=(4,), kwargs={}))

    assert ref.ask(ProxyGetAttr(attr_path=["part", "size"]), timeout=LIMIT) == 5


def test_a_call_reaches_what_is_private_and_what_is_not_traversable(ref: ActorRef[Whole]) -> None:
    assert ref.ask(ProxyCall(("part", "grow"), (), {}), timeout=LIMIT) == 2


def test_an_attribute_can_be_read_and_set(ref: ActorRef[Whole]) -> None:
    assert ref.ask(ProxySetAttr(attr_path=["part", "size"], value=9), timeout=LIMIT) is None
    assert ref.ask(ProxyGetAttr(("part", "size")), timeout=LIMIT) == 9


@pytest.mark.parametrize(
    "message",
    [ProxyCall(["missing"], [], {}), ProxyGetAttr(["part", "missing"]), ProxySetAttr(["missing", "size"], 1)],
)
def test_a_path_that_leads_nowhere_raises_for_the_asker(ref: ActorRef[Whole], message: object) -> None:
    with pytest.raises(AttributeError, match="missing"):
        ref.ask(message, timeout=LIMIT)


def test_they_do_not_come_to_on_receive_and_all_others_do(ref: ActorRef[Whole]) -> None:
    others: list[object] = ["text", None, 0, {"attr_path": ["greet"]}, ("greet", (), {}), ProxyCall]
    ref.ask(ProxyCall(["greet"], ["Ann"], {}), timeout=LIMIT)
    assert [ref.ask(other, timeout=LIMIT) for other in others] == ["on_receive"] * len(others)

    assert ref.proxy().received.get(timeout=LIMIT) == others


def test_they_are_compared_and_shown_by_their_content() -> None:
    assert ProxyCall(("a",), (1,), {}) == ProxyCall(attr_path=("a",), args=(1,), kwargs={})
    assert repr(ProxyGetAttr(("a", "b"))) == "ProxyGetAttr(attr_path=('a', 'b'))"
    assert ProxySetAttr(("a",), 5).value == 5
