from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from actors.self_types import Heir, SelfTypes
    from proxies.self_types import HeirProxy, SelfTypesProxy
    from typedactors import ActorRef, Future


def calls(proxy: SelfTypesProxy, actor: SelfTypes) -> None:
    assert_type(proxy.me(), Future[SelfTypes])
    assert_type(proxy.same(actor), Future[list[SelfTypes]])
    assert_type(proxy.ref(), Future[ActorRef[SelfTypes]])
    assert_type(proxy.greet(actor), Future[str])
    assert_type(proxy.twin, Future[SelfTypes])
    assert_type(proxy.kind(), Future[type[SelfTypes]])
    assert_type(proxy.peer, Future[SelfTypes | None])
    assert_type(proxy.actor_ref, ActorRef[SelfTypes])
    proxy.peer = actor


def calls_of_heir(proxy: HeirProxy, heir: Heir) -> None:
    assert_type(proxy.me(), Future[Heir])
    assert_type(proxy.same(heir), Future[list[Heir]])
    assert_type(proxy.ref(), Future[ActorRef[Heir]])
    assert_type(proxy.greet(heir), Future[str])
    assert_type(proxy.twin, Future[Heir])
    assert_type(proxy.kind(), Future[type[Heir]])
    assert_type(proxy.peer, Future[Heir | None])
    assert_type(proxy.actor_ref, ActorRef[Heir])
    assert_type(proxy.me().get().extra(), int)
    proxy.peer = heir
    proxy.greet.defer(heir)
