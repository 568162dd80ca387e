from __future__ import annotations

from typing import TYPE_CHECKING

from actors.usage import Bare, Counter, Heir, Other
from proxies.usage import CounterProxy, HeirProxy, OtherProxy
from typedactors import get_all, start

if TYPE_CHECKING:
    from typedactors import ActorRef, Future


def starting(kind: type[Counter]) -> None:
    Counter.start("x")  # error: a str for an int
    Counter.start(1, "x")  # error: by position
    Counter.start(setp=1)  # error: misspelt keyword
    Counter.start(1, name=2)  # error: an int for a str
    Heir.start("x")  # error: a str for an int
    Other.start()  # error: an argument is missing
    Other.start("x", "y")  # error: a str among the ints
    Other.start("x", a="y")  # error: a str among the floats
    kind.start("x")  # error: a str for an int
    start(kind, "x")  # error: a str for an int
    start(Counter, setp=1)  # error: misspelt keyword
    Counter.satrt()  # error: unknown member


def making_proxies(ref: ActorRef[Counter], heir: ActorRef[Heir], bare: ActorRef[Bare]) -> None:
    ref.proxy(HeirProxy)  # error: not that actor
    ref.proxy(OtherProxy)  # error: not that actor
    bare.proxy(CounterProxy)  # error: not that actor
    HeirProxy(ref)  # error: not that actor
    CounterProxy()  # error: a ref is missing
    CounterProxy(heir, 1)  # error: too many arguments
    OtherProxy(actor_ref=ref)  # error: not that actor
    ref.proxy(Counter)  # error: an actor class is no proxy class
    other: ActorRef[Heir] = ref  # error: the base is not its heir
    print(other)


def members(proxy: CounterProxy, ref: ActorRef[Counter]) -> None:
    proxy.cuont  # error: unknown member
    proxy.more()  # error: only the heir has it
    proxy.add(yb=1)  # error: misspelt keyword
    proxy.add("x")  # error: a str for an int
    proxy.add.defer("x")  # error: a str for an int
    proxy.add.defer(yb=1)  # error: misspelt keyword
    proxy.add.defer(1).get()  # error: a .defer result that is used
    deferred: int = proxy.add.defer(1)  # error: a .defer result that is used
    proxy.step = "x"  # error: a str for an int
    proxy.total = 1  # error: assignment to a read-only property
    proxy.add = proxy.add  # error: assignment to a method
    proxy.setp = 1  # error: assignment to an unknown member
    proxy.actor_ref = ref  # error: assignment to the ref
    proxy.actor_urn = "x"  # error: assignment to a read-only field
    print(deferred)


async def awaiting(proxy: CounterProxy) -> None:
    step: str = await proxy.step  # error: an int, not a str
    (await proxy.add(1)).upper()  # error: an int, not a str
    await proxy.add  # error: a method is not awaited
    print(step)


def combining(proxy: CounterProxy) -> None:
    get_all([proxy.add(1)])[0].upper()  # error: an int, not a str
    get_all([1, 2])  # error: ints for futures
    get_all(proxy.add(1), proxy.add(2))  # error: not one iterable
    proxy.add(1).map(len)  # error: not a function of an int
    proxy.add(1).map(str).get().bit_length()  # error: a str, not an int
    proxy.items().filter(abs)  # error: not a function of a str
    proxy.add(1).filter(bool)  # error: an int has no items
    proxy.add(1).join(1)  # error: an int for a future
    proxy.add(1).join(proxy.step).get()[0].upper()  # error: an int, not a str
    proxy.add(1).join(proxy.step).get().upper()  # error: a list
    future: Future[str] = proxy.add(1)  # error: another type
    proxy.add(1).gte()  # error: unknown member of a future
    proxy.add(1).get(1.0)  # error: by position
    print(future)
