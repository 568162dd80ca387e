"""One error a line, with what mypy and pyright say of it: ``# mypy code, pyright rule``."""

from __future__ import annotations

import typedactors.asyncio
import typedactors.eventlet
import typedactors.gevent
import typedactors.process
import typedactors.ray
from accepted_runtime import (
    AsyncioPerson,
    Bare,
    Cache,
    Count,
    EventletPerson,
    GeventPerson,
    MouthProxy,
    Person,
    PersonProxy,
    PooledPerson,
    ProcessPerson,
    RayPerson,
    Speaker,
    SpeakerProxy,
)
from typedactors import ActorProxy, ActorRef, Future, ThreadingActor, ThreadingFuture, start


class Mute(ThreadingActor):
    """An actor that cannot say anything."""

    def say(self) -> int:
        return 0


class WrongHandlers(ThreadingActor):
    """An actor that handles a message in the wrong ways."""

    @Count.handler  # arg-type, reportCallIssue reportArgumentType reportUntypedFunctionDecorator
    def count(self, message: Count) -> str:
        return message.words

    @Count.handler  # arg-type, reportCallIssue reportArgumentType reportUntypedFunctionDecorator
    def count_again(self, message: str) -> int:
        return len(message)


Person.start()  # call-arg, reportCallIssue
Person.start(1)  # arg-type, reportArgumentType
Person.start("Ann", 3)  # call-arg, reportCallIssue
Person.start("Ann", age="3")  # arg-type, reportArgumentType
Person.start("Ann", height=3)  # call-arg, reportCallIssue
Bare.start("Ann")  # call-arg, reportCallIssue

start(Person)  # call-arg, reportCallIssue
start(Person, "Ann", age="3")  # arg-type, reportArgumentType
start(Cache[str, int], "large")  # arg-type, reportArgumentType

PooledPerson.start()  # call-arg, reportCallIssue
PooledPerson.start("Ann", age="3")  # arg-type, reportArgumentType
PooledPerson.start("Ann", height=3)  # call-arg, reportCallIssue
ProcessPerson.start()  # call-arg, reportCallIssue
ProcessPerson.start("Ann", age="3")  # arg-type, reportArgumentType
ProcessPerson.start("Ann", height=3)  # call-arg, reportCallIssue
RayPerson.start()  # call-arg, reportCallIssue
RayPerson.start("Ann", age="3")  # arg-type, reportArgumentType
RayPerson.start("Ann", height=3)  # call-arg, reportCallIssue
GeventPerson.start()  # call-arg, reportCallIssue
GeventPerson.start("Ann", age="3")  # arg-type, reportArgumentType
GeventPerson.start("Ann", height=3)  # call-arg, reportCallIssue
EventletPerson.start()  # call-arg, reportCallIssue
EventletPerson.start("Ann", age="3")  # arg-type, reportArgumentType
EventletPerson.start("Ann", height=3)  # call-arg, reportCallIssue
AsyncioPerson.start()  # call-arg, reportCallIssue
AsyncioPerson.start("Ann", age="3")  # arg-type, reportArgumentType
AsyncioPerson.start("Ann", height=3)  # call-arg, reportCallIssue

typedactors.process.start(Person)  # call-arg, reportCallIssue
typedactors.process.start(Person, "Ann", age="3")  # arg-type, reportArgumentType
typedactors.process.start(Person, "Ann", height=3)  # call-arg, reportCallIssue
typedactors.process.start(Cache[str, int], "large")  # arg-type, reportArgumentType
typedactors.ray.start(Person)  # call-arg, reportCallIssue
typedactors.ray.start(Person, "Ann", age="3")  # arg-type, reportArgumentType
typedactors.ray.start(Person, "Ann", height=3)  # call-arg, reportCallIssue
typedactors.ray.start(Cache[str, int], "large")  # arg-type, reportArgumentType
typedactors.ray.Options(max_restarts=1).start(Person)  # call-arg, reportCallIssue
typedactors.ray.Options(max_restarts=1).start(Person, "Ann", age="3")  # arg-type, reportArgumentType
typedactors.ray.Options("hub")  # call-arg, reportCallIssue
typedactors.ray.lookup("ann", Person, "people")  # call-arg, reportCallIssue
typedactors.gevent.start(Person)  # call-arg, reportCallIssue
typedactors.gevent.start(Person, "Ann", age="3")  # arg-type, reportArgumentType
typedactors.gevent.start(Person, "Ann", height=3)  # call-arg, reportCallIssue
typedactors.gevent.start(Cache[str, int], "large")  # arg-type, reportArgumentType
typedactors.eventlet.start(Person)  # call-arg, reportCallIssue
typedactors.eventlet.start(Person, "Ann", age="3")  # arg-type, reportArgumentType
typedactors.eventlet.start(Person, "Ann", height=3)  # call-arg, reportCallIssue
typedactors.eventlet.start(Cache[str, int], "large")  # arg-type, reportArgumentType
typedactors.asyncio.start(Person)  # call-arg, reportCallIssue
typedactors.asyncio.start(Person, "Ann", age="3")  # arg-type, reportArgumentType
typedactors.asyncio.start(Person, "Ann", height=3)  # call-arg, reportCallIssue
typedactors.asyncio.start(Cache[str, int], "large")  # arg-type, reportArgumentType

ref: ActorRef[Person] = Person.start("Ann")
mute: ActorRef[Mute] = Mute.start()
wrong_process: ActorRef[Mute] = typedactors.process.start(Person, "Ann")  # arg-type, reportAssignmentType
wrong_lookup: ActorRef[Mute] = typedactors.ray.lookup("ann", Person)  # arg-type, reportAssignmentType
wrong_ref: ActorRef[Mute] = ref  # assignment, reportAssignmentType
as_speaker: ActorRef[Speaker] = mute  # assignment, reportAssignmentType
mute.proxy(PersonProxy)  # arg-type, reportArgumentType
mute.proxy(SpeakerProxy)  # arg-type, reportArgumentType
PersonProxy(mute)  # arg-type, reportArgumentType
ref.proxy(str.upper)  # arg-type, reportArgumentType
ref.ask()  # call-overload, reportCallIssue
ref.ask("message", timeout="1")  # call-overload, reportCallIssue reportArgumentType
ref.stop(True)  # call-overload, reportCallIssue
ref.actor_urn = "urn"  # misc, reportAttributeAccessIssue
ref.say("hello")  # attr-defined, reportAttributeAccessIssue

counted: str = ref.ask(Count("words"))  # assignment, reportAssignmentType
Count(3)  # arg-type, reportArgumentType

proxy: PersonProxy = ref.proxy(PersonProxy)
proxy.say()  # call-arg, reportCallIssue
proxy.say(3)  # arg-type, reportArgumentType
proxy.say("hello", "again")  # call-arg, reportCallIssue
proxy.say.defer(3)  # arg-type, reportArgumentType
proxy.shout("hello")  # attr-defined, reportAttributeAccessIssue
proxy.say = print  # assignment, reportAttributeAccessIssue
proxy.legs = "two"  # assignment, reportAttributeAccessIssue
proxy.legs + 1  # operator, reportOperatorIssue
proxy.mouth = MouthProxy  # assignment, reportAttributeAccessIssue
proxy.mouth.chew("once")  # arg-type, reportArgumentType
proxy.mouth.bite()  # attr-defined, reportAttributeAccessIssue
proxy.actor_urn = "urn"  # misc assignment, reportAttributeAccessIssue
words: str = proxy.say("hello").get()  # assignment, reportAssignmentType
legs: int = proxy.legs  # assignment, reportAssignmentType
base: ActorProxy[Mute] = proxy  # assignment, reportAssignmentType
number: Future[int] = proxy.say("hello").map(str)  # arg-type, reportAssignmentType
proxy.say("hello").get(1)  # call-arg, reportCallIssue
proxy.legs.filter(bool)  # misc, reportAttributeAccessIssue
own: ThreadingFuture[int] = ThreadingFuture("value")  # call-arg, reportCallIssue


async def awaiting() -> str:
    """Await what gives a number."""
    await proxy.say  # misc, reportGeneralTypeIssues
    return await proxy.say("hello")  # return-value, reportReturnType
