"""A pool of actors that share work: they look up the names of many addresses.

The look-up is given to the actors when they start. By default it is a simulated one, which needs no
network; ``--dns`` asks the real one::

    python resolver.py
    python resolver.py 3 192.0.2.1 192.0.2.2 192.0.2.10
    python resolver.py --dns 3 127.0.0.1
"""

from __future__ import annotations

import argparse
import ipaddress
import pprint
import socket
from collections.abc import Callable, Sequence
from typing import TypeAlias

from typedactors import ActorRegistry, ThreadingActor, get_all

from proxies import ResolverProxy

Lookup: TypeAlias = Callable[[str], str]
"""Takes an address and returns its name, or raises ``OSError``."""


class Resolver(ThreadingActor):
    """Looks up one address after the other."""

    def __init__(self, lookup: Lookup) -> None:
        super().__init__()
        self._lookup = lookup

    def resolve(self, address: str) -> str | None:
        """Return the name of an address, or ``None`` if it has none."""
        try:
            name = self._lookup(address)
        except OSError:
            print(f"Failed resolving {address}\n", end="")
            return None
        # In one piece, because several threads print at the same time.
        print(f"Finished resolving {address}\n", end="")
        return name


def ask_dns(address: str) -> str:
    """Look an address up in the domain name system."""
    return socket.gethostbyaddr(address)[0]


def simulate(address: str) -> str:
    """Look an address up in a world where each tenth has no name."""
    number = int(ipaddress.ip_address(address)) % 256
    if number % 10 == 0:
        raise socket.herror(1, "Unknown host")
    return f"host-{number}.example.net"


def run(pool_size: int, addresses: Sequence[str], lookup: Lookup = simulate) -> None:
    """Look up all addresses with a pool of resolvers, and print their names."""
    resolvers = [Resolver.start(lookup).proxy(ResolverProxy) for _ in range(pool_size)]

    # Deal the addresses out in turn. Nothing waits here: each call gives a Future[str | None].
    names = [resolvers[index % pool_size].resolve(address) for index, address in enumerate(addresses)]

    # Wait for all, in the order of the addresses.
    pprint.pprint(list(zip(addresses, get_all(names), strict=True)))
    ActorRegistry.stop_all()


def main() -> None:
    parser = argparse.ArgumentParser(description="Look up the names of many addresses.")
    parser.add_argument("--dns", action="store_true", help="ask the real domain name system")
    parser.add_argument("pool_size", type=int, nargs="?", default=10)
    parser.add_argument("address", nargs="*")
    options = parser.parse_args()
    addresses: list[str] = options.address or [f"192.0.2.{number}" for number in range(1, 50)]
    run(options.pool_size, addresses, ask_dns if options.dns else simulate)


if __name__ == "__main__":
    main()
