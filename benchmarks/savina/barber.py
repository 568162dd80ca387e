"""Sleeping barber: customers come to a waiting room of few seats, and come again when they find it full."""

from __future__ import annotations

from collections import deque

from benchmarks.libraries import Behavior, Library, Ref
from benchmarks.savina.outcome import Outcome, expect, finish


class WaitingRoom(Behavior):
    """Has so many seats, and wakes the barber."""

    def __init__(self, seats: int, barber: Ref) -> None:
        super().__init__()
        self._seats = seats
        self._barber = barber
        self._waiting: deque[Ref] = deque()
        self._barber_sleeps = True

    def on_receive(self, message: tuple[str, Ref | None]) -> None:
        kind, customer = message
        if customer is not None:
            if len(self._waiting) == self._seats:
                customer.tell("full")
                return
            self._waiting.append(customer)
        if kind == "next":
            self._barber_sleeps = True
        if self._barber_sleeps and self._waiting:
            self._barber_sleeps = False
            self._barber.tell((self._waiting.popleft(), self.actor_ref))


class Barber(Behavior):
    """Cuts one customer's hair after the other's."""

    def __init__(self) -> None:
        super().__init__()
        self._cuts = 0

    def on_receive(self, message: tuple[Ref, Ref] | None) -> int:
        if message is not None:
            customer, room = message
            self._cuts += 1
            customer.tell("cut")
            room.tell(("next", None))
        return self._cuts


class Customer(Behavior):
    """Comes until its hair is cut."""

    def __init__(self, number: int, room: Ref, street: Ref) -> None:
        super().__init__()
        self._number = number
        self._room = room
        self._street = street

    def on_receive(self, message: str) -> None:
        if message == "cut":
            self._street.tell(self._number)
        else:
            self._room.tell(("come", self.actor_ref))


class Street(Behavior):
    """Sees the customers that go home."""

    def __init__(self, customers: int, outcome: Outcome[list[int]]) -> None:
        super().__init__()
        self._missing = customers
        self._seen: list[int] = []
        self._outcome = outcome

    def on_receive(self, message: int) -> None:
        self._seen.append(message)
        self._missing -= 1
        if self._missing <= 0:
            self._outcome.put(self._seen)


def run(library: Library, *, customers: int, seats: int) -> None:
    outcome: Outcome[list[int]] = Outcome()
    barber = library.start(Barber)
    room = library.start(WaitingRoom, seats, barber)
    street = library.start(Street, customers, outcome)
    for number in range(customers):
        library.start(Customer, number, room, street).tell("come")
    expect("customers that went home", sorted(outcome.get()), list(range(customers)))
    expect("cuts", barber.ask(None), customers)
    finish(library, outcome)
