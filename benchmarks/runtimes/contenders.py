"""Who is compared, by name: the runtimes, their peers and the floor of processes.

Nothing is imported before a contender is made, because each one runs in a process of its own, and the peers in an
environment of their own: two of them are releases of one package.

Imported by the worker, the rows and the entry point.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast


class Contender(Protocol):
    """One way to run actors, in the process where it is made. The samples return seconds."""

    def ask(self, loops: int) -> float:
        """Ask an actor that runs already, each time waiting for the answer."""
        ...

    def tell(self, loops: int) -> float:
        """Tell an actor that runs already, until it has handled the last message."""
        ...

    def start(self, loops: int) -> float:
        """Start an actor and stop it, each time until it has ended."""
        ...

    def populate(self, number: int) -> None:
        """Start so many actors that do nothing, and keep them."""
        ...

    def close(self) -> None:
        """Stop all actors."""
        ...


@dataclass(frozen=True)
class Entry:
    """What is known of a contender before it is made.

    Args:
        description: how it is called on the page.
        module: has a function ``make(name)``, which returns the `Contender`.
        requirements: what pip installs for it beside the environment of the run; nothing for the own runtimes.
        operations: what it can do. Not each can do all: pactor has no answers.
    """

    description: str
    module: str
    requirements: tuple[str, ...] = ()
    operations: tuple[str, ...] = ("ask", "tell", "start", "memory")

    @property
    def is_own(self) -> bool:
        """Whether it needs nothing but the environment of the run."""
        return not self.requirements


# Their packages ask pkg_resources for their own version, which later releases of setuptools have no more.
_SETUPTOOLS = "setuptools<81"
_OWN, _PYKKA = "benchmarks.runtimes.own", "benchmarks.runtimes.pykka"
_PYKKA_2 = ("pykka==2.0.3", _SETUPTOOLS)
_RAY, _RAY_RELEASE = "benchmarks.runtimes.ray", ("ray==2.60.0",)

CONTENDERS: Mapping[str, Entry] = {
    "threads": Entry("threads", _OWN),
    "pool": Entry("pool", _OWN),
    "pykka": Entry("Pykka 4.5.0", _PYKKA, ("pykka==4.5.0",)),
    "asyncio": Entry("asyncio", _OWN),
    "gevent": Entry("gevent", _OWN),
    "pykka-gevent": Entry("Pykka 2.0.3 on gevent", _PYKKA, _PYKKA_2),
    "eventlet": Entry("eventlet", _OWN),
    "pykka-eventlet": Entry("Pykka 2.0.3 on eventlet", _PYKKA, _PYKKA_2),
    "process": Entry("process", _OWN),
    "pactor": Entry(
        "pactor 0.1.0", "benchmarks.runtimes.pactor", ("pactor==0.1.0", _SETUPTOOLS), ("tell", "start", "memory")
    ),
    "ray": Entry("Ray", _RAY, _RAY_RELEASE),
    "plain-ray": Entry("plain Ray 2.60.0 actors", _RAY, _RAY_RELEASE),
    # The memory of ten that each start all of pandas would take longer to measure than all the rest.
    "xoscar": Entry("xoscar 0.12.2", "benchmarks.runtimes.xoscar", ("xoscar==0.12.2",), ("ask", "tell", "start")),
    "pipe": Entry("raw pipe", "benchmarks.runtimes.pipe", (), ("ask", "tell", "start")),
}
"""In the order of the page. A further engine needs an entry here, a module, and its goals in `goals`."""

PEERS: Mapping[str, tuple[str, ...]] = {
    "threads": ("pykka",),
    "pool": ("pykka",),
    "gevent": ("pykka-gevent",),
    "eventlet": ("pykka-eventlet",),
    "process": ("pactor", "xoscar"),
    "ray": ("plain-ray",),
}
"""What a user would choose instead."""


def load(name: str) -> Callable[[str], Contender]:
    """Import what a contender needs, in a process that is for nothing else, and return what makes it of its name."""
    # A checker does not know the module that is imported by its name.
    return cast("Callable[[str], Contender]", import_module(CONTENDERS[name].module).make)
