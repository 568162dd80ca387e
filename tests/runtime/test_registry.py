"""The registry of running actors."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

import pytest

from tests.runtime.support import LIMIT, Gate, Gated, Plain, wait_for
from typedactors import ActorRef, ActorRegistry, ThreadingActor, Timeout


class Animal(Plain):
    def __init__(self, stops: list[str] | None = None, name: str = "") -> None:
        super().__init__()
        self.received: list[object] = []
        self._stops = [] if stops is None else stops
        self._name = name

    def on_receive(self, message: object) -> object:
        if message == "what came?":
            return list(self.received)
        self.received.append(message)
        return None

    def on_stop(self) -> None:
        self._stops.append(self._name)


class Dog(Animal):
    pass


class Cat(Animal):
    pass


def test_actors_are_listed_in_the_order_of_their_start_while_they_run() -> None:
    dog, cat, animal = Dog.start(), Cat.start(), Animal.start()

    assert ActorRegistry.get_all() == [dog, cat, animal]
    cat.stop(timeout=LIMIT)
    assert ActorRegistry.get_all() == [dog, animal]


def test_the_list_is_the_callers_own() -> None:
    dog = Dog.start()
    ActorRegistry.get_all().clear()

    assert ActorRegistry.get_all() == [dog]


def test_an_actor_that_a_signal_handler_starts_while_the_list_is_made_is_in_the_next_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[ActorRef[Any]] = []

    class Interrupted(dict[str, ActorRef[Any]]):
        def values(self) -> Any:  # an iterable is enough here
            values = list(super().values())
            if not started:
                started.append(Cat.start())
            return values

    monkeypatch.setattr(ActorRegistry, "_refs", Interrupted())
    dog = Dog.start()
    ActorRegistry.get_all()
    found = ActorRegistry.get_all()
    for ref in [dog, *started]:
        ref.stop(timeout=LIMIT)

    assert found == [dog, *started]


def test_a_failed_actor_is_unregistered() -> None:
    ref = Plain.start()
    ref.tell(ValueError("told to fail"))
    wait_for(ref.actor_stopped)

    assert ActorRegistry.get_by_urn(ref.actor_urn) is None


def test_get_by_class_finds_subclasses_too() -> None:
    dog, cat, animal = Dog.start(), Cat.start(), Animal.start()
    Plain.start()

    assert ActorRegistry.get_by_class(Animal) == [dog, cat, animal]
    assert ActorRegistry.get_by_class(Dog) == [dog]


def test_get_by_class_takes_any_superclass() -> None:
    class Mixin:
        pass

    class Mixed(Mixin, ThreadingActor):
        pass

    mixed = Mixed.start()
    Plain.start()

    assert ActorRegistry.get_by_class(Mixin) == [mixed]


class Shape(Protocol):
    sides: int

    def area(self) -> float: ...


@runtime_checkable
class Sized(Protocol):
    def size(self) -> int: ...


class Square(Shape, Animal):
    sides = 4

    def area(self) -> float:
        return 1.0

    def size(self) -> int:
        return 1


def test_get_by_class_takes_a_protocol_that_actors_derive_from() -> None:
    square = Square.start()
    Dog.start()

    assert ActorRegistry.get_by_class(Shape) == [square]  # type: ignore[type-abstract]  # to be found by, not to be called


def test_get_by_class_takes_a_protocol_that_a_class_can_be_checked_against() -> None:
    square = Square.start()
    Dog.start()

    assert ActorRegistry.get_by_class(Sized) == [square]  # type: ignore[type-abstract]  # as above


def test_get_by_class_of_what_is_no_class_is_an_error() -> None:
    Dog.start()

    with pytest.raises(TypeError, match="issubclass"):
        ActorRegistry.get_by_class("Dog")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # the checkers see it too


def test_get_by_class_name_finds_exactly_that_name() -> None:
    dog = Dog.start()
    Animal.start()

    assert ActorRegistry.get_by_class_name("Dog") == [dog]
    assert ActorRegistry.get_by_class_name("dog") == []


def test_get_by_urn_finds_one_or_none() -> None:
    dog = Dog.start()

    assert ActorRegistry.get_by_urn(dog.actor_urn) == dog
    assert ActorRegistry.get_by_urn("urn:uuid:nobody") is None


def test_register_and_unregister_are_public_and_idempotent() -> None:
    ref = Plain().actor_ref
    ActorRegistry.register(ref)
    ActorRegistry.register(ref)
    assert ActorRegistry.get_all() == [ref]

    ActorRegistry.unregister(ref)
    ActorRegistry.unregister(ref)
    assert ActorRegistry.get_all() == []


class TestBroadcast:
    def test_reaches_those_that_derive_from_a_protocol(self) -> None:
        square, dog = Square.start(), Dog.start()
        ActorRegistry.broadcast("hello", target_class=Shape)

        assert square.ask("what came?", timeout=LIMIT) == ["hello"]
        assert dog.ask("what came?", timeout=LIMIT) == []

    @pytest.mark.parametrize(
        ("target", "receivers"),
        [(None, "dog cat"), (Dog, "dog"), ("Cat", "cat"), (Animal, "dog cat"), ("Animal", ""), (Gated, "")],
    )
    def test_reaches_its_targets_and_no_other(self, target: type | str | None, receivers: str) -> None:
        refs = {"dog": Dog.start(), "cat": Cat.start()}
        ActorRegistry.broadcast("hello", target_class=target)

        reached = [name for name, ref in refs.items() if ref.ask("what came?", timeout=LIMIT) == ["hello"]]
        assert " ".join(reached) == receivers

    def test_passes_over_an_actor_that_has_stopped_meanwhile(self) -> None:
        stopped, running = Animal.start(), Animal.start()
        stopped.stop(timeout=LIMIT)
        ActorRegistry.register(stopped)
        try:
            ActorRegistry.broadcast("hello")
        finally:
            ActorRegistry.unregister(stopped)

        assert running.ask("what came?", timeout=LIMIT) == ["hello"]


class TestStopAll:
    def test_stops_the_last_started_first_each_before_the_next(self) -> None:
        stops: list[str] = []
        for name in ("first", "second", "third"):
            Animal.start(stops, name)

        assert ActorRegistry.stop_all(timeout=LIMIT) == [True, True, True]
        assert stops == ["third", "second", "first"]
        assert ActorRegistry.get_all() == []

    def test_without_block_returns_futures_in_the_same_order(self, gate: Gate) -> None:
        ref = Gated.start(gate)
        last = Plain.start()
        ref.proxy().hold()
        gate.wait_until_entered()
        of_last, of_first = ActorRegistry.stop_all(block=False)

        assert of_last.get(timeout=LIMIT) is True
        assert not last.is_alive()
        with pytest.raises(Timeout):
            of_first.get(timeout=0.01)
        gate.open()
        assert of_first.get(timeout=LIMIT) is True

    def test_with_a_timeout_that_runs_out_raises(self, gate: Gate) -> None:
        ref = Gated.start(gate)
        ref.proxy().hold()
        gate.wait_until_entered()
        with pytest.raises(Timeout):
            ActorRegistry.stop_all(timeout=0.01)
        gate.open()
        wait_for(ref.actor_stopped)

    def test_of_nobody_is_an_empty_list(self) -> None:
        assert ActorRegistry.stop_all() == []
        assert ActorRegistry.stop_all(block=False) == []

    def test_an_actor_may_rely_to_its_end_on_those_started_before_it(self) -> None:
        farewells: list[object] = []

        class Dependent(ThreadingActor):
            def __init__(self, service: object) -> None:
                super().__init__()
                self._service = service

            def on_stop(self) -> None:
                farewells.append(service.ask("are you there?"))

        service = Plain.start()
        Dependent.start(service)
        ActorRegistry.stop_all(timeout=LIMIT)

        assert farewells == ["are you there?"]
