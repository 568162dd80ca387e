"""typedactors: typed, protocol-first actors with generated proxies.

A map for the newcomer. Each layer imports only those above it:

============================  =====================================================================
``exceptions``, ``messages``  what is raised, and what proxies send
``_log``                      the loggers, which cost nothing until there is something to log
``_deadlock``, ``_parker``    who waits for whom; how a thread or greenlet is suspended and woken
``_clock``, ``_format``       the clock that waits go by; the formats of generated code
``_waiting``                  waiting for a condition, by whatever suspends the caller
``_get_hook``, ``_await``     futures that are computed when asked for; ``await``
``_failure``, ``_future``     futures: `Future`, `ThreadingFuture`, `get_all`; their exceptions
``_wrapping``, ``_mailbox``   what is sent to an actor; its queue, which closes atomically
``_introspection``            looking at an actor's attributes, for the dynamic proxy alone
``_proxy``                    `ActorProxy`, `DynamicProxy`, `ProxyNode`, `CallableProxy`
``_ref``                      `ActorRef`: tell, ask, stop, proxy
``_registry``                 `ActorRegistry`
``_coroutines``               ``async def`` methods
``_handling``                 an actor's messages, one after the other
``_loop``                     an actor's life from start to last reply
``_turns``, ``_workers``      the same step by step, on the threads of a pool
``_runtime``                  the seam: what a runtime adds
``_remote``                   refs to actors in other processes and on other machines
``_fork``                     a child process has no actors
``_wait_graph``               who waits for whom, as `debug` shows it
``_parking``, ``_optional``   what runtimes without threads share; libraries that may be missing
``_actor``                    `Actor`: what users derive from
``runtimes``                  `ThreadingActor`, `PooledActor`; ``asyncio``, ``gevent``, ``eventlet``,
                              ``process``, ``pactor``, ``ray`` name what is imported only on request
``typing``, ``debug``         the members that proxy classes declare; help for finding a hang
``_command``                  the console command, which hands over to the generator
============================  =====================================================================
"""

from sys import modules

# In place of `typing.TYPE_CHECKING`: importing `typing` takes milliseconds, and this package by itself a fraction
# of one.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typedactors._actor import Actor, start
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

# Where each name is from that is no exception. What a program does not use it does not import: see PEP 562, and
# `lazy import` in PEP 810.
_HOMES = {
    "typedactors._actor": ("Actor", "start"),
    "typedactors._future": ("Future", "ThreadingFuture", "get_all"),
    "typedactors._introspection": ("traversable",),
    "typedactors._proxy": ("ActorProxy", "CallableProxy", "DynamicProxy", "ProxyNode"),
    "typedactors._ref": ("ActorRef",),
    "typedactors._registry": ("ActorRegistry",),
    "typedactors.messages": ("Message",),
    "typedactors.runtimes.pool": ("PooledActor",),
    "typedactors.runtimes.threading": ("ThreadingActor",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
_MODULES = ("exceptions", "messages", "runtimes")

if not TYPE_CHECKING:  # a checker takes a module with __getattr__ for one that has any name

    def _imported(module):
        __import__(module)  # `importlib` would be one more to import
        return modules[module]

    def __getattr__(name):
        """Import what a name stands for, and keep it."""
        if name in __all__:
            found = getattr(_imported(_HOME_OF.get(name, "typedactors.exceptions")), name)
        elif name in _MODULES:
            found = _imported(f"typedactors.{name}")
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = found
        return found

    def __dir__():
        return sorted({*globals(), *__all__, *_MODULES})
