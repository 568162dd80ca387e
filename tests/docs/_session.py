"""Runs the blocks of one page in a project folder of its own. Imports ``_blocks`` and ``_output``."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import threading
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from tests.docs._blocks import Block
from tests.docs._output import arrows, differences, missing_excerpts

BLOCK_SECONDS = 60
COMMAND_SECONDS = 240
CHECKERS = ("mypy", "pyright", "typedactors")

# The command's first word, and how this environment runs it.
_PROGRAMS = {
    "python": [sys.executable],
    "mypy": [sys.executable, "-m", "mypy"],
    "pyright": [sys.executable, "-m", "pyright", "--pythonpath", sys.executable],
    "typedactors": [sys.executable, "-m", "typedactors"],
}


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a console block, and what the page says it prints."""

    text: str
    expected: str


def commands_of(block: Block) -> list[Command]:
    """The commands of a console block."""
    commands: list[Command] = []
    for line in block.text.splitlines(keepends=True):
        if line.startswith("$ "):
            commands.append(Command(line.removeprefix("$ ").strip(), ""))
        else:
            assert commands, f"{block}: an output before the first command"
            commands[-1] = Command(commands[-1].text, commands[-1].expected + line)
    return commands


def runs_checkers(blocks: Sequence[Block]) -> bool:
    """Whether a page runs mypy, which the generator does too, or pyright."""
    return any(
        command.text.split()[0] in CHECKERS
        for block in blocks
        if block.language == "console" and block.not_run is None
        for command in commands_of(block)
    )


class _Worker:
    """The process that runs the page's Python blocks."""

    def __init__(self, project: Path, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", str(Path(__file__).with_name("_worker.py"))],
            cwd=project,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, block: Block) -> dict[str, str | None]:
        """Run a block and return what the worker says about it."""
        assert self._process.stdin is not None
        request = {"code": block.text, "filename": str(block.page), "line": block.line}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return cast("dict[str, str | None]", self._answer(str(block)))  # as _worker.run() makes it

    def finish(self) -> list[str]:
        """End the process; return which files of the project it has imported."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        files = cast("list[str]", self._answer("the end of the page"))  # as _worker.main() makes it
        assert self._process.wait(timeout=BLOCK_SECONDS) == 0
        return files

    def close(self) -> None:
        """Leave no process behind, whatever happened."""
        self._process.kill()
        self._process.wait(timeout=BLOCK_SECONDS)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def _answer(self, what: str) -> object:
        assert self._process.stdout is not None
        watchdog = threading.Timer(BLOCK_SECONDS, self._process.kill)
        watchdog.start()
        try:
            line = self._process.stdout.readline()
        finally:
            watchdog.cancel()
            watchdog.join()
        assert line, f"{what}: the Python session ended or took more than {BLOCK_SECONDS} seconds"
        answer: object = json.loads(line)
        return answer


@dataclass
class Session:
    """One page's project and Python session."""

    project: Path
    environment: dict[str, str]
    blocks: Sequence[Block]
    used: set[str] = field(default_factory=set[str])
    """The files that a block or a command has used."""
    files: dict[str, Block] = field(default_factory=dict[str, Block])
    """The page's own files, and the block that each was last written by."""
    last_status: int = 0

    def run(self) -> None:
        """Run all blocks of the page.

        Raises:
            AssertionError: a block did not do what the page says.
        """
        worker = _Worker(self.project, self.environment)
        try:
            for index, block in enumerate(self.blocks):
                if block.not_run is None:
                    self._run_block(block, self._output_after(index), worker)
            self.used.update(worker.finish())
        finally:
            worker.close()
        unused = [f"{block}: {name}" for name, block in self.files.items() if name not in self.used]
        assert not unused, f"files that nothing on the page uses: {unused}"

    def _output_after(self, index: int) -> Block | None:
        """The text block right after a block, which shows its output."""
        following = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        return following if following is not None and following.language in {"text", "mermaid"} else None

    def _run_block(self, block: Block, output: Block | None, worker: _Worker) -> None:
        match block.language:
            case "python" if block.title is None:
                self._run_python(block, output, worker)
            case "python" | "pyi" | "toml" if block.title is not None:
                if block.title not in self.files and (self.project / block.title).is_file():
                    self._check_excerpt(block, block.title)
                else:
                    self._write(block, block.title)
            case "toml":
                tomllib.loads(block.text)
            case "console":
                self._run_console(block)
            case "text" | "mermaid":
                before = self.blocks[self.blocks.index(block) - 1] if self.blocks.index(block) else None
                shown = before is not None and before.language == "python" and before.title is None
                assert shown, f"{block}: a {block.language} block that is not the output of the block before it"
            case _:
                raise AssertionError(f"{block}: a {block.language} block, which nothing would run")

    def _run_python(self, block: Block, output: Block | None, worker: _Worker) -> None:
        answer = worker.run(block)
        raised = answer["raised"]
        if not block.raises:
            assert raised is None, f"{block}: {answer['traceback']}"
            expected = arrows(block.text) + (output.text if output is not None else "")
            printed = answer["printed"] or ""
        else:
            assert raised is not None, f"{block}: raised nothing"
            assert output is not None, f"{block}: no text block shows what it raises"
            expected, printed = output.text, (answer["printed"] or "") + raised
        difference = differences(expected, printed, self.project)
        assert not difference, f"{block}: printed something else:\n{difference}"

    def _check_excerpt(self, block: Block, name: str) -> None:
        text = (self.project / name).read_text(encoding="utf-8")
        missing = missing_excerpts(block.text, text)
        assert not missing, f"{block}: not in {name}, in this order: {missing}\n{text}"

    def _write(self, block: Block, name: str) -> None:
        path = self.project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".py":
            compile(block.text, name, "exec", dont_inherit=True)
            for folder in path.relative_to(self.project).parents:
                if folder != Path():
                    (self.project / folder / "__init__.py").touch()
        path.write_text(block.text, encoding="utf-8")
        self.files[name] = block
        self.used.discard(name)

    def _run_console(self, block: Block) -> None:
        for command in commands_of(block):
            printed = f"{self.last_status}\n" if command.text == "echo $?" else self._run_command(block, command)
            difference = differences(command.expected, printed, self.project)
            assert not difference, f"{block}: {command.text}: printed something else:\n{difference}"

    def _run_command(self, block: Block, command: Command) -> str:
        program, *arguments = shlex.split(command.text)
        assert program in _PROGRAMS, f"{block}: no test runs {program!r}"
        if program == "mypy" and "MYPYPATH" in self.environment:
            # The checkout is not in site-packages, where mypy would keep quiet about it.
            arguments.append("--follow-imports=silent")
        finished = subprocess.run(
            [*_PROGRAMS[program], *arguments],
            cwd=self.project,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )
        self.last_status = finished.returncode
        # An exit status that the reader cannot see must be 0.
        assert finished.returncode == 0 or command.expected, f"{block}: {command.text}: {finished.stdout}"
        self._note_use(program, arguments)
        return finished.stdout

    def _note_use(self, program: str, arguments: Sequence[str]) -> None:
        """Note which of the page's files a command has read."""
        for name in self.files:
            module = name.removesuffix(".py").replace("/", ".")
            named = name in arguments or module in arguments or module.removesuffix(".__main__") in arguments
            if named or program == "typedactors":
                self.used.add(name)


def environment_for_commands(repository: Path) -> dict[str, str]:
    """The environment variables for a page's programs: what is tested here must be what they import."""
    environment = {
        **os.environ,
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
    }
    environment.pop("FORCE_COLOR", None)
    if not environment.get("TYPEDACTORS_TEST_INSTALLED"):
        roots = os.pathsep.join([str(repository), str(repository / "codegen")])
        environment["PYTHONPATH"] = roots
        environment["MYPYPATH"] = roots
    return environment
