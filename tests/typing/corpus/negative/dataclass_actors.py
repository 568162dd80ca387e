from __future__ import annotations

from typing import TYPE_CHECKING

from actors.dataclass_actors import Account, Savings
from proxies.dataclass_actors import BoxProxy, SavingsProxy

if TYPE_CHECKING:
    from actors.dataclass_actors import Box
    from proxies.dataclass_actors import AccountProxy
    from typedactors import ActorRef


def members(proxy: AccountProxy) -> None:
    proxy.balance = "x"  # error: a str for an int
    proxy.opened = 1  # error: assignment to a ClassVar
    proxy.deposit("x")  # error: a str for an int
    print(proxy.seed)  # error: an InitVar is no attribute
    proxy.rate = 1.0  # error: only the heir has it


def starting(ref: ActorRef[Account]) -> None:
    Account.start()  # error: an argument is missing
    Account.start(1)  # error: an int for a str
    Account.start("x", 1, [1], 2, "USD")  # error: by position
    Account.start("x", total=1)  # error: not an argument
    Savings.start("x", rate="y")  # error: a str for a float
    ref.proxy(SavingsProxy)  # error: not that actor


def generic(ref: ActorRef[Box[bytes]]) -> None:
    ref.proxy(BoxProxy[str])  # error: another type
    ref.proxy(BoxProxy[bytes]).swap("x")  # error: a str for bytes
