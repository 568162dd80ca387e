"""Messages that declare their reply, and the handlers that are declared for them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

from typedactors import Message, ThreadingActor

T = TypeVar("T")


@dataclass(frozen=True)
class GetPrice(Message[Decimal]):
    symbol: str


@dataclass(frozen=True)
class GetOldPrice(GetPrice):
    """Declares its reply by its base."""

    year: int = 2000


@dataclass(frozen=True)
class SetPrice(Message[None]):
    symbol: str
    price: Decimal


@dataclass(frozen=True)
class FindSymbol(Message["str | None"]):
    price: Decimal


@dataclass(frozen=True)
class Copy(Message[list[T]], Generic[T]):
    """Declares a reply that depends on what it carries."""

    thing: T
    times: int = 1


class Count(Message[int]): ...


class Prices(Protocol):
    def last(self) -> Decimal: ...


class Market(ThreadingActor, Prices):
    def __init__(self) -> None:
        super().__init__()
        self.prices: dict[str, Decimal] = {}

    def last(self) -> Decimal:
        return Decimal(0)

    @GetPrice.handler
    def price(self, message: GetPrice) -> Decimal:
        """Look it up."""
        return self.prices[message.symbol]

    @SetPrice.handler
    async def change(self, message: SetPrice) -> None:
        self.prices[message.symbol] = message.price

    @FindSymbol.handler
    def find(self, message: FindSymbol) -> str:
        """Give less than is declared."""
        return str(message.price)

    @Count.handler
    def count(self, message: object) -> bool:
        """Take more than is declared."""
        return bool(message)

    def on_receive(self, message: object) -> object:
        return message


class Exchange(Market):
    def price(self, message: GetPrice) -> Decimal:
        return Decimal(len(message.symbol))

    @GetOldPrice.handler
    async def old_price(self, message: GetOldPrice) -> Decimal:
        return Decimal(message.year)
