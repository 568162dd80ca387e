"""Actors that are dataclasses."""

from __future__ import annotations

from dataclasses import KW_ONLY, InitVar, dataclass, field
from typing import ClassVar, Generic, TypeVar

from typedactors import ThreadingActor

T = TypeVar("T")


@dataclass
class Account(ThreadingActor):
    owner: str
    balance: int = 0
    history: list[int] = field(default_factory=list[int])
    seed: InitVar[int] = 1
    _: KW_ONLY
    currency: str = "EUR"
    opened: ClassVar[int] = 0
    total: int = field(init=False, default=0)

    def __post_init__(self, seed: int) -> None:
        super().__init__()

    def deposit(self, amount: int) -> int:
        self.balance += amount
        return self.balance


@dataclass
class Savings(Account):
    rate: float = 0.0


@dataclass(eq=False)
class Box(ThreadingActor, Generic[T]):
    content: T

    def swap(self, content: T) -> T:
        return content
