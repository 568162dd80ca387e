"""How two processes of one program make sure of each other: both prove that they have its key.

Each side sends a random challenge and answers the other's with an HMAC over both. What has been read
before the proof is of fixed length and is compared, never unpickled. See "Security" in the
documentation for what the key protects and what not.

Imports nothing of the package.
"""

from __future__ import annotations

import hmac
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from socket import socket

__all__ = ["KEY_LENGTH", "HandshakeError", "prove"]

KEY_LENGTH = 32
_CHALLENGE_LENGTH = 32
_DIGEST = "sha256"
_DIGEST_LENGTH = 32


class HandshakeError(ConnectionError):
    """The other side does not have the key, or is no process of ours at all."""


def prove(connection: socket, key: bytes, *, calling: bool, seconds: float) -> None:
    """Prove to the other side of a new connection that this one has the key, and have it prove the same.

    Args:
        connection: to be read by nobody else meanwhile.
        key: the program's key, of `KEY_LENGTH` bytes.
        calling: whether this side made the connection; the sides sign different words, so that no
            side can be made to answer its own challenge.
        seconds: how long each step may take at the most.

    Raises:
        HandshakeError: the other side gave a wrong answer, or went away.
        TimeoutError: it gave none in time.
        OSError: the connection is broken.
    """
    connection.settimeout(seconds)
    mine = os.urandom(_CHALLENGE_LENGTH)
    connection.sendall(mine)
    theirs = _read(connection, _CHALLENGE_LENGTH)
    me, they = (b"calling", b"answering") if calling else (b"answering", b"calling")
    connection.sendall(hmac.digest(key, me + theirs + mine, _DIGEST))
    answer = _read(connection, _DIGEST_LENGTH)
    if not hmac.compare_digest(answer, hmac.digest(key, they + mine + theirs, _DIGEST)):
        raise HandshakeError("the other side of the connection does not have this program's key")
    connection.settimeout(None)


def _read(connection: socket, length: int) -> bytes:
    received = b""
    while len(received) < length:
        part = connection.recv(length - len(received))
        if not part:
            raise HandshakeError("the other side closed the connection during the handshake")
        received += part
    return received
