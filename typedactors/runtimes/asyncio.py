"""The runtime of asyncio: a task for each actor, on one event loop that they share, in a thread of its own.

An ``async def`` method may wait as long as it likes: the other actors go on meanwhile, while this one
handles one message at a time, as ever. What blocks the thread blocks them all; waiting for a future
with ``get()`` there would, and so is an error that says what to do.

Imports `_actor`, `_future`, `_log`, `_loop`, `_parker`, `_parking`, `_registry`, `_wrapping`, `exceptions` and
`messages`.
"""

from __future__ import annotations

import asyncio
import threading
from contextvars import Context
from types import CoroutineType
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, ParamSpec, TypeVar

from typedactors._actor import Actor, start_on
from typedactors._future import ThreadingFuture
from typedactors._log import logger
from typedactors._loop import ActorLoop
from typedactors._parker import add_parker_provider
from typedactors._parking import ParkingQueue
from typedactors._registry import ActorRegistry
from typedactors._wrapping import wrap
from typedactors.exceptions import UnsupportedError
from typedactors.messages import ActorStop

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from typedactors._deadlock import Activity
    from typedactors._mailbox import MessageQueue
    from typedactors._ref import ActorRef
    from typedactors._runtime import LocalRuntime
    from typedactors._wrapping import Envelope, Wrapped

__all__ = ["ASYNCIO", "AsyncioActor", "start"]

A = TypeVar("A")
P = ParamSpec("P")


class _Reader:
    """The task that reads a queue, to be woken; what a queue needs of a parker."""

    __slots__ = ("_loop", "_woken")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._woken = loop.create_future()

    def unpark(self) -> None:
        """Wake the task. Callable from any thread."""
        self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        if not self._woken.done():
            self._woken.set_result(None)

    async def park(self) -> None:
        """Suspend the task until it is woken."""
        await self._woken


class _TaskQueue(ParkingQueue):
    """A mailbox's queue whose reader is a task."""

    __slots__ = ()

    async def take(self) -> Envelope:
        """Take the oldest envelope, waiting for one; see `MessageQueue.get`."""
        envelopes = self.envelopes
        while not envelopes:
            self._reader = reader = _Reader(asyncio.get_running_loop())
            try:
                # The order is that of ParkingQueue.get().
                if not envelopes:
                    await reader.park()
            finally:
                self._reader = None
        return envelopes.popleft()


class AsyncioLoop(ActorLoop):
    """Runs an actor in a task.

    The steps are those of `ActorLoop`, with one difference: what the actor's own functions do is done
    beforehand, because it may have to be awaited, and the step then finds the outcome. The last step
    is cut in two at the hook that runs in its middle.
    """

    _works_in_place = False

    __slots__ = ("_ending", "_outcome")

    def __init__(self, actor: Any, mailbox: Any) -> None:  # as ActorLoop's
        super().__init__(actor, mailbox)
        self._outcome: tuple[object, BaseException | None] = (None, None)
        self._ending: tuple[str, tuple[object, ...], bool] | None = None

    async def run_async(self) -> None:
        """Be the actor, until it ends. Raises only what no step may, which ends the actor."""
        mailbox = self.mailbox
        queue = mailbox._queue
        assert isinstance(queue, _TaskQueue)  # the runtime made it
        context = Context()
        try:
            mailbox.activity.handling = "on_start"
            await self._attempt(context, self._call, "on_start")
            self.begin()
            while not mailbox.closed:
                await self._handle_next(await queue.take())
        except BaseException as exception:
            # Its task has been cancelled, by who cancels all those of the loop, say.
            if self._ending is None:
                self.give_up(exception)
            raise
        finally:
            if self._ending is not None:
                await self._finish_async(context, *self._ending)
            self.clean_up()

    async def _handle_next(self, envelope: Envelope) -> None:
        wrapped: Wrapped = envelope if type(envelope) is tuple else wrap(envelope, None)  # pyright: ignore[reportUnknownVariableType]  # no other tuple is put bare
        message, reply_to, context, args, kwargs = wrapped
        if type(message) is not ActorStop and (reply_to is None or reply_to.withdrawn is None):
            await self._attempt(context, super()._perform, message, args, kwargs)
        del wrapped, message, reply_to, context, args, kwargs
        # The traceback of an exception refers to all the frames from here on.
        get = [envelope].pop
        del envelope
        self.handle_next(get)

    async def _attempt(self, context: Context | None, function: Callable[..., object], *args: object) -> None:
        """Call a function of the actor's, await it if it is ``async``, and keep the outcome."""
        if context is None:
            context = Context()
        try:
            result = context.run(function, *args)
            if type(result) is CoroutineType:
                # A task of its own, in the sender's context variables.
                coroutine = _outcome_of(result)  # pyright: ignore[reportUnknownArgumentType]  # of any type
                task = asyncio.get_running_loop().create_task(coroutine, context=context)
                self._outcome = await task
            else:
                self._outcome = result, None
        except BaseException as exception:  # noqa: BLE001 - the step that finds it raises it
            self._outcome = None, exception

    def _perform(
        self,
        message: object,
        args: tuple[Any, ...] | None,  # as ActorLoop's
        kwargs: Mapping[str, Any] | None,  # the same
    ) -> object:
        return self._take_outcome()

    def _take_outcome(self) -> object:
        (result, exception), self._outcome = self._outcome, (None, None)
        if exception is None:
            return result
        try:
            raise exception
        finally:
            # The traceback refers to this frame, and this frame must not refer to it in turn.
            del exception

    def _call_hook(self, hook: str, *args: object) -> None:
        self._take_outcome()

    def _run_coroutine(self, coroutine: CoroutineType[Any, Any, Any]) -> object:  # of any type
        return coroutine  # which _attempt() awaits

    def _finish(self, cause: BaseException | None, hook: str, *args: object, everything: bool = False) -> None:
        self._close(cause)
        self._ending = hook, args, everything

    async def _finish_async(self, context: Context, hook: str, args: tuple[object, ...], everything: bool) -> None:
        """Do the second half of `_finish`."""
        self.mailbox.activity.handling = hook
        await self._attempt(context, self._call, hook, *args)
        everything |= not self._run_hook(hook, *args)
        logger.debug("Stopped %s", self._actor)
        self._end()
        if everything:
            # Elsewhere: it waits for the others, which need this thread.
            await asyncio.to_thread(ActorRegistry.stop_all)


async def _outcome_of(coroutine: CoroutineType[Any, Any, Any]) -> tuple[object, BaseException | None]:
    """Await a coroutine; return what it returned, or what it raised.

    A task that ended with ``SystemExit`` or ``KeyboardInterrupt`` would end the event loop.
    """
    try:
        return await coroutine, None
    except BaseException as exception:  # noqa: BLE001 - it is given to whoever asked
        return None, exception


class _LoopThread:
    """A thread with an event loop, which lives as long as an actor runs on it.

    Args:
        daemon: whether the interpreter may exit while it runs.
    """

    def __init__(self, *, daemon: bool) -> None:
        self._daemon = daemon
        self._lock = threading.Lock()
        self._actors = 0
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, loop: AsyncioLoop, name: str) -> None:
        """Run an actor.

        Raises:
            RuntimeError: the system has no more threads.
        """
        with self._lock:
            if self._loop is None:
                event_loop = asyncio.new_event_loop()
                try:
                    threading.Thread(
                        target=self._run, args=(event_loop,), name="typedactors-asyncio", daemon=self._daemon
                    ).start()
                except BaseException:
                    event_loop.close()
                    raise
                self._loop = event_loop
                _loops.add(event_loop)
            self._actors += 1
            self._loop.call_soon_threadsafe(self._start_task, self._loop, loop, name)

    def _start_task(self, event_loop: asyncio.AbstractEventLoop, loop: AsyncioLoop, name: str) -> None:
        task = event_loop.create_task(loop.run_async(), name=name)
        _tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        _tasks.discard(task)
        with self._lock:
            self._actors -= 1
            if self._actors == 0 and self._loop is not None:
                self._loop.stop()
                self._loop = None

    def _run(self, event_loop: asyncio.AbstractEventLoop) -> None:
        """Be the thread."""
        asyncio.set_event_loop(event_loop)
        try:
            event_loop.run_forever()
            for task in (leftovers := asyncio.all_tasks(event_loop)):
                task.cancel()
            event_loop.run_until_complete(asyncio.gather(*leftovers, return_exceptions=True))
            event_loop.run_until_complete(event_loop.shutdown_asyncgens())
            event_loop.run_until_complete(event_loop.shutdown_default_executor())
        finally:
            _loops.discard(event_loop)
            asyncio.set_event_loop(None)
            event_loop.close()


_loops: set[asyncio.AbstractEventLoop] = set()
# An event loop keeps no reference to its tasks.
_tasks: set[asyncio.Task[None]] = set()


class _LoopParker:
    """The parker of all tasks on a loop of actors: it refuses to suspend them all."""

    activity: Activity | None = None
    waits = 0
    turns_left = 0

    def park(self, timeout: float | None = None) -> NoReturn:
        """Raise.

        Raises:
            UnsupportedError: always.
        """
        raise UnsupportedError(
            "waiting here would stop the event loop that all AsyncioActors share. In an async method, await "
            "the future instead of calling get(); ask and stop with block=False."
        )

    def unpark(self) -> None:
        """Do nothing: nobody is suspended."""


def _parker_of_loop() -> _LoopParker | None:
    """Return a parker that refuses, on the thread of a loop of actors."""
    return _LoopParker() if _loops and asyncio._get_running_loop() in _loops else None


add_parker_provider(_parker_of_loop)


class _AsyncioRuntime:
    """Starts a task for each actor."""

    name = "asyncio"
    future_class: type[ThreadingFuture[Any]] = ThreadingFuture  # of any value
    loop_class = AsyncioLoop

    def __init__(self) -> None:
        self._threads = {daemon: _LoopThread(daemon=daemon) for daemon in (False, True)}

    def make_queue(self) -> MessageQueue:
        return _TaskQueue()

    def spawn(self, loop: ActorLoop, name: str, *, daemon: bool) -> None:
        assert isinstance(loop, AsyncioLoop)  # of this runtime's loop_class
        self._threads[daemon].start(loop, name)


ASYNCIO = _AsyncioRuntime()


class AsyncioActor(Actor):
    """An actor whose ``async def`` methods wait without keeping other actors waiting.

    All of them run on one event loop, in a thread of its own that lives as long as one of them does.
    Each handles one message at a time: the next one waits until the method has ended. Everything else
    is as with `ThreadingActor`, and actors of all kinds may use each other. What differs in meaning:

    - A method that blocks, with ``time.sleep`` for example, blocks all actors on the loop.
    - ``get()`` on a future that is not there yet raises `UnsupportedError`: ``await`` it. So does an ask
      or a stop that would block, and assigning through a proxy.
    - Actors that await each other in a circle are not detected.
    """

    _typedactors_runtime: ClassVar[LocalRuntime] = ASYNCIO


def start(actor_class: Callable[P, A], /, *args: P.args, **kwargs: P.kwargs) -> ActorRef[A]:
    """Start an actor of any class on the event loop of actors; the arguments are for its ``__init__``."""
    return start_on(ASYNCIO, actor_class, *args, **kwargs)
