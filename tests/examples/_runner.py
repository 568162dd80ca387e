"""How the examples are run: as a user runs them, each in its project's folder, in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

EXPECTED = Path(__file__).parent / "expected"


@dataclass(frozen=True)
class Runner:
    """Runs Python in the folder of an example project."""

    examples: Path
    environment: dict[str, str] = field(default_factory=dict[str, str])

    def command(self, *arguments: str) -> list[str]:
        """Return the command line; a warning in an example is an error."""
        return [sys.executable, "-W", "error", *arguments]

    def run(self, project: str, *arguments: str, status: int = 0) -> str:
        """Run to the end; return what was printed.

        The exit status must be ``status``; if that is 0, nothing may be written to the standard error stream.
        """
        completed = subprocess.run(
            self.command(*arguments),
            cwd=self.examples / project,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        printed = completed.stdout + completed.stderr
        assert completed.returncode == status, printed
        assert status or not completed.stderr, completed.stderr
        return printed

    def start(self, project: str, *arguments: str) -> subprocess.Popen[str]:
        """Start and return at once."""
        return subprocess.Popen(
            self.command("-u", *arguments),
            cwd=self.examples / project,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )


def expected(name: str) -> str:
    """Return the recorded output of an example."""
    return (EXPECTED / f"{name}.txt").read_text(encoding="utf-8")


def normalised(output: str, extra: Sequence[tuple[str, str]] = ()) -> str:
    """Replace each URN by its number in the order of appearance, then what ``extra`` says."""
    numbers: dict[str, int] = {}
    output = re.sub(
        r"urn:uuid:[-0-9a-f]{36}", lambda match: f"urn:uuid:{numbers.setdefault(match[0], len(numbers) + 1)}", output
    )
    for pattern, replacement in extra:
        output = re.sub(pattern, replacement, output)
    return output
