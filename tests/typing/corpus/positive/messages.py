from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, assert_type

from actors.messages import Copy, Count, FindSymbol, GetOldPrice, GetPrice, Market, SetPrice
from typedactors import ActorRef, Future, Message, ThreadingActor, get_all

if TYPE_CHECKING:
    from actors.messages import Exchange, Prices
    from proxies.messages import ExchangeProxy, MarketProxy


def asking(ref: ActorRef[Market], exchange: ActorRef[Exchange], prices: ActorRef[Prices], message: GetPrice) -> None:
    assert_type(ref.ask(GetPrice("x")), Decimal)
    assert_type(ref.ask(message, timeout=1.0), Decimal)
    assert_type(ref.ask(message, block=True, timeout=None), Decimal)
    assert_type(Market.start().ask(GetPrice(symbol="x")), Decimal)
    assert_type(exchange.ask(GetOldPrice("x", year=1999)), Decimal)
    assert_type(prices.ask(FindSymbol(Decimal(1))), str | None)
    assert_type(ref.ask(Count()), int)
    ref.ask(SetPrice("x", Decimal(1)))
    ref.tell(SetPrice("x", Decimal(1)))


def asking_for_futures(ref: ActorRef[Market], block: bool) -> None:
    assert_type(ref.ask(GetPrice("x"), block=False), Future[Decimal])
    assert_type(ref.ask(GetPrice("x"), block=False, timeout=1.0), Future[Decimal])
    assert_type(ref.ask(SetPrice("x", Decimal(1)), block=False), Future[None])
    assert_type(ref.ask(GetPrice("x"), block=False).get(), Decimal)
    assert_type(ref.ask(GetPrice("x"), block=False).map(str), Future[str])
    assert_type(get_all([ref.ask(GetPrice("x"), block=False), ref.ask(GetOldPrice("y"), block=False)]), list[Decimal])
    assert_type(ref.ask(Count(), block=False).join(ref.ask(FindSymbol(Decimal(1)), block=False)), Future[list[int | str | None]])
    assert_type(ref.ask(GetPrice("x"), block=block), Decimal | Future[Decimal])


def generic(ref: ActorRef[Market], copy: Copy[bytes], numbers: list[int]) -> None:
    assert_type(ref.ask(copy), list[bytes])
    assert_type(ref.ask(copy, block=False), Future[list[bytes]])
    assert_type(ref.ask(Copy(numbers, times=2)), list[list[int]])


def untyped(ref: ActorRef[Market], block: bool) -> None:
    assert_type(ref.ask("x"), Any)
    assert_type(ref.ask({"command": "x"}, timeout=1.0), Any)
    assert_type(ref.ask("x", block=False), Future[Any])
    assert_type(ref.ask("x", block=block), Any | Future[Any])
    ref.tell("x")


async def awaiting(ref: ActorRef[Market]) -> None:
    assert_type(await ref.ask(GetPrice("x"), block=False), Decimal)
    assert_type(await ref.ask(Count(), block=False), int)


def through_proxies(proxy: MarketProxy, exchange: ExchangeProxy) -> None:
    assert_type(proxy.price(GetPrice("x")), Future[Decimal])
    assert_type(proxy.change(SetPrice("x", Decimal(1))), Future[None])
    assert_type(proxy.price(message=GetPrice("x")), Future[Decimal])
    assert_type(proxy.find(FindSymbol(Decimal(1))), Future[str])
    assert_type(proxy.count("x"), Future[bool])
    assert_type(exchange.price(message=GetPrice("x")), Future[Decimal])
    assert_type(exchange.old_price(GetOldPrice("x")), Future[Decimal])
    proxy.price.defer(GetOldPrice("x"))


class Handlers(ThreadingActor):
    @GetPrice.handler
    def price(self, message: GetPrice) -> Decimal:
        return Decimal(len(message.symbol))

    @GetOldPrice.handler
    def old_price(self, message: GetPrice) -> Decimal:
        return Decimal(len(message.symbol))

    @SetPrice.handler
    async def change(self, message: SetPrice) -> None: ...

    @FindSymbol.handler
    def find(self, message: FindSymbol) -> None: ...

    @Copy[Any].handler
    def copy(self, message: Copy[Any]) -> list[Any]:
        return [message.thing] * message.times

    @Count.handler
    async def count(self, message: Message[Any]) -> bool:
        return bool(message)
