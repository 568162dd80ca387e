"""Constructors of actors: the call that must not be forgotten, dataclasses, several bases."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from typing import Protocol

import pytest

from tests.runtime.support import LIMIT
from typedactors import ActorNotInitializedError, ActorRegistry, ThreadingActor


class Forgetful(ThreadingActor):
    def __init__(self) -> None:
        self.value = 1


@dataclasses.dataclass
class Account(ThreadingActor):
    owner: str
    balance: int = 0
    history: list[int] = dataclasses.field(default_factory=list[int])

    def deposit(self, amount: int) -> int:
        self.balance += amount
        self.history.append(amount)
        return self.balance


def test_forgetting_the_call_says_what_to_call() -> None:
    with pytest.raises(ActorNotInitializedError, match=r"Forgetful\.__init__\(\) did not call super\(\)\.__init__\(\)"):
        Forgetful.start()

    assert ActorRegistry.get_all() == []


def test_it_is_a_runtime_error() -> None:
    with pytest.raises(RuntimeError):
        Forgetful.start()


def test_a_base_that_forgets_is_found_too() -> None:
    class Greedy:
        def __init__(self) -> None:
            self.kept = True

    class Mixed(Greedy, ThreadingActor):
        def __init__(self) -> None:
            super().__init__()

    with pytest.raises(ActorNotInitializedError, match="Mixed"):
        Mixed.start()


def test_an_actor_without_a_constructor_needs_no_call() -> None:
    class Bare(ThreadingActor):
        value = 1

    assert Bare.start().proxy().value.get(timeout=LIMIT) == 1


def test_the_call_may_come_last() -> None:
    class Late(ThreadingActor):
        def __init__(self) -> None:
            self.value = self.actor_urn
            super().__init__()

    ref = Late.start()
    assert ref.proxy().value.get(timeout=LIMIT) == ref.actor_urn


def test_a_dataclass_is_an_actor_like_any_other() -> None:
    ref = Account.start("Ann", balance=5)
    proxy = ref.proxy()

    assert proxy.deposit(10).get(timeout=LIMIT) == 15
    assert proxy.owner.get(timeout=LIMIT) == "Ann"
    assert proxy.history.get(timeout=LIMIT) == [10]
    assert ref.ask("unexpected", timeout=LIMIT) is None


def test_a_slotted_dataclass_is_an_actor_too() -> None:
    @dataclasses.dataclass(slots=True)
    class Slotted(ThreadingActor):
        size: int

        def double(self) -> int:
            return self.size * 2

    assert Slotted.start(4).proxy().double().get(timeout=LIMIT) == 8


def test_a_dataclass_may_extend_one_and_a_class_a_dataclass() -> None:
    @dataclasses.dataclass
    class Savings(Account):
        interest: float = 0.5

    class Logged(Savings):
        def __init__(self, owner: str) -> None:
            super().__init__(owner, balance=100)

    assert Savings.start("Ann", interest=0.1).proxy().interest.get(timeout=LIMIT) == 0.1
    assert Logged.start("Bob").proxy().deposit(1).get(timeout=LIMIT) == 101


def test_an_abstract_actor_cannot_be_started() -> None:
    class Shape(ThreadingActor, ABC):
        @abstractmethod
        def area(self) -> float: ...

    class Square(Shape):
        def area(self) -> float:
            return 4.0

    with pytest.raises(TypeError, match="abstract"):
        Shape.start()
    assert Square.start().proxy().area().get(timeout=LIMIT) == 4.0


def test_several_bases_are_all_initialized() -> None:
    class Named:
        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class Dog(Named, ThreadingActor):
        def __init__(self, name: str) -> None:
            super().__init__(name)

    assert Dog.start("Rex").proxy().name.get(timeout=LIMIT) == "Rex"


def test_wrong_arguments_raise_in_the_starter() -> None:
    with pytest.raises(TypeError, match="owner"):
        Account.start()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # the checkers see it too


class Thermostat(Protocol):
    def heat(self, target: float) -> float: ...


def test_a_protocol_may_come_before_the_actor_class() -> None:
    class Simulation(Thermostat, ThreadingActor):
        def __init__(self, step: float) -> None:
            super().__init__()
            self._step = step

        def heat(self, target: float) -> float:
            return target + self._step

    class Offset(Simulation):
        def __init__(self) -> None:
            super().__init__(0.5)

    assert Simulation.start(2.0).proxy().heat(20.0).get(timeout=LIMIT) == 22.0
    assert Offset.start().proxy().heat(20.0).get(timeout=LIMIT) == 20.5


def test_a_protocol_before_a_base_that_has_to_be_set_up_says_to_put_it_behind() -> None:
    class Heater(ThreadingActor):
        def __init__(self) -> None:
            super().__init__()
            self.power = 1.0

    class Simulation(Thermostat, Heater):
        def __init__(self) -> None:
            super().__init__()

        def heat(self, target: float) -> float:
            return target * self.power

    message = r"Thermostat.* is a Protocol.*keeps Heater\.__init__\(\) from being.*Put Heater before Thermostat"
    with pytest.raises(ActorNotInitializedError, match=message):
        Simulation.start()

    assert ActorRegistry.get_all() == []


def test_a_setattr_that_needs_what_init_makes_is_not_called_before() -> None:
    class Observed:
        def __init__(self) -> None:
            object.__setattr__(self, "changed", [])
            super().__init__()

        def __setattr__(self, name: str, value: object) -> None:
            self.changed.append(name)
            super().__setattr__(name, value)

        changed: list[str]

    class Lamp(Observed, ThreadingActor):
        def __init__(self) -> None:
            super().__init__()
            self.brightness = 1

    assert Lamp.start().proxy().changed.get(timeout=LIMIT) == ["brightness"]


def test_a_frozen_dataclass_is_an_actor_too() -> None:
    @dataclasses.dataclass(frozen=True)
    class Frozen(ThreadingActor):
        size: int

        def __post_init__(self) -> None:
            super().__init__()

        def end(self) -> None:
            self.stop()

    ref = Frozen.start(4)

    assert ref.proxy().size.get(timeout=LIMIT) == 4
    ref.proxy().end().get(timeout=LIMIT)
    ref.stop(timeout=LIMIT)
