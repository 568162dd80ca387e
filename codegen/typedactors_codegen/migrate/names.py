"""Which names of Pykka exist here, and why the others do not.

Tables, and how to read them. It imports nothing of the package. The tests hold the tables to what the
runtime has; the generator itself does not import the runtime.
"""

from __future__ import annotations

OLD = "pykka"
NEW = "typedactors"

# Pykka's own public names, by module: what `from pykka import *` gives.
PUBLIC = (
    "Actor",
    "ActorDeadError",
    "ActorProxy",
    "ActorRef",
    "ActorRegistry",
    "CallableProxy",
    "Future",
    "ThreadingActor",
    "ThreadingFuture",
    "Timeout",
    "get_all",
    "traversable",
)
SUBMODULES: dict[str, tuple[str, ...]] = {
    "debug": ("log_thread_tracebacks",),
    "eventlet": ("EventletActor", "EventletEvent", "EventletFuture"),
    "exceptions": ("ActorDeadError", "Timeout"),
    "gevent": ("GeventActor", "GeventFuture"),
    "messages": ("ProxyCall", "ProxyGetAttr", "ProxySetAttr"),
    "typing": ("ActorMemberMixin", "Method", "proxy_field", "proxy_method"),
}
# Where older versions of Pykka, and its private modules, have names that are public in the package itself.
_OTHER_HOMES = frozenset(
    f"{prefix}{name}"
    for prefix in ("", "_")
    for name in ("actor", "exceptions", "future", "proxy", "ref", "registry", "threading")
)
_REASONS = {
    "GeventActor": "it is in typedactors.gevent",
    "GeventFuture": "it is in typedactors.gevent",
    "EventletActor": "it is in typedactors.eventlet",
    "EventletEvent": "it is in typedactors.eventlet",
    "EventletFuture": "it is in typedactors.eventlet",
    "__version__": "it is the version of Pykka, with which that of typedactors cannot be compared",
}
# What a subclass of Actor overrides to bring a runtime of its own.
PRIVATE_HOOKS = frozenset({"_create_actor_inbox", "_create_future", "_start_actor_loop", "_actor_loop"})


def exists(path: tuple[str, ...]) -> bool:
    """Whether ``pykka.a.b``, given as ``("a", "b")``, means the same as ``typedactors.a.b``.

    What follows the name of a class or function is its own affair.
    """
    if not path:
        return True
    if path[0] in SUBMODULES:
        return len(path) == 1 or path[1] in SUBMODULES[path[0]]
    return path[0] in PUBLIC


def home(module: str, name: str) -> str | None:
    """The module of typedactors from which ``from module import name`` can be had, or ``None``."""
    parts = tuple(module.split(".")[1:])
    if len(parts) <= 1 and exists((*parts, name)):
        return ".".join((NEW, *parts))
    if len(parts) == 1 and parts[0] in _OTHER_HOMES and name in PUBLIC:
        return NEW
    return None


def reason(path: tuple[str, ...]) -> str:
    """Why a name of Pykka is not here, for a report."""
    for part in path:
        if part in _REASONS:
            return _REASONS[part]
    if any(part.startswith("_") for part in path):
        return "it is private in Pykka, and not here"
    return f"typedactors has no {'.'.join(path)}"


def is_pykka(module: str) -> bool:
    """Whether a dotted name is Pykka or something in it."""
    return module == OLD or module.startswith(f"{OLD}.")
