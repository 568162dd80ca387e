from __future__ import annotations

from typing import TYPE_CHECKING

from proxies.inheritance import ConcreteProxy, DiamondProxy, LeafProxy, LeftProxy, MiddleProxy

if TYPE_CHECKING:
    from actors.inheritance import Abstract, Base, Leaf, Left, Middle
    from proxies.inheritance import AbstractProxy, BaseProxy
    from typedactors import ActorRef


def overriding(base: BaseProxy, middle: MiddleProxy, leaf: LeafProxy) -> None:
    base.work(1, twice=True)  # error: only the heir takes it
    middle.work(1, True)  # error: by position
    leaf.work("x")  # error: a str for an int
    base.own()  # error: only the heir has it
    base.size = 1  # error: assignment to a read-only property
    leaf.size = 1  # error: assignment to a read-only property


def mixins(leaf: LeafProxy) -> None:
    leaf.name = 1  # error: an int for a str
    leaf.rename(1)  # error: an int for a str
    leaf.hold("x")  # error: a str for bytes
    leaf.held = "x"  # error: a str for bytes
    leaf.add.defer("x")  # error: a str for an int


def wrong_proxy_class(base: ActorRef[Base], middle: ActorRef[Middle], left: ActorRef[Left]) -> None:
    base.proxy(MiddleProxy)  # error: not that actor
    middle.proxy(LeafProxy)  # error: not that actor
    middle.proxy(LeftProxy)  # error: not that actor
    left.proxy(DiamondProxy)  # error: not that actor
    LeafProxy(middle)  # error: not that actor


def wrong_proxy(base: BaseProxy, ref: ActorRef[Abstract]) -> None:
    leaf: LeafProxy = base  # error: the base is not its heir
    ref.proxy(ConcreteProxy)  # error: not that actor
    print(leaf)


def abstract_bases(abstract: AbstractProxy, concrete: ConcreteProxy, diamond: DiamondProxy, actor: Leaf) -> None:
    abstract.run(1, 2)  # error: only the heir takes it
    abstract.state = "x"  # error: assignment to a read-only property
    concrete.run("x")  # error: a str for an int
    diamond.both(1)  # error: too many arguments
    diamond.work(actor)  # error: an actor for an int
