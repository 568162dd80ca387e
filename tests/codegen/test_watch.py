"""``generate --watch`` in a process of its own: each wait is for a line that it prints."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.codegen.conftest import Project

LINE_SECONDS = 60
PROGRAM = (
    "import signal\n"
    # As a terminal has it, also where the tests themselves run in the background of a shell.
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from typedactors._command import main\n"
    "raise SystemExit(main())\n"
)
STAMP = re.compile(r"^\d\d:\d\d:\d\d (?P<said>.*) \(\d+\.\d\d s\)$")
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="is ended by a POSIX signal"),
    pytest.mark.timeout(240),
]


class Watcher:
    """The running command, and the lines that it has printed."""

    def __init__(self, project: Project) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "generate", "--watch"],
            cwd=project.path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def line(self) -> str:
        """The next line, without when it was and how long it took."""
        line = self._lines.get(timeout=LINE_SECONDS)
        assert line is not None, "the command has ended"
        matched = STAMP.match(line)
        return matched["said"] if matched is not None else line

    def interrupt(self) -> tuple[int, list[str]]:
        """End it as a person does; its status, and what it said after the last line that was asked for."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(timeout=LINE_SECONDS)
        self._reader.join(timeout=LINE_SECONDS)
        rest: list[str] = []
        while (line := self._lines.get(timeout=LINE_SECONDS)) is not None:
            rest.append(line)
        return status, rest

    def close(self) -> None:
        self.process.kill()
        self.process.wait(timeout=LINE_SECONDS)
        self._reader.join(timeout=LINE_SECONDS)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def watcher(project: Project) -> Iterator[Watcher]:
    running = Watcher(project)
    yield running
    running.close()


def save(project: Project, files: dict[str, str]) -> None:
    """Write files in one step each: one that is emptied and then written may be read in between."""
    project.write({f"{name}.new": text for name, text in files.items()})
    for name in files:
        os.replace(project.path / f"{name}.new", project.path / name)


def test_each_save_is_one_line(project: Project, watcher: Watcher) -> None:
    both = "wrote src/hub/proxies.py, src/hub/proxies.pyi; "
    assert watcher.line() == f"{both}1 proxy, 2 members"
    assert watcher.line() == "watching ."
    source = "src/hub/actors.py"
    save(project, {source: project.counter.replace("add", "take")})
    assert watcher.line() == f"{source}: {both}1 proxy, 2 members"
    assert "take" in project.stub.read_text()

    # A syntax error leaves the files as they are, and is survived.
    before = project.files()
    save(project, {source: "class = 1\n"})
    assert watcher.line().startswith(f"{source}: {source}:1: error: the file cannot be read as Python: ")
    assert {**project.files(), source: b""} == {**before, source: b""}
    save(project, {source: project.counter.replace("add", "take")})
    assert watcher.line() == f"{source}: nothing to write; 1 proxy, 2 members"

    # A warning is told once, and a new module counts.
    save(project, {source: project.counter + "\n    def what(self):\n        return self.count\n"})
    warning = f"{source}:13: warning: Counter.what: its return type is not annotated"
    assert watcher.line() == f"{source}: {both.removesuffix('; ')}; {warning}"
    save(project, {"src/hub/other.py": "x = 1\n"})
    assert watcher.line() == "src/hub/other.py: nothing to write; 1 proxy, 3 members"

    # What belongs to no run is no change; the configuration is, and so is a generated file that is gone.
    save(project, {"notes.txt": "", "src/hub/data.json": "{}"})
    project.stub.unlink()
    assert watcher.line() == "src/hub/proxies.pyi: wrote src/hub/proxies.pyi; 1 proxy, 3 members"
    save(project, {"pyproject.toml": "[tool.typedactors]\nstrickt = true\n"})
    assert watcher.line() == 'pyproject.toml: pyproject.toml:2: error: unknown key "strickt" in [tool.typedactors]'

    status, rest = watcher.interrupt()
    assert (status, rest) == (130, ["stopped"])


def test_watching_needs_its_library_and_a_configuration(project: Project) -> None:
    project.write({"pyproject.toml": ""})
    result = project.run("generate", "--watch")
    assert result.status == 2
    assert "no output is configured" in result.stderr
    result = project.run("generate", "--watch", "--format", "json")
    assert result.status == 2
    assert "--watch prints lines, and not json" in result.stderr

    def find_nothing(name: str) -> None:
        return None

    project.monkeypatch.setattr("importlib.util.find_spec", find_nothing)
    result = project.run("generate", "--watch")
    assert result.status == 2
    assert 'pip install "typedactors[watch]"' in result.stderr
