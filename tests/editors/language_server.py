"""A client of a type checker's language server: requests over stdio, as an editor sends them.

The tests of this folder use it; it imports nothing of the project. The protocol is JSON-RPC in
frames with a Content-Length, and an editor's side of it is small: requests, notifications, and an
answer to each of the few requests that the server sends itself.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self, TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Object: TypeAlias = "dict[str, Json]"

TIMEOUT = 60.0
_CAPABILITIES: Object = {
    "textDocument": {
        "hover": {"contentFormat": ["markdown"]},
        "signatureHelp": {
            "signatureInformation": {
                "documentationFormat": ["markdown"],
                "parameterInformation": {"labelOffsetSupport": False},
            }
        },
        "completion": {"completionItem": {"documentationFormat": ["markdown"], "snippetSupport": False}},
        "definition": {"linkSupport": False},
        "declaration": {"linkSupport": False},
        "typeDefinition": {"linkSupport": False},
    },
    "workspace": {"configuration": True, "workspaceFolders": True},
}


class ServerError(Exception):
    """The server answered with an error, or did not answer."""


@dataclass(frozen=True)
class Place:
    """A position in a text, as the protocol counts: both from 0."""

    line: int
    character: int


class LanguageServer:
    """A server on one folder, to be used in a ``with`` statement; its methods are for one thread.

    Arguments:
        folder: the project.
        command: starts the server.
    """

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        self._folder = folder
        self._command = command
        self._identifier = 0
        self._answers: queue.Queue[Object | None] = queue.Queue()
        self._writing = threading.Lock()

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
        )
        self._reader = threading.Thread(target=self._read, name="language-server-reader")
        self._reader.start()
        try:
            self._initialize()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self.request("shutdown", None)
            self.notify("exit", None)
        finally:
            self._end()

    def open(self, path: Path, text: str) -> None:
        """Show a file to the server as it stands in an editor, which need not be what is on disk."""
        document: Object = {"uri": path.as_uri(), "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def ask(self, method: str, path: Path, place: Place, **more: Json) -> Json:
        """A request about a place in an open file, such as ``textDocument/hover``."""
        parameters: Object = {
            "textDocument": {"uri": path.as_uri()},
            "position": {"line": place.line, "character": place.character},
            **more,
        }
        return self.request(method, parameters)

    def request(self, method: str, parameters: Json) -> Json:
        """Send a request and return its result.

        Raises:
            ServerError: the server says that the request failed, ended, or did not answer in time.
        """
        self._identifier += 1
        self._send({"id": self._identifier, "method": method, "params": parameters})
        while True:
            try:
                answer = self._answers.get(timeout=TIMEOUT)
            except queue.Empty:
                raise ServerError(f"no answer to {method} in {TIMEOUT} seconds") from None
            if answer is None:
                raise ServerError(f"the server ended before it answered {method}")
            if answer.get("id") != self._identifier:
                continue
            if answer.get("error") is not None:
                raise ServerError(f"{method}: {answer['error']}")
            return answer.get("result")

    def notify(self, method: str, parameters: Json) -> None:
        """Tell the server something that it does not answer."""
        self._send({"method": method, "params": parameters})

    def _initialize(self) -> None:
        folder = self._folder.as_uri()
        self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": folder,
                "workspaceFolders": [{"uri": folder, "name": self._folder.name}],
                "capabilities": _CAPABILITIES,
            },
        )
        self.notify("initialized", {})

    def _end(self) -> None:
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def _send(self, message: Mapping[str, Json]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = _open(self._process.stdin)
        with self._writing:
            stream.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
            stream.flush()

    def _read(self) -> None:
        stream = _open(self._process.stdout)
        while (message := _read_message(stream)) is not None:
            if "method" not in message:
                self._answers.put(message)
            elif "id" in message:
                self._send({"id": message["id"], "result": _answer(message)})
        self._answers.put(None)


def _answer(message: Object) -> Json:
    """What an editor without settings of its own answers to the server's requests."""
    if message["method"] != "workspace/configuration":
        return None
    parameters = message["params"]
    items = parameters["items"] if isinstance(parameters, dict) else None
    return [_settings(item) for item in items] if isinstance(items, list) else []


def _settings(item: Json) -> Json:
    section = item.get("section") if isinstance(item, dict) else None
    return {"pythonPath": sys.executable} if section == "python" else {}


def _open(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None, "the process was started with pipes"
    return stream


def _read_message(stream: IO[bytes]) -> Object | None:
    length = 0
    while (line := stream.readline()) not in (b"\r\n", b""):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    body = stream.read(length)
    if not body:
        return None
    message: Object = json.loads(body)
    return message
