"""Traversable attributes of dynamic proxies, in their three forms."""

from __future__ import annotations

import threading
from typing import Any, Generic, Protocol, TypeVar

import pytest

from tests.runtime.support import LIMIT
from typedactors import DynamicProxy, Future, ThreadingActor, traversable

T = TypeVar("T")


class Needle:
    pykka_traversable = True

    def __init__(self) -> None:
        self.worn = False
        self.thread_name = ""

    def lower(self) -> str:
        self.thread_name = threading.current_thread().name
        return "down"


@traversable
class Arm:
    def __init__(self) -> None:
        self.needle = Needle()
        self.weight = 2

    def move(self, by: int = 1) -> int:
        self.weight += by
        return self.weight


class Motor:
    typedactors_traversable = True
    speed = 33


class Lid:
    open = False

    def lift(self) -> bool:
        self.open = True
        return self.open


class Slotted:
    __slots__ = ("knob", "pykka_traversable")

    def __init__(self) -> None:
        self.pykka_traversable = True
        self.knob = 3


class Turntable(ThreadingActor):
    lid = traversable(Lid())
    motor = Motor()
    cover = Lid()

    def __init__(self) -> None:
        super().__init__()
        self.arm = Arm()
        self.second_lid = traversable(Lid())
        self.slotted = Slotted()


@pytest.fixture
def proxy() -> DynamicProxy[Turntable]:
    return Turntable.start().proxy()


def test_an_attribute_marked_by_the_function(proxy: DynamicProxy[Turntable]) -> None:
    lid: object = proxy.lid

    assert type(lid) is DynamicProxy
    assert proxy.lid.lift().get(timeout=LIMIT) is True
    assert proxy.second_lid.lift().get(timeout=LIMIT) is True


def test_a_class_marked_by_the_decorator(proxy: DynamicProxy[Turntable]) -> None:
    assert proxy.arm.move(3).get(timeout=LIMIT) == 5
    assert proxy.arm.weight.get(timeout=LIMIT) == 5


def test_a_class_marked_by_an_attribute_of_either_name(proxy: DynamicProxy[Turntable]) -> None:
    assert proxy.motor.speed.get(timeout=LIMIT) == 33
    assert proxy.arm.needle.worn.get(timeout=LIMIT) is False


def test_an_object_with_slots_marked_by_hand(proxy: DynamicProxy[Turntable]) -> None:
    assert proxy.slotted.knob.get(timeout=LIMIT) == 3


def test_what_is_nested_runs_in_the_actor(proxy: DynamicProxy[Turntable]) -> None:
    assert proxy.arm.needle.lower().get(timeout=LIMIT) == "down"
    assert proxy.arm.needle.thread_name.get(timeout=LIMIT).startswith("Turntable-")


def test_fields_of_what_is_nested_can_be_assigned(proxy: DynamicProxy[Turntable]) -> None:
    needle: Any = proxy.arm.needle  # the two paths must not look the same to pyright, or it remembers the True
    needle.worn = True

    assert proxy.arm.needle.worn.get(timeout=LIMIT) is True


def test_methods_of_what_is_nested_can_be_deferred(proxy: DynamicProxy[Turntable]) -> None:
    proxy.arm.move.defer(10)

    assert proxy.arm.weight.get(timeout=LIMIT) == 12


def test_what_is_not_marked_is_a_field(proxy: DynamicProxy[Turntable]) -> None:
    cover = proxy.cover

    assert isinstance(cover, Future)
    assert isinstance(cover.get(timeout=LIMIT), Lid)


def test_missing_and_private_names_of_what_is_nested_say_where(proxy: DynamicProxy[Turntable]) -> None:
    with pytest.raises(AttributeError, match=r"attr_path=\('arm',\).*'wieght'; did you mean 'weight'"):
        _ = proxy.arm.wieght
    with pytest.raises(AttributeError, match="private"):
        _ = proxy.arm._bearing
    assert "needle" in dir(proxy.arm)


def test_nodes_are_equal_if_they_stand_for_the_same_place(proxy: DynamicProxy[Turntable]) -> None:
    assert proxy.arm == proxy.arm
    assert proxy.arm != proxy.lid
    assert proxy.arm != proxy
    assert len({proxy.arm, proxy.arm, proxy.lid}) == 2


def test_marking_what_has_slots_says_what_to_do_instead() -> None:
    class Tight:
        __slots__ = ("one",)

    with pytest.raises(ValueError, match="pykka_traversable"):
        traversable(Tight())


def test_marking_returns_the_object_itself() -> None:
    lid = Lid()

    assert traversable(lid) is lid
    assert traversable(Lid) is Lid
    del Lid._typedactors_traversable  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue,reportUnknownMemberType]  # the mark


def test_what_implements_a_protocol_or_is_generic_can_be_marked() -> None:
    class Player(Protocol):
        def play(self) -> str: ...

    class Playback(Player):
        def play(self) -> str:
            return "music"

    class Tape(Generic[T]):
        def play(self) -> str:
            return "hiss"

    @traversable
    class Record(Player, Generic[T]):
        def play(self) -> str:
            return "crackle"

    class Studio(ThreadingActor):
        playback = traversable(Playback())
        tape = traversable(Tape[int]())
        record = Record[int]()

    studio = Studio.start().proxy()

    assert studio.playback.play().get(timeout=LIMIT) == "music"
    assert studio.tape.play().get(timeout=LIMIT) == "hiss"
    assert studio.record.play().get(timeout=LIMIT) == "crackle"


def test_slots_behind_a_protocol_are_slots() -> None:
    class Sized(Protocol):
        __slots__ = ()

        def size(self) -> int: ...

    class Tight(Sized):
        __slots__ = ("one",)

        def size(self) -> int:
            return 1

    for tight in (Tight(), Tight):
        with pytest.raises(ValueError, match="pykka_traversable"):
            traversable(tight)
