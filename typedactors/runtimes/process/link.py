"""A link to one other process: frames out without ever blocking, frames in on a thread of its own.

How a frame gets out, from any thread, and from a signal handler that interrupts another sender:

1. The sender appends the frame to the outbox.
2. Whoever gets the lock ``_flushing``, which nobody waits for, writes until the outbox is empty, then
   lets go of it and looks at the outbox again. So a frame that was appended while another one was
   writing is written by that one, or by the one that looks again.
3. If the socket takes no more, because the other side does not read, a thread takes the lock over and
   goes on, blocking.

When the connection ends, ``closed`` is set first and the owner told second; a sender appends first
and looks at ``closed`` second, as with a mailbox.

Imports nothing of the package.
"""

from __future__ import annotations

import struct
import threading
from _thread import allocate_lock
from collections import deque
from contextlib import suppress
from socket import MSG_DONTWAIT, SHUT_RDWR
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket

__all__ = ["Link", "Receive"]

Receive: TypeAlias = "Callable[[int, int, bytes], None]"
"""What is called with each frame's kind, number and payload; it does not raise."""

_HEADER = struct.Struct("!IBQ")
"""The length of the payload, the kind of the frame, a number."""

_AT_ONCE = 64
"""How many frames are handed to the system together at the most."""

_BUFFER = 1 << 16
"""How many bytes are read at once at the most, where frames are smaller."""


class Link:
    """A connection, to be, to another process.

    Frames may be sent before there is a connection; they go out when `run` has made it.

    Args:
        name: whom it leads to, for the names of threads.
    """

    def __init__(self, name: str) -> None:
        self.closed = False
        self._name = name
        self._socket: socket | None = None
        self._outbox: deque[bytes] = deque()
        self._unsent: bytes | memoryview = b""
        self._flushing = allocate_lock()
        # Nobody writes before there is a socket.
        self._flushing.acquire()

    def send(self, kind: int, number: int, payload: bytes) -> bool:
        """Send a frame; False if the connection has ended. What was sent before may be lost then."""
        self._outbox.append(_HEADER.pack(len(payload), kind, number) + payload)
        self._flush()
        return not self.closed

    def start(self, connect: Callable[[], socket], receive: Receive, ended: Callable[[], None]) -> None:
        """Run the link on a thread of its own.

        Args:
            connect: returns the connection; if it raises ``OSError``, the link ends.
            receive: is given each frame, as kind, number and payload.
            ended: called at the end, when `closed` is true.
        """
        threading.Thread(
            target=self.run, args=(connect, receive, ended), name=f"typedactors-link-to-{self._name}", daemon=True
        ).start()

    def run(self, connect: Callable[[], socket], receive: Receive, ended: Callable[[], None]) -> None:
        """Connect, and hand over the frames that come in until the other side is gone; see `start`."""
        try:
            with suppress(OSError), connect() as connection:
                connection.settimeout(None)  # the program may have set another one for all its sockets
                self._socket = connection
                if self.closed:  # before there was anything that close() could have cut
                    return
                self._flushing.release()
                self._flush()
                _read_frames(connection, receive)
        finally:
            self.closed = True
            ended()

    def close(self) -> None:
        """End the connection, from any thread. Frames that did not get out are lost."""
        self.closed = True
        connection = self._socket
        if connection is not None:
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)

    def abandon(self) -> None:
        """Let go of the connection, in a child that `os.fork` made, without ending the parent's."""
        self.closed = True
        if self._socket is not None:
            self._socket.close()

    def drain(self, seconds: float) -> None:
        """Wait until what was sent has got out, or the time is over."""
        if self._flushing.acquire(timeout=seconds):
            self._flushing.release()

    def _flush(self) -> None:
        """Steps 2 and 3 of the module's docstring."""
        while (self._outbox or self._unsent) and self._flushing.acquire(False):
            emptied = False
            try:
                emptied = self._write(MSG_DONTWAIT)
            finally:
                if emptied:
                    self._flushing.release()
                else:
                    threading.Thread(
                        target=self._flush_blocking, name=f"typedactors-writer-to-{self._name}", daemon=True
                    ).start()
            if not emptied:
                return

    def _flush_blocking(self) -> None:
        try:
            self._write(0)
        finally:
            self._flushing.release()
        self._flush()

    def _write(self, flags: int) -> bool:
        """Write until there is nothing left; False if the socket takes no more. For the holder of the lock."""
        connection, outbox = self._socket, self._outbox
        assert connection is not None  # or else the lock would not have been free
        while True:
            unsent = self._unsent
            if not unsent:
                try:
                    unsent = outbox.popleft()
                except IndexError:
                    return True
                if outbox:
                    unsent = self._take_more(unsent)
                self._unsent = unsent
            try:
                written = connection.send(unsent, flags)
            except BlockingIOError:
                return False
            except OSError:
                # The reader sees the end too, and tells.
                self._unsent = b""
                outbox.clear()
                return True
            self._unsent = memoryview(unsent)[written:] if written < len(unsent) else b""

    def _take_more(self, first: bytes) -> bytes:
        """Return what is to be written at once, where several frames wait."""
        frames = [first]
        with suppress(IndexError):
            while len(frames) < _AT_ONCE:
                frames.append(self._outbox.popleft())
        return b"".join(frames)


class _Readable(Protocol):
    def read(self, length: int, /) -> bytes: ...


def _read_frames(connection: socket, receive: Receive) -> None:
    """Hand over frames until the connection ends."""
    # As a file, which is read without a step of Python in between, as the stream of a socket is not.
    with suppress(OSError), open(connection.fileno(), "rb", buffering=_BUFFER, closefd=False) as stream:
        while True:
            header = _read(stream, _HEADER.size)
            if header is None:
                return
            length, kind, number = _HEADER.unpack(header)
            payload = _read(stream, length)
            if payload is None:
                return
            receive(kind, number, payload)


def _read(stream: _Readable, length: int) -> bytes | None:
    """Return so many bytes, or ``None`` if the connection ended before."""
    received = stream.read(length)
    return received if len(received) == length else None
