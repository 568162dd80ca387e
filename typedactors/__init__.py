"""typedactors: typed, protocol-first actors with generated proxies.

A map for the newcomer. Each layer imports only those above it:

============================  =====================================================================
``exceptions``, ``messages``  what is raised, and what proxies send
``_deadlock``, ``_parker``    who waits for whom; how a thread or greenlet is suspended and woken
``_clock``                    the clock that waits go by
``_get_hook``, ``_await``     futures that are computed when asked for; ``await``
``_future``                   futures: `Future`, `ThreadingFuture`, `get_all`
``_mailbox``                  the queue of an actor, which closes atomically
``_introspection``            looking at an actor's attributes, for the dynamic proxy alone
``_proxy``                    `ActorProxy`, `DynamicProxy`, `ProxyNode`, `CallableProxy`
``_ref``                      `ActorRef`: tell, ask, stop, proxy
``_registry``                 `ActorRegistry`
``_coroutines``, ``_loop``    ``async def`` methods; an actor's life from start to last reply
``_turns``, ``_workers``      the same step by step, on the threads of a pool
``_runtime``                  the seam: what a runtime adds
``_fork``                     a child process has no actors
``_wait_graph``               who waits for whom, as `debug` shows it
``_actor``                    `Actor`: what users derive from
``_parking``, ``_optional``   what runtimes without threads share; libraries that may be missing
``runtimes``                  `ThreadingActor`, `PooledActor`; ``asyncio``, ``gevent``, ``eventlet``,
                              ``process``, ``pactor`` name what is imported only on request
``typing``, ``debug``         the members that proxy classes declare; help for finding a hang
============================  =====================================================================
"""

from typedactors._actor import Actor, start
from typedactors._fork import watch_forks as _watch_forks
from typedactors._future import Future, ThreadingFuture, get_all
from typedactors._introspection import traversable
from typedactors._proxy import ActorProxy, CallableProxy, DynamicProxy, ProxyNode
from typedactors._ref import ActorRef
from typedactors._registry import ActorRegistry
from typedactors.exceptions import (
    ActorDeadError,
    ActorNotInitializedError,
    ActorUnavailableError,
    DeadlockError,
    FutureAlreadySetError,
    GeneratedFormatError,
    Timeout,
    TypedActorsError,
    UnsendableError,
    UnsupportedError,
)
from typedactors.messages import Message
from typedactors.runtimes.pool import PooledActor
from typedactors.runtimes.threading import ThreadingActor

__all__ = [
    "Actor",
    "ActorDeadError",
    "ActorNotInitializedError",
    "ActorProxy",
    "ActorRef",
    "ActorRegistry",
    "ActorUnavailableError",
    "CallableProxy",
    "DeadlockError",
    "DynamicProxy",
    "Future",
    "FutureAlreadySetError",
    "GeneratedFormatError",
    "Message",
    "PooledActor",
    "ProxyNode",
    "ThreadingActor",
    "ThreadingFuture",
    "Timeout",
    "TypedActorsError",
    "UnsendableError",
    "UnsupportedError",
    "get_all",
    "start",
    "traversable",
]

__version__ = "0.1.0"

_watch_forks()
