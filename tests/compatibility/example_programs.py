"""Runs Pykka's example programs twice, on Pykka and renamed on typedactors, and compares what they print.

Imported by ``pykka_suite``. What differs from run to run is made equal first, and nothing else: process and thread
numbers, and the order of lines that several threads print.
"""

from __future__ import annotations

import dataclasses
import difflib
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 60
"""How long one program may take."""

DRIVER = """
import builtins, importlib, runpy, socket, sys

# print writes a text and its end of line apart, so what two threads print may share a line.
builtins.print = lambda *values: sys.stdout.write(" ".join(map(str, values)) + "\\n")
# The answer of the name service is not what is compared, and it may take long where there is none.
socket.gethostbyaddr = lambda address: (f"host-of-{address}", [], [address])
try:
    runpy.run_path(sys.argv[2], run_name="__main__")
finally:
    # One example leaves its actor running, which would keep the process alive.
    importlib.import_module(sys.argv[1]).ActorRegistry.stop_all()
"""


@dataclasses.dataclass(frozen=True)
class Program:
    """An example that ends by itself."""

    name: str
    several_threads_print: bool = False


PROGRAMS = (
    Program("basic.py"),
    Program("cooperation.py"),
    Program("proxy.py", several_threads_print=True),
    Program("proxy_typing.py"),
    Program("worker_pool.py", several_threads_print=True),
)
TESTED = "testing_test.py"
TESTED_BY_IT = "testing.py"
DEADLOCK = "deadlock.py"


@dataclasses.dataclass(frozen=True)
class Side:
    """One of the two runs: the package, the folder of its examples, and what its programs need on the path."""

    package: str
    examples: Path
    path: Path | None = None

    def environment(self) -> dict[str, str]:
        """Return the environment for this side's programs."""
        environment = {
            name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTEST_ADDOPTS"}
        }
        if self.path is not None:
            environment["PYTHONPATH"] = str(self.path)
        return environment


def compare(original: Path, renamed: Path) -> list[str]:
    """Run each example of Pykka's unpacked archive and its renamed copy; return what differs."""
    old = Side("pykka", original / "examples", original / "src")
    new = Side("typedactors", renamed / "examples")
    problems: list[str] = []
    known = {*(program.name for program in PROGRAMS), TESTED, TESTED_BY_IT, DEADLOCK}
    problems += [f"{path.name} is not compared" for path in old.examples.glob("*.py") if path.name not in known]
    for program in PROGRAMS:
        problems += _difference(program.name, _run(old, program), _run(new, program))
    problems += _difference(TESTED, _run_tested(old), _run_tested(new))
    # Pykka's actors stay deadlocked, which the tracebacks show; ours are told so at the call.
    problems += _difference(
        DEADLOCK,
        _run_deadlock(old, expected=("Current state of MainThread", "in foo", "in bar")),
        _run_deadlock(new, expected=("Current state of MainThread", "DeadlockError")),
    )
    return problems


def _difference(name: str, old: str, new: str) -> list[str]:
    if old == new:
        print(f"{name}: prints what it prints on Pykka ({len(new.splitlines())} lines)", flush=True)
        return []
    diff = difflib.unified_diff(old.splitlines(), new.splitlines(), "on Pykka", "on typedactors", lineterm="")
    return ["\n".join([f"{name} differs:", *diff])]


def _finished(side: Side, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python among the examples to its end; both of its streams are in what it printed."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=side.examples,
        env=side.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=SECONDS,
    )


def _run(side: Side, program: Program) -> str:
    """Return what ``program`` prints, and its exit status."""
    result = _finished(side, "-c", DRIVER, side.package, program.name)
    lines = re.sub(r"\b(\w+Actor)-\d+\b", r"\1-<n>", result.stdout).splitlines()
    if program.several_threads_print:
        lines.sort()
    return "\n".join([*lines, f"exit status {result.returncode}"])


def _run_tested(side: Side) -> str:
    """Return the outcome of the example that shows how actors are tested."""
    options = ("-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", ".", "-q")
    result = _finished(side, "-m", "pytest", *options, TESTED)
    return re.sub(r" in [\d.]+s", "", result.stdout) + f"exit status {result.returncode}"


def _run_deadlock(side: Side, expected: tuple[str, ...]) -> str:
    """Run the program that deadlocks, ask it for its tracebacks as it says, and return what it prints before.

    Its log must show each of the ``expected`` texts; what is missing becomes part of what is returned.
    """
    process = subprocess.Popen(
        [sys.executable, "-u", DEADLOCK],
        cwd=side.examples,
        env=side.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    # The end of its output ends the loops below, should the program not do what is waited for.
    guard = threading.Timer(SECONDS, process.kill)
    guard.start()
    try:
        printed = list(_lines_until(process.stdout, "2) Then"))
        # Both actors are in the calls that wait for each other once this is logged.
        list(_lines_until(process.stderr, "DEBUG:__main__:This is bar"))
        process.send_signal(signal.SIGUSR1)
        missing = list(expected)
        for line in process.stderr or ():
            missing = [text for text in missing if text not in line]
            if not missing:
                break
    finally:
        guard.cancel()
        process.kill()
        process.communicate()
    report = "".join(printed) + "".join(f"not logged: {text}\n" for text in missing)
    return report.replace(str(process.pid), "<pid>")


def _lines_until(stream: IO[str] | None, start: str) -> Iterator[str]:
    for line in stream or ():
        yield line
        if line.startswith(start):
            return
