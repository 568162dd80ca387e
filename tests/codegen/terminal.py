"""A command on a terminal of its own, as a person has it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def run_on_terminal(directory: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    """Run the command with both streams on a terminal; its status, and all that the terminal got."""
    import pty  # noqa: PLC0415  # not on Windows

    controller, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "typedactors", *arguments],
        cwd=directory,
        env={**_plain(os.environ), **environment},
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=terminal,
    ) as process:
        os.close(terminal)
        received = bytearray()
        with os.fdopen(controller, "rb", buffering=0) as stream, contextlib.suppress(OSError):  # at its end, on Linux
            while chunk := stream.read(4096):
                received += chunk
        return process.wait(timeout=60), received.decode()


def _plain(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name != "NO_COLOR"} | {"TERM": "xterm"}
