"""The main program of an actor's process: start the actor, wait for its end, leave.

An orphan leaves too: when the link to the parent ends, the actors are stopped, ``on_stop`` and all,
and what has not ended within the grace period is cut off.

Imports `_actor`, `_registry`, `codec` and `node`.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from typedactors._actor import start_here
from typedactors._registry import ActorRegistry
from typedactors.runtimes.process.codec import decode
from typedactors.runtimes.process.node import Node, join

if TYPE_CHECKING:
    from typedactors._ref import ActorRef
    from typedactors.runtimes.process.peer import Peer

__all__ = ["GRACE_SECONDS", "main"]

GRACE_SECONDS = 2.0
"""How long the actors of an orphan may take to stop."""

_PROBES = 3
"""How many connections to make to a parent that ends each one before it has said anything."""

_DRAIN_SECONDS = 10.0
"""How long the last answers may take to get out to a process that does not read."""


def main(connection: socket.socket, directory: str, name: str, key: bytes, parent_address: str) -> None:
    """Be the process of one actor, which the parent names in its first call.

    Args:
        connection: to the parent.
        directory: where the program's sockets are.
        name: the name of this process's.
        key: the program's.
        parent_address: where the parent listens.
    """
    # Ctrl-C in a terminal goes to all processes at once; it is the parent's to decide what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    node = join(Path(directory), name, key)
    calls: SimpleQueue[tuple[int, bytes] | None] = SimpleQueue()
    parent = node.add_peer(parent_address, connection, lambda number, payload: calls.put((number, payload)))
    orphaned = threading.Event()
    parent.when_lost(lambda: _orphaned(node, parent_address, calls, orphaned))
    actor_urn = ""
    call = calls.get()
    if call is not None:
        ref = _start(parent, node, *call)
        if ref is not None:
            ref.actor_stopped.wait()
            # Closed is not ended: on_stop may still run, and the answers to it.
            ref.stop()
            # And ended is not answered: others may be told later than this thread.
            actor_urn = ref.actor_urn
    node.drain(actor_urn, _DRAIN_SECONDS)
    _tidy(node, parent_address if orphaned.is_set() else None)


def _start(parent: Peer, node: Node, number: int, payload: bytes) -> ActorRef[Any] | None:
    """Start the actor that a call asks for, and answer."""
    try:
        actor_class, request = decode(payload)
        ref: ActorRef[Any] = start_here(actor_class, request.args, request.kwargs)
    except BaseException as exception:  # noqa: BLE001 - start() raises it in the parent
        parent.answer_with_exception(number, exception)
        return None
    # Others may know of it from now on.
    node.reduce_ref(ref)
    parent.answer(number, ref.actor_urn, lambda: "starting the actor")
    return ref


def _orphaned(
    node: Node, parent_address: str, calls: SimpleQueue[tuple[int, bytes] | None], orphaned: threading.Event
) -> None:
    """Stop everything, because the parent is gone."""
    orphaned.set()
    calls.put(None)
    threading.Thread(target=_cut_off, args=(node, parent_address), name="typedactors-grace-period", daemon=True).start()
    ActorRegistry.stop_all(block=False)


def _cut_off(node: Node, parent_address: str) -> None:
    time.sleep(GRACE_SECONDS)
    _tidy(node, parent_address)
    os._exit(1)


def _tidy(node: Node, parent_address: str | None) -> None:
    """Remove this process's socket, and a dead parent's; whoever is the last removes the directory."""
    with suppress(OSError):
        os.unlink(node.address)
    if parent_address is not None and _is_dead(parent_address):
        with suppress(OSError):
            os.unlink(parent_address)
    with suppress(OSError):
        node.directory.rmdir()


def _is_dead(address: str) -> bool:
    """Tell whether nobody listens there. A parent that cut the link may live, and have other children.

    One that was killed may cease to listen some time after its links have ended. A connection made meanwhile ends
    without the first word of the handshake, which a living one says.
    """
    for _ in range(_PROBES):
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(GRACE_SECONDS)
            try:
                probe.connect(address)
                if probe.recv(1):
                    return False
            except ConnectionRefusedError:
                return True
            except ConnectionResetError:
                pass
            except OSError:
                return False  # somebody has removed it, or is too busy to answer
    return False
