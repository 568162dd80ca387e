from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

from actors.dataclass_actors import Account, Savings
from proxies.dataclass_actors import AccountProxy, BoxProxy, SavingsProxy

if TYPE_CHECKING:
    from actors.dataclass_actors import Box
    from typedactors import ActorRef, Future


def members(proxy: AccountProxy) -> None:
    assert_type(proxy.owner, Future[str])
    assert_type(proxy.balance, Future[int])
    assert_type(proxy.history, Future[list[int]])
    assert_type(proxy.currency, Future[str])
    assert_type(proxy.opened, Future[int])
    assert_type(proxy.total, Future[int])
    assert_type(proxy.deposit(1), Future[int])
    proxy.balance = 1
    proxy.deposit.defer(1)


def starting() -> None:
    assert_type(Account.start("x"), ActorRef[Account])
    assert_type(Account.start("x", 1, [1], 2, currency="USD"), ActorRef[Account])
    assert_type(Savings.start("x", rate=1.0).proxy(SavingsProxy).rate, Future[float])
    assert_type(Savings.start("x").proxy(AccountProxy).balance, Future[int])


def generic(ref: ActorRef[Box[bytes]]) -> None:
    assert_type(ref.proxy(BoxProxy[bytes]).content, Future[bytes])
    assert_type(ref.proxy(BoxProxy[bytes]).swap(b""), Future[bytes])
