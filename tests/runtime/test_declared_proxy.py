"""Proxies whose members are declared, as the generator does and as by hand."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.runtime.support import LIMIT, Plain
from typedactors import ActorDeadError, ActorProxy, ActorRef, DynamicProxy, Future, ProxyNode, ThreadingActor
from typedactors.typing import ActorMemberMixin, proxy_field, proxy_method, proxy_node


class Wheel:
    def __init__(self) -> None:
        self.pressure = 2.0
        self.hub = Hub()

    def pump(self, by: float = 0.5) -> float:
        """Pump air."""
        self.pressure += by
        return self.pressure


class Hub:
    greased = False

    def grease(self) -> bool:
        self.greased = True
        return self.greased


class Bicycle(ThreadingActor):
    wheels: int = 2
    color = "red"

    def __init__(self) -> None:
        super().__init__()
        self.front = Wheel()

    def ride(self, distance: float, *, uphill: bool = False) -> float:
        """Ride."""
        return distance / 2 if uphill else distance

    @property
    def weight(self) -> int:
        return 12


class HubProxy(ProxyNode):
    __slots__ = ()
    greased = proxy_field(Hub.greased)
    grease = proxy_method(Hub.grease)


class WheelProxy(ProxyNode):
    __slots__ = ()
    pressure = proxy_field()
    pump = proxy_method("Pump air.")
    hub = proxy_node(lambda: HubProxy)


class BicycleProxy(ActorMemberMixin, ActorProxy[Bicycle]):
    """The form of the generator, with types left out."""

    __slots__ = ()
    wheels = proxy_field(Bicycle.wheels)
    color = proxy_field()
    weight = proxy_field(readonly=True)
    ride = proxy_method(Bicycle.ride)
    front = proxy_node(lambda: WheelProxy)


@pytest.fixture
def ref() -> ActorRef[Bicycle]:
    return Bicycle.start()


@pytest.fixture
def proxy(ref: ActorRef[Bicycle]) -> BicycleProxy:
    return ref.proxy(BicycleProxy)


def test_it_is_made_by_the_ref_or_by_its_class(ref: ActorRef[Bicycle]) -> None:
    assert isinstance(ref.proxy(BicycleProxy), BicycleProxy)
    assert BicycleProxy(ref) == ref.proxy(BicycleProxy)
    assert ref.proxy(BicycleProxy).actor_ref is ref


def test_it_is_the_same_place_as_the_dynamic_proxy(ref: ActorRef[Bicycle]) -> None:
    assert ref.proxy(BicycleProxy) == ref.proxy()
    assert hash(ref.proxy(BicycleProxy)) == hash(ref.proxy())


def test_a_method_gives_a_future_or_is_deferred(proxy: BicycleProxy) -> None:
    future = proxy.ride(10, uphill=True)

    assert isinstance(future, Future)
    assert future.get(timeout=LIMIT) == 5
    deferred: object = proxy.ride.defer(3)  # type: ignore[func-returns-value]  # that it returns None is what is tested
    assert deferred is None


def test_a_field_is_read_and_assigned_in_the_actor(proxy: BicycleProxy) -> None:
    proxy.wheels = 3

    assert proxy.wheels.get(timeout=LIMIT) == 3
    assert proxy.color.get(timeout=LIMIT) == "red"


def test_a_read_only_field_cannot_be_assigned(proxy: BicycleProxy) -> None:
    assert proxy.weight.get(timeout=LIMIT) == 12
    with pytest.raises(AttributeError, match="read-only field 'weight'"):
        proxy.weight = 10


@pytest.mark.parametrize("used", [False, True])
def test_a_method_and_a_node_cannot_be_assigned(proxy: BicycleProxy, *, used: bool) -> None:
    loose: Any = proxy  # the checkers refuse both assignments
    if used:
        assert loose.ride is not loose.front
    with pytest.raises(AttributeError, match="the method 'ride'"):
        loose.ride = print
    with pytest.raises(AttributeError, match="traversable attribute 'front'"):
        loose.front = Wheel()


def test_a_method_and_a_node_are_made_once_and_each_for_its_own_proxy(proxy: BicycleProxy) -> None:
    assert proxy.ride is proxy.ride
    assert proxy.front is proxy.front
    assert proxy.front.pump is proxy.front.pump
    assert copy.copy(proxy).ride is not proxy.ride


def test_nodes_nest(proxy: BicycleProxy) -> None:
    assert proxy.front.pump(1).get(timeout=LIMIT) == 3.0
    proxy.front.pressure = 9.0
    assert proxy.front.pressure.get(timeout=LIMIT) == 9.0
    assert proxy.front.hub.grease().get(timeout=LIMIT) is True
    assert proxy.front.hub.greased.get(timeout=LIMIT) is True


def test_a_node_is_a_place_of_its_own(proxy: BicycleProxy) -> None:
    assert isinstance(proxy.front, WheelProxy)
    assert proxy.front == proxy.front
    assert proxy.front != proxy.front.hub
    assert proxy.front.actor_ref is proxy.actor_ref
    assert repr(proxy.front.hub).endswith("attr_path=('front', 'hub')>")


def test_a_node_may_be_left_dynamic(ref: ActorRef[Bicycle]) -> None:
    class LooseProxy(ActorProxy[Bicycle]):
        front = proxy_node(lambda: DynamicProxy[Any])

    assert ref.proxy(LooseProxy).front.pump().get(timeout=LIMIT) == 2.5


def test_the_members_of_every_actor_come_with_the_mixin(ref: ActorRef[Bicycle], proxy: BicycleProxy) -> None:
    assert proxy.actor_urn.get(timeout=LIMIT) == ref.actor_urn
    assert proxy.actor_stopped.get(timeout=LIMIT) is ref.actor_stopped
    assert proxy.actor_inbox.get(timeout=LIMIT) is ref.actor_inbox
    assert proxy.on_receive("ignored").get(timeout=LIMIT) is None
    assert proxy.on_start().get(timeout=LIMIT) is None
    assert proxy.stop().get(timeout=LIMIT) is None
    assert not ref.is_alive()


@pytest.mark.parametrize("name", ["actor_urn", "actor_inbox", "actor_stopped"])
def test_the_addresses_of_an_actor_are_read_only(proxy: BicycleProxy, name: str) -> None:
    with pytest.raises(AttributeError, match="read-only"):
        setattr(proxy, name, "something")


@pytest.mark.parametrize("name", ["colour", "_front", "use_daemon_thread"])
def test_what_is_not_declared_is_not_there(proxy: BicycleProxy, name: str) -> None:
    with pytest.raises(AttributeError):
        getattr(proxy, name)
    with pytest.raises(AttributeError):
        setattr(proxy, name, 1)


def test_members_of_a_class_know_their_docstrings() -> None:
    assert BicycleProxy.ride.__doc__ == "Ride."
    assert WheelProxy.pump.__doc__ == "Pump air."


def test_a_proxy_class_may_extend_another() -> None:
    class Tandem(Bicycle):
        seats = 2

    class TandemProxy(BicycleProxy):
        __slots__ = ()
        seats = proxy_field(Tandem.seats)

    proxy = TandemProxy(Tandem.start())
    assert proxy.seats.get(timeout=LIMIT) == 2
    assert proxy.wheels.get(timeout=LIMIT) == 2


def test_a_proxy_class_may_override_a_member_of_another(ref: ActorRef[Bicycle]) -> None:
    class FrugalProxy(BicycleProxy):
        __slots__ = ()

        def ride(self, distance: float, *, uphill: bool = False) -> Future[float]:  # type: ignore[override]  # pyright: ignore[reportIncompatibleVariableOverride]  # without defer()
            return super().ride(distance / 10, uphill=uphill)

    proxy = FrugalProxy(ref)
    assert [proxy.ride(40).get(timeout=LIMIT) for _ in range(2)] == [4, 4]


def test_a_proxy_class_may_override_a_traversable_attribute_of_another(ref: ActorRef[Bicycle]) -> None:
    class SmallWheelProxy(WheelProxy):
        __slots__ = ()

    class SmallProxy(BicycleProxy):
        __slots__ = ()
        front = proxy_node(lambda: SmallWheelProxy)

        def as_of_the_other(self) -> WheelProxy:
            return super().front

    proxy = SmallProxy(ref)
    for _ in range(2):
        assert type(proxy.as_of_the_other()) is WheelProxy
        assert type(proxy.front) is SmallWheelProxy


def test_the_classes_of_pykka_programs_work_without_slots_and_without_the_mixin(ref: ActorRef[Bicycle]) -> None:
    class HandWritten(ActorProxy[Bicycle]):
        ride = proxy_method(Bicycle.ride)

    assert HandWritten(ref).ride(4).get(timeout=LIMIT) == 4


def test_one_of_a_dead_actor_cannot_be_made_and_calls_fail_in_their_futures(proxy: BicycleProxy) -> None:
    ref = proxy.actor_ref
    ref.stop(timeout=LIMIT)

    with pytest.raises(ActorDeadError):
        ref.proxy(BicycleProxy)
    future = proxy.ride(1)
    with pytest.raises(ActorDeadError):
        future.get(timeout=LIMIT)
    with pytest.raises(ActorDeadError):
        proxy.wheels = 4


def test_nothing_looks_at_the_actor() -> None:
    """A declared proxy works for an actor whose attributes cannot be looked at from outside."""
    ref = Plain.start()
    proxy = BicycleProxy._at(ref, ())
    ref.stop(timeout=LIMIT)

    assert repr(proxy.ride).endswith("attr_path=('ride',)>")
    assert repr(proxy.front).endswith("attr_path=('front',)>")
