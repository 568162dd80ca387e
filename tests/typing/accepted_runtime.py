"""What the type checkers know without any generated code. Checked with the whole project, and by test_checkers."""

from __future__ import annotations

import operator
import threading
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, assert_type

import typedactors.asyncio
import typedactors.eventlet
import typedactors.gevent
import typedactors.process
import typedactors.ray
from typedactors import (
    ActorProxy,
    ActorRef,
    ActorRegistry,
    DynamicProxy,
    Future,
    Message,
    PooledActor,
    ProxyNode,
    ThreadingActor,
    ThreadingFuture,
    get_all,
    start,
    traversable,
)
from typedactors.asyncio import AsyncioActor
from typedactors.eventlet import EventletActor
from typedactors.gevent import GeventActor
from typedactors.pactor import Actor as MovedInstance
from typedactors.pactor import Proxy as MovedProxy
from typedactors.process import ProcessActor
from typedactors.ray import Options, RayActor, lookup
from typedactors.typing import ActorMemberMixin, Method, proxy_field, proxy_method, proxy_node

Key = TypeVar("Key")
Value = TypeVar("Value")


class Speaker(Protocol):
    """What an actor offers."""

    def say(self, words: str) -> int: ...


class Mouth:
    """A traversable part."""

    open = False

    def chew(self, times: int = 1) -> bool:
        return times > 0


class Person(ThreadingActor):
    """An actor that implements the Protocol without naming it."""

    legs: int = 2

    def __init__(self, name: str, *, age: int = 0) -> None:
        super().__init__()
        self.name = name
        self.age = age
        self.mouth = traversable(Mouth())

    def say(self, words: str) -> int:
        return len(words)

    def sleep(self) -> None:
        own: ActorRef[Person] = self.actor_ref
        assert_type(own.proxy(PersonProxy), PersonProxy)


class Bare(ThreadingActor):
    """An actor without a constructor of its own."""


class PooledPerson(Person, PooledActor):
    """The same on the pool."""


class ProcessPerson(Person, ProcessActor):
    """The same in a process."""


class RayPerson(Person, RayActor):
    """The same on Ray."""


class GeventPerson(Person, GeventActor):
    """The same in a greenlet of gevent's."""


class EventletPerson(Person, EventletActor):
    """The same in a green thread of eventlet's."""


class AsyncioPerson(Person, AsyncioActor):
    """The same in a task."""


class Cache(ThreadingActor, Generic[Key, Value]):
    """A generic actor."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size
        self.content: dict[Key, Value] = {}


@dataclass(frozen=True)
class Count(Message[int]):
    """A message that declares its reply."""

    words: str


class Counter(ThreadingActor):
    """An actor that handles it."""

    @Count.handler
    def count(self, message: Count) -> int:
        return len(message.words)


class MouthProxy(ProxyNode):
    __slots__ = ()
    open = proxy_field(Mouth.open)
    chew = proxy_method(Mouth.chew)


class PlainMouthProxy:
    """What programs for Pykka declare for a traversable attribute: a class of its own, without a base."""

    open = proxy_field(Mouth.open)
    chew = proxy_method(Mouth.chew)


class PersonProxy(ActorMemberMixin, ActorProxy[Person]):
    """A proxy class as one writes it by hand."""

    __slots__ = ()
    legs = proxy_field(Person.legs)
    say = proxy_method(Person.say)
    sleep = proxy_method(Person.sleep)
    mouth = proxy_node(lambda: MouthProxy)


class SpeakerProxy(ActorProxy[Speaker]):
    """A proxy class for whatever implements the Protocol."""

    __slots__ = ()
    say = proxy_method(Speaker.say)


def starting_checks_the_arguments_and_knows_the_class() -> None:
    assert_type(Person.start("Ann"), ActorRef[Person])
    assert_type(Person.start("Ann", age=3), ActorRef[Person])
    assert_type(Person.start(name="Ann", age=3), ActorRef[Person])
    assert_type(Bare.start(), ActorRef[Bare])


def start_as_a_function_checks_the_same(person_class: type[Person]) -> None:
    assert_type(start(Person, "Ann", age=3), ActorRef[Person])
    assert_type(start(person_class, "Ann"), ActorRef[Person])
    assert_type(start(Cache[str, int], 3), ActorRef[Cache[str, int]])


def every_runtime_starts_a_class_of_its_own_alike() -> None:
    assert_type(PooledPerson.start("Ann", age=3), ActorRef[PooledPerson])
    assert_type(ProcessPerson.start("Ann", age=3), ActorRef[ProcessPerson])
    assert_type(RayPerson.start("Ann", age=3), ActorRef[RayPerson])
    assert_type(GeventPerson.start("Ann", age=3), ActorRef[GeventPerson])
    assert_type(EventletPerson.start("Ann", age=3), ActorRef[EventletPerson])
    assert_type(AsyncioPerson.start("Ann", age=3), ActorRef[AsyncioPerson])
    assert_type(ProcessPerson.start("Ann").proxy(PersonProxy).say("hello"), Future[int])
    assert_type(RayPerson.start("Ann").proxy(PersonProxy).say("hello"), Future[int])


def every_runtime_starts_any_class_alike(person_class: type[Person]) -> None:
    assert_type(typedactors.process.start(Person, "Ann", age=3), ActorRef[Person])
    assert_type(typedactors.ray.start(Person, "Ann", age=3), ActorRef[Person])
    assert_type(typedactors.gevent.start(Person, "Ann", age=3), ActorRef[Person])
    assert_type(typedactors.eventlet.start(Person, "Ann", age=3), ActorRef[Person])
    assert_type(typedactors.asyncio.start(Person, "Ann", age=3), ActorRef[Person])
    assert_type(typedactors.process.start(person_class, name="Ann"), ActorRef[Person])
    assert_type(typedactors.process.start(Cache[str, int], 3), ActorRef[Cache[str, int]])
    assert_type(typedactors.ray.start(person_class, name="Ann"), ActorRef[Person])
    assert_type(typedactors.ray.start(Cache[str, int], 3), ActorRef[Cache[str, int]])
    assert_type(typedactors.asyncio.start(Cache[str, int], 3), ActorRef[Cache[str, int]])
    assert_type(typedactors.process.start(Person, "Ann").proxy(PersonProxy).say("hello").get(), int)


def ray_options_and_names_are_typed_alike(person_class: type[Person]) -> None:
    assert_type(Options(name="ann", max_restarts=3).start(Person, "Ann", age=3), ActorRef[Person])
    assert_type(Options().start(person_class, name="Ann"), ActorRef[Person])
    assert_type(lookup("ann", Person), ActorRef[Person])
    assert_type(lookup("ann", RayPerson, namespace="people").proxy(PersonProxy).say("hello").get(), int)


def pactors_proxies_are_not_typed(mouth: Mouth) -> None:
    moved: MovedInstance[Mouth] = MovedInstance(mouth)
    assert_type(moved.proxy, MovedProxy)
    assert_type(moved.proxy.chew(3), Future[Any])
    assert_type(moved.join(1.0), bool)
    moved.close()


def a_message_may_declare_its_reply(ref: ActorRef[Any]) -> None:
    assert_type(ref.ask(Count("words")), int)
    assert_type(ref.ask(Count("words"), block=False), Future[int])


def a_dynamic_proxy_reads_as_anything_after_an_assignment(proxy: DynamicProxy[Person]) -> None:
    proxy.age = 3
    assert_type(proxy.age, Any)
    proxy.age = None
    assert_type(proxy.age.get(), Any)


def a_ref_makes_proxies(ref: ActorRef[Person]) -> None:
    assert_type(ref.proxy(PersonProxy), PersonProxy)
    assert_type(ref.proxy(SpeakerProxy), SpeakerProxy)
    assert_type(ref.proxy(), DynamicProxy[Person])
    assert_type(PersonProxy(ref), PersonProxy)
    assert_type(ActorProxy(actor_ref=ref), DynamicProxy[Person])
    assert_type(ref.proxy().whatever, Any)


def refs_are_covariant(ref: ActorRef[Person]) -> None:
    as_base: ActorRef[ThreadingActor] = ref
    as_protocol: ActorRef[Speaker] = ref
    many: list[ActorRef[Speaker]] = [ref, as_protocol]
    assert_type(as_protocol.proxy(SpeakerProxy).say("hello"), Future[int])
    assert_type(many[0].is_alive(), bool)
    assert_type(as_base.actor_urn, str)


def a_ref_asks_tells_and_stops(ref: ActorRef[Person], block: bool) -> None:
    assert_type(ref.ask("message"), Any)
    assert_type(ref.ask("message", timeout=1), Any)
    assert_type(ref.ask("message", block=False), Future[Any])
    ref.tell("message")
    assert_type(ref.stop(), bool)
    assert_type(ref.stop(block=False), Future[bool])
    assert_type(ref.stop(block=block), bool | Future[bool])
    assert_type(ref.actor_class, type[Person])
    assert_type(ref.actor_stopped, threading.Event)
    assert_type(ref.actor_inbox.empty(), bool)


def a_plain_class_may_declare_members_too(mouth: PlainMouthProxy) -> None:
    assert_type(mouth.open, Future[bool])
    assert_type(mouth.chew(3), Future[bool])


def a_declared_proxy_knows_its_members(proxy: PersonProxy) -> None:
    assert_type(proxy.legs, Future[int])
    assert_type(proxy.say("hello"), Future[int])
    assert_type(proxy.say("hello").get(), int)
    assert_type(proxy.sleep(), Future[None])
    proxy.say.defer("hello")
    proxy.legs = 3
    assert_type(proxy.legs.get(timeout=1), int)
    say: Method[[str], int] = proxy.say
    assert_type(say("hello"), Future[int])
    assert_type(proxy.mouth, MouthProxy)
    assert_type(proxy.mouth.chew(3), Future[bool])
    assert_type(proxy.mouth.open.get(), bool)
    assert_type(proxy.stop(), Future[None])
    assert_type(proxy.actor_urn, Future[str])
    assert_type(proxy.actor_stopped.get(), threading.Event)
    assert_type(proxy.actor_ref, ActorRef[Person])


def futures_know_their_values(numbers: Future[list[int]], number: Future[int], words: Future[str]) -> None:
    assert_type(numbers.get(), list[int])
    assert_type(number.get(timeout=1), int)
    assert_type(numbers.map(len), Future[int])
    assert_type(numbers.filter(bool), Future[list[int]])
    assert_type(numbers.reduce(max), Future[int])
    assert_type(numbers.reduce(operator.add, 5), Future[int])
    assert_type(number.map(str).map(len), Future[int])
    assert_type(words.filter(str.isalpha), Future[list[str]])
    assert_type(number.join(words), Future[list[int | str]])
    assert_type(number.join(number, number).map(sum), Future[int])
    assert_type(get_all([number, number]), list[int])
    takes_any_future(number)
    takes_any_future(numbers)


def takes_any_future(future: Future[object]) -> None:
    assert_type(future.get(), object)


async def awaiting_gives_the_value(number: Future[int], proxy: PersonProxy) -> None:
    assert_type(await number, int)
    assert_type(await proxy.say("hello"), int)
    assert_type(await proxy.legs, int)


def futures_can_be_made(own: ThreadingFuture[int]) -> None:
    own.set(3)
    own.set_get_hook(lambda timeout: 3 if timeout is None else 4)
    own.set_exception((ValueError, ValueError(), None))
    assert_type(own.done(), bool)
    assert_type(own.get(), int)


def the_registry_knows_classes(block: bool) -> None:
    assert_type(ActorRegistry.get_all(), list[ActorRef[Any]])
    assert_type(ActorRegistry.get_by_class(Person), list[ActorRef[Person]])
    assert_type(ActorRegistry.get_by_urn("urn"), ActorRef[Any] | None)
    assert_type(ActorRegistry.stop_all(), list[bool])
    assert_type(ActorRegistry.stop_all(block=False), list[Future[bool]])
    assert_type(ActorRegistry.stop_all(block=block), list[bool] | list[Future[bool]])


def traversable_keeps_the_type() -> None:
    assert_type(traversable(Mouth()), Mouth)
    assert_type(traversable(Mouth), type[Mouth])
