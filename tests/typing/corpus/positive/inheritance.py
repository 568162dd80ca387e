from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from actors.inheritance import Base, Diamond, Leaf
    from proxies.inheritance import (
        AbstractProxy,
        BaseProxy,
        ConcreteProxy,
        DiamondProxy,
        LeafProxy,
        LeftProxy,
        MiddleProxy,
        RightProxy,
    )
    from typedactors import ActorRef, Future


def overriding(base: BaseProxy, middle: MiddleProxy, leaf: LeafProxy) -> None:
    assert_type(base.work(1), Future[float])
    assert_type(middle.work(1, twice=True), Future[int])
    assert_type(leaf.work(1, twice=True), Future[int])
    assert_type(base.keep(), Future[object])
    assert_type(leaf.keep(), Future[list[str]])
    assert_type(base.size, Future[float])
    assert_type(leaf.size, Future[int])


def mixins(leaf: LeafProxy) -> None:
    assert_type(leaf.name, Future[str])
    assert_type(leaf.rename("x"), Future[str])
    assert_type(leaf.count, Future[int])
    assert_type(leaf.add(by=1), Future[int])
    assert_type(leaf.held, Future[bytes])
    assert_type(leaf.hold(b""), Future[list[bytes]])
    assert_type(leaf.hidden(), Future[str])
    assert_type(leaf.own(), Future[None])
    leaf.count = 1
    leaf.held = b""


def heirs_are_accepted(leaf: LeafProxy, ref: ActorRef[Leaf], diamond: ActorRef[Diamond]) -> None:
    base: ActorRef[Base] = leaf.actor_ref
    print(base)
    overriding(leaf, leaf, leaf)
    assert_type(leaf.actor_ref, ActorRef[Leaf])
    assert_type(ref.proxy(BaseProxy), BaseProxy)
    assert_type(ref.proxy(LeafProxy), LeafProxy)
    assert_type(diamond.proxy(RightProxy).right(), Future[str])
    assert_type(diamond.proxy(LeftProxy).left(), Future[int])


def abstract_bases(abstract: AbstractProxy, concrete: ConcreteProxy, diamond: DiamondProxy) -> None:
    assert_type(abstract.run(1), Future[str])
    assert_type(abstract.state, Future[str])
    assert_type(concrete.run(1, 2), Future[str])
    assert_type(concrete.state, Future[str])
    assert_type(diamond.left(), Future[int])
    assert_type(diamond.right(), Future[str])
    assert_type(diamond.both(), Future[bytes])
    assert_type(diamond.work(1), Future[float])
    concrete.state = "y"
