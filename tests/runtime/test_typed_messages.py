"""Messages that declare their reply, and the handlers that are declared for them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar, assert_type

import pytest

from tests.runtime.support import LIMIT
from typedactors import ActorRef, Future, Message, ThreadingActor


@dataclass(frozen=True)
class GetPrice(Message[Decimal]):
    symbol: str


@dataclass(frozen=True)
class GetPriceInEuro(GetPrice):
    pass


@dataclass(frozen=True)
class Describe(Message[str]):
    pass


@dataclass(frozen=True)
class Forget(Message[None]):
    symbol: str


@dataclass(frozen=True)
class Unhandled(Message[int]):
    pass


Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Copy(Message[list[Thing]], Generic[Thing]):
    thing: Thing


class Market(ThreadingActor):
    def __init__(self, prices: dict[str, Decimal]) -> None:
        super().__init__()
        self._prices = prices

    @GetPrice.handler
    def price(self, message: GetPrice) -> Decimal:
        return self._prices[message.symbol]

    @Describe.handler
    async def describe(self, message: Describe) -> str:
        await asyncio.sleep(0)
        return f"{len(self._prices)} prices"

    @Forget.handler
    def forget(self, message: Forget) -> None:
        del self._prices[message.symbol]

    @Copy[Any].handler  # whatever is copied
    def copy(self, message: Copy[Thing]) -> list[Thing]:
        return [message.thing]

    def on_receive(self, message: Any) -> Any:  # any message
        return ("on_receive", message)


class Doubling(Market):
    def price(self, message: GetPrice, /) -> Decimal:
        return 2 * super().price(message)


@pytest.fixture
def market() -> ActorRef[Market]:
    return Market.start({"ACME": Decimal("1.50")})


def test_an_ask_has_the_type_that_its_message_declares(market: ActorRef[Market]) -> None:
    price = market.ask(GetPrice("ACME"), timeout=LIMIT)
    assert_type(price, Decimal)
    assert price == Decimal("1.50")
    later = market.ask(GetPrice("ACME"), block=False)
    assert_type(later, Future[Decimal])
    assert later.get(timeout=LIMIT) == Decimal("1.50")


def test_a_handler_may_be_async(market: ActorRef[Market]) -> None:
    assert market.ask(Describe(), timeout=LIMIT) == "1 prices"


def test_a_handler_is_told_as_well_as_asked(market: ActorRef[Market]) -> None:
    market.tell(Forget("ACME"))
    assert market.ask(Describe(), timeout=LIMIT) == "0 prices"


def test_what_a_handler_raises_goes_to_the_asker(market: ActorRef[Market]) -> None:
    with pytest.raises(KeyError, match="NONE"):
        market.ask(GetPrice("NONE"), timeout=LIMIT)
    assert market.is_alive()


def test_a_derived_message_goes_to_the_handler_of_its_base(market: ActorRef[Market]) -> None:
    assert market.ask(GetPriceInEuro("ACME"), timeout=LIMIT) == Decimal("1.50")


def test_messages_without_a_handler_go_to_on_receive(market: ActorRef[Market]) -> None:
    assert market.ask("plain", timeout=LIMIT) == ("on_receive", "plain")
    reply: object = market.ask(Unhandled(), timeout=LIMIT)
    assert reply == ("on_receive", Unhandled())


def test_a_method_that_overrides_a_handler_is_the_handler() -> None:
    assert Doubling.start({"ACME": Decimal(1)}).ask(GetPrice("ACME"), timeout=LIMIT) == Decimal(2)


def test_a_handler_is_a_method_too(market: ActorRef[Market]) -> None:
    assert market.proxy().price(GetPrice("ACME")).get(timeout=LIMIT) == Decimal("1.50")


def test_the_reply_may_depend_on_what_the_message_carries(market: ActorRef[Market]) -> None:
    assert assert_type(market.ask(Copy(1), timeout=LIMIT), list[int]) == [1]
    assert assert_type(market.ask(Copy[str]("x"), block=False).get(timeout=LIMIT), list[str]) == ["x"]


@pytest.mark.parametrize("block", [True, False])
def test_an_ask_that_may_block_has_either_type(market: ActorRef[Market], block: bool) -> None:
    answer = market.ask(GetPrice("ACME"), block=block, timeout=LIMIT)
    assert_type(answer, Decimal | Future[Decimal])
    assert isinstance(answer, Decimal) == block
    assert (answer.get(timeout=LIMIT) if isinstance(answer, Future) else answer) == Decimal("1.50")


def test_a_class_attribute_that_answers_to_no_name_yet_does_not_keep_a_class_from_being_defined() -> None:
    class Request:
        def __getattr__(self, name: str) -> object:
            raise RuntimeError("working outside of a request")

    class Shop(Market):
        request = Request()

    ref = Shop.start({"ACME": Decimal(2)})

    assert ref.ask(GetPrice("ACME"), timeout=LIMIT) == 2
