"""Runs mypy, pyright and stubtest over generated files and files that use them.

It imports ``_scratch``; ``_handwritten`` and ``run`` import it. Errors in the application's own modules
are its authors' business and are not asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.corpus._scratch import Environment, ScratchError, run_command

MYPY_LINE = re.compile(r"^(?P<path>[^:\n]+):(?P<line>\d+): (?P<severity>error|note): (?P<message>.*)$")
REVEALED = re.compile(r'^(?:Revealed type is|Type of "(?P<expression>.*)" is) "(?P<type>.*)"$', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that a checker said; printed, it is one line."""

    path: str
    line: int
    severity: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity}: {self.text.splitlines()[0]}"


def mypy(environment: Environment, directory: Path, files: Sequence[Path], *, strict: bool = True) -> list[Message]:
    """What mypy says of ``files``; what they import is followed silently.

    Raises:
        ScratchError: mypy itself failed.
    """
    flags = ["--config-file=", "--follow-imports=silent", "--show-error-codes", "--no-pretty", "--no-color-output"]
    flags += ["--no-error-summary", "--hide-error-context", "--cache-dir=.mypy_corpus"]
    if strict:
        flags.append("--strict")
    finished = run_command(
        [environment.python, "-m", "mypy", *flags, *files], directory=directory, environment={"MYPYPATH": "src"}
    )
    if finished.status not in (0, 1):
        raise ScratchError(f"mypy ended with status {finished.status}:\n{finished.output}{finished.errors}")
    messages: list[Message] = []
    for line in finished.output.splitlines():
        match = MYPY_LINE.match(line)
        if match is not None:
            messages.append(Message(match["path"], int(match["line"]), match["severity"], match["message"]))
    return messages


def pyright(environment: Environment, directory: Path, files: Sequence[Path], *, strict: bool = True) -> list[Message]:
    """What pyright says of ``files``.

    Raises:
        ScratchError: pyright itself failed.
    """
    relative = [path.relative_to(directory).as_posix() for path in files]
    configuration = {
        "include": relative,
        "extraPaths": ["src"],
        "typeCheckingMode": "strict" if strict else "standard",
        # A stub without its source is what a dependency left out on purpose looks like.
        "reportMissingModuleSource": "none",
    }
    project = directory / "pyrightconfig.json"
    project.write_text(json.dumps(configuration), encoding="utf-8")
    finished = run_command(
        [environment.python, "-m", "pyright", "--outputjson", "--pythonpath", environment.python, "-p", project],
        directory=directory,
    )
    try:
        document = json.loads(finished.output)
    except json.JSONDecodeError as error:
        raise ScratchError(f"pyright printed no JSON:\n{finished.output}{finished.errors}") from error
    messages: list[Message] = []
    for item in document["generalDiagnostics"]:
        path = Path(item["file"])
        shown = path.relative_to(directory).as_posix() if path.is_relative_to(directory) else str(path)
        line = int(item["range"]["start"]["line"]) + 1 if "range" in item else 0
        rule = f" [{item['rule']}]" if "rule" in item else ""
        messages.append(Message(shown, line, str(item["severity"]), str(item["message"]) + rule))
    return messages


def stubtest(environment: Environment, directory: Path, module: str) -> list[str]:
    """The complaints of mypy.stubtest about a generated pair, each as its first line."""
    configuration = directory / "stubtest.ini"
    configuration.write_text("[mypy]\nfollow_imports = silent\nignore_errors = True\n", encoding="utf-8")
    finished = run_command(
        [environment.python, "-m", "mypy.stubtest", module, "--mypy-config-file", configuration],
        directory=directory / "src",
        environment={"MYPYPATH": str(directory / "src")},
    )
    if finished.status == 0:
        return []
    complaints = [line for line in finished.output.splitlines() if line.startswith("error:")]
    return complaints or (finished.output + finished.errors).strip().splitlines()[-5:]


def errors(messages: Iterable[Message]) -> list[Message]:
    """Those that are errors."""
    return [message for message in messages if message.severity == "error"]


def revealed_types(messages: Iterable[Message], path: str) -> dict[int, str]:
    """What ``reveal_type`` printed in the file ``path``, by line."""
    types: dict[int, str] = {}
    for message in messages:
        match = REVEALED.match(message.text)
        if match is not None and message.path == path:
            types[message.line] = match["type"]
    return types
