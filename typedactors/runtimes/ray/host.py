"""The Ray actor that one actor of ours lives in: it takes the actor's steps in Ray's calls.

Ray's queue is the actor's inbox. What is sent in the actor's own process, as by the actor to itself, is kept
in a queue here, and taken within the same call, or in one that the host sends itself.

Ray makes the host again after a death, where the restart policy says so: with the same URN and arguments.

Imports `_actor`, `_deadlock`, `_future`, `_log`, `_loop`, `_parker`, `_wrapping`, `codec`, `engine`, `exceptions`,
`messages` and `refs`.
"""

from __future__ import annotations

import threading
from itertools import repeat
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple

from typedactors._actor import start_here
from typedactors._deadlock import describe, request_of
from typedactors._future import ThreadingFuture
from typedactors._log import dead_letters
from typedactors._loop import ActorLoop
from typedactors._parker import current_parker
from typedactors._wrapping import wrap
from typedactors.exceptions import ActorDeadError, UnsendableError
from typedactors.messages import ActorStop
from typedactors.runtimes.ray.codec import decode, encode, encode_exception, encode_result, seal
from typedactors.runtimes.ray.engine import exit_actor, ray
from typedactors.runtimes.ray.refs import live_here, reduce_ref

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedactors._failure import ExceptionInfo
    from typedactors._ref import ActorRef
    from typedactors._wrapping import Envelope
    from typedactors.exceptions import DeadlockError

__all__ = ["CONCURRENCY_GROUPS", "Boot", "Host"]

CONCURRENCY_GROUPS = {"control": 1, "watch": 1}
"""What Ray runs beside the actor's messages. All who watch wait in line behind the first one."""


class Boot(NamedTuple):
    """What has become of an actor.

    Args:
        payload: its URN, class, and its bases' names; or what its ``__init__`` raised.
        raised: whether that raised.
        ended: whether the actor has ended since then, or never began.
    """

    payload: bytes
    raised: bool = False
    ended: bool = False


class _HostQueue(SimpleQueue["Envelope"]):
    """The queue of the actor's mailbox, which calls the host when somebody else than the host fills it."""

    def __init__(self, nudge: Callable[[], None]) -> None:
        super().__init__()
        self._nudge = nudge

    def put(self, item: Envelope, /) -> None:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]  # never blocks
        super().put(item)
        self._nudge()


class _HostRuntime:
    """Gives one actor to its host to run."""

    name = "Ray"
    future_class: type[ThreadingFuture[Any]] = ThreadingFuture  # of any value
    loop_class = ActorLoop

    def __init__(self, nudge: Callable[[], None]) -> None:
        self.queue = _HostQueue(nudge)
        self.loop: ActorLoop | None = None

    def make_queue(self) -> _HostQueue:
        return self.queue

    def spawn(self, loop: ActorLoop, name: str, *, daemon: bool) -> None:
        self.loop = loop


class Host:
    """One actor, as Ray sees it.

    Args:
        actor_urn: the actor's name, now and after each restart.
        payload: the actor's class and the arguments for its ``__init__``.
    """

    def __init__(self, actor_urn: str, payload: bytes) -> None:
        self._handle = ray.get_runtime_context().current_actor
        self._ended = threading.Event()
        self._turn_of = 0
        self._begun = False
        self._runtime = _HostRuntime(self._nudge)
        self._ref: ActorRef[Any] | None = None
        self._boot: Boot
        try:
            actor_class, request = decode(payload)
            ref = start_here(actor_class, request.args, request.kwargs, self._runtime, actor_urn=actor_urn)
            live_here(ref, self._handle)
            qualnames = [base.__qualname__ for base in actor_class.__mro__]
            self._boot = Boot(encode((actor_urn, actor_class, qualnames), reduce_ref))
            self._ref = ref
            self._handle.tell.remote([])  # on_start need not wait for the first message
        except BaseException as exception:  # noqa: BLE001 - start() raises it in the process that starts
            self._boot = Boot(encode_exception(exception, reduce_ref), raised=True)
            self._ended.set()
            # At the first time the one who starts it gets the exception, and ends this process.
            if ray.get_runtime_context().was_current_actor_reconstructed:
                self._leave()

    @ray.method(concurrency_group="control", max_task_retries=-1)  # type: ignore[untyped-decorator]  # Ray's
    def boot(self) -> Boot:
        """Return what has become of the actor's construction, and of the actor since then."""
        return self._boot._replace(ended=self._ended.is_set())

    @ray.method(concurrency_group="watch", max_task_retries=-1)  # type: ignore[untyped-decorator]  # Ray's
    def watch(self) -> None:
        """Return when the actor has ended."""
        self._ended.wait()

    def ask(self, payload: bytes) -> bytes:
        """Handle a message; return the answer, as `seal` makes it."""
        try:
            message = decode(payload)
        except Exception as error:  # noqa: BLE001 - of whatever is unpickled
            problem = UnsendableError(f"the message could not be unpickled: {error!r}")
            return self._seal(encode_exception(problem, reduce_ref), raised=True)
        answer = _Answer()
        self._take(message, answer)
        exception = answer.exception
        if exception is None:
            try:
                payload = encode_result(
                    answer.value, lambda: f"{describe(request_of(message))} of {self._ref}", reduce_ref
                )
                return self._seal(payload, raised=False)
            except UnsendableError as error:
                exception = error
        return self._seal(encode_exception(exception, reduce_ref), raised=True)

    def tell(self, payloads: list[bytes]) -> None:
        """Handle messages whose results nobody wants."""
        for payload in payloads:
            try:
                message = decode(payload)
            except Exception as error:  # noqa: BLE001 - of whatever is unpickled
                dead_letters.error("A message by Ray could not be unpickled: %r", error)
            else:
                self._take(message, None)
        self._run()

    def leave(self) -> None:
        """End this process, after the answers that are on their way. Ray does not start it again."""
        exit_actor()

    def _seal(self, payload: bytes, *, raised: bool) -> bytes:
        return seal(payload, raised=raised, ended=self._ended.is_set())

    def _take(self, message: object, answer: _Answer | None) -> None:
        """Handle a message after those that are in the queue."""
        ref = self._ref
        if ref is None:
            if answer is not None:
                answer.set_exception((ActorDeadError, ActorDeadError("the actor could not be started"), None))
            return
        mailbox = ref._mailbox
        self._turn_of = threading.get_ident()
        accepted = mailbox.put(wrap(message, answer))
        if accepted:
            self._run()
        elif answer is None:
            dead_letters.info("%s not found: %r", ref, message)
        elif not (type(message) is ActorStop and mailbox.reply_at_end(answer, None)):
            answer.set_exception((ActorDeadError, ActorDeadError(str(mailbox.dead(message))), None))

    def _run(self) -> None:
        """Take the actor's steps until its queue is empty."""
        loop = self._runtime.loop
        if loop is None or self._ended.is_set():
            return
        parker = current_parker()
        parker.activity = loop.mailbox.activity
        self._turn_of = threading.get_ident()
        try:
            if not self._begun:
                self._begun = True
                loop.begin()
            queue = self._runtime.queue
            while (waiting := queue.qsize()) and not loop.ended:
                loop.handle_each(repeat((), waiting), queue.get_nowait)
        finally:
            self._turn_of = 0
            parker.activity = None
            if loop.ended:
                loop.clean_up()
                self._leave()

    def _nudge(self) -> None:
        """See to it that the queue is looked at, unless this is the call that looks at it."""
        if self._turn_of != threading.get_ident():
            self._handle.tell.remote([])

    def _leave(self) -> None:
        self._ended.set()
        self._handle.leave.remote()


class _Answer:
    """Where the reply to an ask goes, which is there when the step is over."""

    __slots__ = ("exception", "value", "withdrawn")

    def __init__(self) -> None:
        self.value: object = None
        self.exception: BaseException | None = None
        self.withdrawn: DeadlockError | None = None

    def set(self, value: object = None) -> None:
        self.value = value

    def set_exception(self, exc_info: ExceptionInfo | None = None) -> None:
        assert exc_info is not None  # the loop and the mailbox always give one
        kind, exception, _ = exc_info
        assert kind is not None
        self.exception = kind() if exception is None else exception
