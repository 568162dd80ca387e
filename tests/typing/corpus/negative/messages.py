from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from actors.messages import Copy, Count, FindSymbol, GetOldPrice, GetPrice, Market, SetPrice
from typedactors import Message, ThreadingActor

if TYPE_CHECKING:
    from proxies.messages import ExchangeProxy, MarketProxy
    from typedactors import ActorRef, Future


def asking(ref: ActorRef[Market], block: bool) -> None:
    text: str = ref.ask(GetPrice("x"))  # error: a Decimal, not a str
    future: Future[str] = ref.ask(GetPrice("x"), block=False)  # error: a Decimal, not a str
    price: Decimal = ref.ask(GetPrice("x"), block=False)  # error: a future, not its value
    either: str | Future[str] = ref.ask(GetPrice("x"), block=block)  # error: a Decimal, not a str
    numbers: list[Future[int]] = [ref.ask(GetPrice("x"), block=False)]  # error: a Decimal, not an int
    ref.ask(GetPrice("x")).upper()  # error: a Decimal, not a str
    ref.ask(GetOldPrice("x")).upper()  # error: a Decimal, not a str
    ref.ask(FindSymbol(Decimal(1))).upper()  # error: it may be None
    ref.ask(GetPrice("x"), block=False).get().upper()  # error: a Decimal, not a str
    ref.ask(GetPrice("x"), block=block).get()  # error: it may be the value
    ref.ask(SetPrice("x", Decimal(1))).upper()  # error: gives nothing
    ref.ask(Copy(b"x"))[0].upper().encode()  # error: bytes, not a str
    ref.ask(GetPrice("x"), False)  # error: by position
    ref.ask(GetPrice("x"), timeuot=1.0)  # error: misspelt keyword
    ref.ask(GetPrice("x"), timeout="1")  # error: a str for a float
    ref.ask("x", timeout="1")  # error: a str for a float
    print(text, future, price, either, numbers)


async def awaiting(ref: ActorRef[Market]) -> None:
    (await ref.ask(GetPrice("x"), block=False)).upper()  # error: a Decimal, not a str
    await ref.ask(GetPrice("x"))  # error: a Decimal is not awaited
    text: str = await ref.ask(GetPrice("x"), block=False)  # error: a Decimal, not a str
    print(text)


def messages() -> None:
    GetPrice()  # error: an argument is missing
    GetPrice(1)  # error: an int for a str
    GetPrice(smybol="x")  # error: misspelt keyword
    SetPrice("x", 1)  # error: an int for a Decimal
    message: Message[str] = GetPrice("x")  # error: its reply is a Decimal
    print(message)


def through_proxies(proxy: MarketProxy, exchange: ExchangeProxy) -> None:
    proxy.price("x")  # error: a str for the message
    proxy.price(SetPrice("x", Decimal(1)))  # error: another message
    proxy.price.defer("x")  # error: a str for the message
    exchange.old_price(GetPrice("x"))  # error: the base of the message
    proxy.price(GetPrice("x")).get().upper()  # error: a Decimal, not a str


class WrongReplies(ThreadingActor):
    @GetPrice.handler  # error: a str for the Decimal
    def price(self, message: GetPrice) -> str:
        return message.symbol

    @GetPrice.handler  # error: a str for the Decimal
    async def price_later(self, message: GetPrice) -> str:
        return message.symbol

    @SetPrice.handler  # error: an int for None
    def change(self, message: SetPrice) -> int:
        return 1

    @Count.handler  # error: it may be None
    def count(self, message: Count) -> int | None:
        return None

    @Copy[Any].handler  # error: not a list
    def copy(self, message: Copy[Any]) -> int:
        return message.times


class WrongMessages(ThreadingActor):
    @GetPrice.handler  # error: another message
    def price(self, message: SetPrice) -> Decimal:
        return message.price

    @GetPrice.handler  # error: the heir of the message
    def old_price(self, message: GetOldPrice) -> Decimal:
        return Decimal(message.year)

    @GetPrice.handler  # error: another message
    async def price_later(self, message: SetPrice) -> Decimal:
        return message.price

    @SetPrice.handler  # error: takes no message
    def change(self) -> None: ...

    @Count.handler  # error: takes one argument more
    def count(self, message: Count, more: int) -> int:
        return more

    @Count.handler  # error: by keyword
    def count_by_keyword(self, *, message: Count) -> int:
        return bool(message)
