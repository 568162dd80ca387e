"""The runtime of processes: one for each actor, on the same machine.

Imports `_actor`, `_log`, `_remote`, `child`, `exceptions`, `node`, `peer` and `runtimes.threading`.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import socket
import sys
import weakref
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar, cast, get_origin

from typedactors._actor import Actor
from typedactors._log import logger
from typedactors._remote import register_if_alive
from typedactors.exceptions import UnsupportedError
from typedactors.runtimes.process import child
from typedactors.runtimes.process.node import current_node
from typedactors.runtimes.process.peer import ProcessRef
from typedactors.runtimes.threading import THREADS

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.context import ForkServerContext

    from typedactors._ref import ActorRef
    from typedactors._runtime import LocalRuntime, RemoteRuntime
    from typedactors.runtimes.process.peer import Peer

__all__ = ["ProcessActor", "start", "when_process_ended"]

A = TypeVar("A")
P = ParamSpec("P")


class ProcessRuntime:
    """Starts a new process for each actor."""

    def __init__(self) -> None:
        self._prepared = False

    # Any: as in RemoteRuntime.
    def start(self, actor_class: type, args: tuple[Any, ...], kwargs: dict[str, Any]) -> ActorRef[Any]:
        """Start an actor in a new process; see `RemoteRuntime`."""
        _refuse_patched_modules()
        context = self._prepare()
        node = current_node()
        name = f"{os.getpid()}-{next(node.numbers)}"
        ours, theirs = socket.socketpair()
        with theirs:
            process = context.Process(
                target=child.main,
                args=(theirs, str(node.directory), name, node.key, node.address),
                name=f"{actor_class.__name__}-{name}",
            )
            try:
                process.start()
            except BaseException:
                ours.close()
                raise
        peer = node.add_peer(str(node.directory / name), ours)
        _reap_after(peer, process)
        try:
            actor_urn = peer.start_actor(actor_class, args, kwargs).get()
        except BaseException:
            # Without the link the process ends.
            peer.close()
            raise
        ref = peer.ref(actor_urn, actor_class)
        if getattr(actor_class, "use_daemon_thread", False):
            _daemons.add(peer)
        register_if_alive(ref)
        logger.debug("Started %s in process %s", ref, process.pid)
        return ref

    def _prepare(self) -> ForkServerContext:
        """Have the server from which processes are forked import what each of them needs."""
        # Asked for here, since it is an error at once where there is none, and importing must not be.
        context = multiprocessing.get_context("forkserver")
        if not self._prepared:
            self._prepared = True
            context.set_forkserver_preload(["__main__", child.__name__])
        return context


def _refuse_patched_modules() -> None:
    """Make sure that sockets and threads are the system's own, which the links to processes need.

    Raises:
        UnsupportedError: gevent or eventlet has replaced them.
    """
    for library, module, question in (
        ("gevent", "gevent.monkey", "is_module_patched"),
        ("eventlet", "eventlet.patcher", "is_monkey_patched"),
    ):
        patcher = sys.modules.get(module)
        if patcher is not None and any(getattr(patcher, question)(name) for name in ("socket", "thread")):
            raise UnsupportedError(
                f"process actors cannot be started in a program that {library} has monkey patched: they need the "
                f"system's own sockets and threads. Leave out the patching, which actors on {library} do not need."
            )


_daemons: weakref.WeakSet[Peer] = weakref.WeakSet()


def _let_daemons_go() -> None:
    """Cut the links to daemon actors, which then end. The other processes are waited for."""
    for peer in list(_daemons):
        peer.close()


# After multiprocessing's own, which waits for the processes, and so called before it.
atexit.register(_let_daemons_go)


def _reap_after(peer: Peer, process: Any) -> None:  # of the context's own class, which has no common name
    """Collect the exit status of a process, and what it leaves behind, when its link has ended."""

    def reap() -> None:
        # Not closed as well: at exit multiprocessing joins it at the same time, and refuses what is closed.
        process.join()
        with suppress(OSError):
            os.unlink(peer.address)

    peer.when_lost(reap)


PROCESSES = ProcessRuntime()


class ProcessActor(Actor):
    """An actor with a process of its own, on this machine.

    Arguments, messages and results are pickled, which copies them; a proxy or a ref among them stays
    one of the same actor. ``__init__`` too runs in the new process.

    Set the class attribute ``use_daemon_thread`` to let the interpreter exit while the actor runs; it
    is stopped then, and has two seconds for its ``on_stop``.
    """

    _typedactors_runtime: ClassVar[LocalRuntime] = THREADS
    _typedactors_remote_runtime: ClassVar[RemoteRuntime | None] = PROCESSES


def start(actor_class: Callable[P, A], /, *args: P.args, **kwargs: P.kwargs) -> ActorRef[A]:
    """Start an actor of any class in a process of its own, whatever its class says that it runs on.

    Args:
        actor_class: the class of the actor, which the new process must be able to import.
        args: for its ``__init__``.
        kwargs: for its ``__init__``.

    Returns:
        The actor's ref.

    Raises:
        UnsendableError: the class or an argument cannot be pickled.
        ActorDeadError: the process ended before the actor had started.
        UnsupportedError: gevent or eventlet has monkey patched the program.
        BaseException: what ``__init__`` raised.
    """
    # What is called is a class, or a generic one with its arguments, which its own types do not say.
    cls = cast("type", get_origin(actor_class) or actor_class)
    return cast("ActorRef[A]", PROCESSES.start(cls, args, kwargs))


def when_process_ended(ref: ActorRef[Any], func: Callable[[], None]) -> None:  # of an actor of any class
    """Have ``func`` called when the process of an actor has ended, on a thread of the runtime's.

    Args:
        ref: of an actor that this process has started.
        func: called once; at once if the process has ended already.
    """
    if isinstance(ref, ProcessRef) and (peer := current_node().find_peer(ref)) is not None:
        peer.when_lost(func)
    else:
        func()
