"""This process among the processes of its program: its address, the program's key, its peers.

Every process that has or uses process actors is a node. It listens on a local socket in a directory
that only its user may enter. A node that wants something of an actor elsewhere connects to that
actor's node, once, and both prove that they have the program's key. So messages go straight from one
process to another, and what one thread sends to one actor arrives in order.

Imports `_deadlock`, `_remote`, `handshake` and `peer`.
"""

from __future__ import annotations

import copyreg
import os
import shutil
import socket
import tempfile
import threading
import weakref
from contextlib import suppress
from itertools import count
from multiprocessing import util
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from typedactors._deadlock import Activity
from typedactors._remote import RemoteMailbox
from typedactors.runtimes.process.handshake import KEY_LENGTH, prove
from typedactors.runtimes.process.peer import Peer, ProcessRef

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedactors._ref import ActorRef

    Boot: TypeAlias = Callable[[int, bytes], None]

__all__ = ["Node", "current_node", "join"]

HANDSHAKE_SECONDS = 10.0
"""How long a process that connects may take for each step of the handshake."""

_LONGEST_PATH = 90
"""How long the path of the directory may be: a socket's address has room for about 100 characters."""


class Node:
    """This process, as a place where actors are and may be asked from.

    Args:
        directory: where the sockets of the program's processes are.
        name: the name of this one's.
        key: what the processes of the program have in common.
    """

    def __init__(self, directory: Path, name: str, key: bytes) -> None:
        self.directory = directory
        self.address = str(directory / name)
        self.key = key
        self.numbers = count(1)
        self._lock = threading.Lock()
        self._peers: dict[str, Peer] = {}
        self._callers: set[Peer] = set()
        # Those that other processes know of. Weak: an actor that runs holds its ref.
        self._refs: weakref.WeakValueDictionary[str, ActorRef[Any]] = weakref.WeakValueDictionary()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(self.address)
        self._listener.listen(socket.SOMAXCONN)
        threading.Thread(target=self._accept_all, name="typedactors-listener", daemon=True).start()

    def peer(self, address: str) -> Peer:
        """Return the process that listens there; a link to it is made if there is none."""
        with self._lock:
            peer = self._peers.get(address)
            if peer is None:
                peer = self._peers[address] = Peer(self, address)
                peer.start(lambda: self._connect(address))
        return peer

    def add_peer(self, address: str, connection: socket.socket, boot: Boot | None = None) -> Peer:
        """Return a peer to which there is a connection already.

        Args:
            address: where it listens, or will.
            connection: to it.
            boot: what to do when it asks for an actor; ``None`` if it may not.
        """
        peer = Peer(self, address, boot)
        with self._lock:
            self._peers[address] = peer
        peer.start(lambda: connection)
        return peer

    def find_peer(self, ref: ProcessRef) -> Peer | None:
        """Return the process that an actor is in; ``None`` if it has ended."""
        return self._peers.get(ref.address)

    def reduce_ref(self, ref: ActorRef[Any]) -> tuple[Any, ...]:  # of any class; what pickle asks for
        """Return how to find a ref's actor from elsewhere; see `Home`."""
        if isinstance(ref, ProcessRef):
            return find_ref, (ref.address, ref.actor_urn, ref.actor_class)
        self._refs[ref.actor_urn] = ref
        return find_ref, (self.address, ref.actor_urn, ref.actor_class)

    def find(self, actor_urn: str) -> ActorRef[Any] | None:  # a URN is no type
        """Return the ref of an actor of this process that others know of; see `Home`."""
        return self._refs.get(actor_urn)

    def lost(self, peer: Peer) -> None:
        """Forget a peer, whose process is gone; see `Home`."""
        with self._lock:
            self._callers.discard(peer)
            if self._peers.get(peer.address) is peer:
                del self._peers[peer.address]

    def abandon(self) -> None:
        """Forget everything, in a child that `os.fork` made: the links are the parent's."""
        for peer in [*self._peers.values(), *self._callers]:
            peer.abandon()
        self._listener.close()

    def drain(self, actor_urn: str, seconds: float) -> None:
        """Wait until all answers of an actor have got out, or the time is over for one of them."""
        with self._lock:
            peers = [*self._peers.values(), *self._callers]
        for peer in peers:
            peer.drain(actor_urn, seconds)

    def _connect(self, address: str) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.settimeout(HANDSHAKE_SECONDS)
            connection.connect(address)
            prove(connection, self.key, calling=True, seconds=HANDSHAKE_SECONDS)
        except BaseException:
            connection.close()
            raise
        return connection

    def _accept_all(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                # Each on a thread of its own: one that stalls keeps nobody waiting.
                caller = Peer(self, "")
                with self._lock:
                    self._callers.add(caller)
                caller.start(lambda connection=connection: self._admit(connection))  # type: ignore[misc]  # mypy cannot infer a lambda with a default

    def _admit(self, connection: socket.socket) -> socket.socket:
        try:
            prove(connection, self.key, calling=False, seconds=HANDSHAKE_SECONDS)
        except BaseException:
            connection.close()
            raise
        return connection


def find_ref(address: str, actor_urn: str, actor_class: type) -> ActorRef[Any]:  # a URN is no type
    """Unpickle a ref: of an actor of this process, of one in another, or of one that is no more."""
    node = current_node()
    if address != node.address:
        return node.peer(address).ref(actor_urn, actor_class)
    ref = node.find(actor_urn)
    if ref is None:
        mailbox = RemoteMailbox(Activity(actor_class.__name__, actor_urn), _Nowhere())
        ref = ProcessRef(actor_class, mailbox, address)
        mailbox.end()
    return ref


# In the process itself too a ref that is pickled finds its actor again.
copyreg.pickle(ProcessRef, lambda ref: current_node().reduce_ref(ref))


class _Nowhere:
    """The carrier to an actor that is no more."""

    place = "no process any more"

    def send(self, actor_urn: str, message: object, reply_to: object) -> bool:
        """Return False: nothing gets there."""
        return False


class _This:
    """What there is once in a process."""

    node: Node | None = None
    making = threading.Lock()


def current_node() -> Node:
    """Return this process's node, which is made when it is first asked for."""
    if _This.node is None:
        with _This.making:
            if _This.node is None:
                _This.node = Node(_make_directory(), "0", os.urandom(KEY_LENGTH))
    return _This.node


def join(directory: Path, name: str, key: bytes) -> Node:
    """Make this process a node of the program that started it."""
    _This.node = Node(directory, name, key)
    return _This.node


def _make_directory() -> Path:
    """Return a new directory for the sockets, of this user alone, which is removed at exit."""
    directory = tempfile.mkdtemp(prefix="typedactors-")
    if len(directory) > _LONGEST_PATH:
        os.rmdir(directory)
        directory = tempfile.mkdtemp(prefix="typedactors-", dir="/tmp")
    # After multiprocessing has waited for the processes that use it, which it does at priority 0.
    util.Finalize(None, shutil.rmtree, (directory, True), exitpriority=-100)
    return Path(directory)


def _after_fork() -> None:
    """Begin anew in a child that `os.fork` made."""
    _This.making = threading.Lock()
    node, _This.node = _This.node, None
    if node is not None:
        node.abandon()


os.register_at_fork(after_in_child=_after_fork)
