"""The main job, from end to end, on the greenhouse next to this file.

Generates the proxies, checks the program strictly with mypy and pyright, shows that both reject a
client with wrong calls line by line, and runs the program. Needs an environment that has
``typedactors[codegen]``, mypy and pyright; imports the standard library only.

Exit status: 0 if all of it is as it should be, 1 if not, 2 if something is not installed.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shlex
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NotRequired, TypedDict

EXAMPLES: Final = Path(__file__).resolve().parent
PROJECT: Final = EXAMPLES / "greenhouse"
PACKAGE: Final = PROJECT / "greenhouse"
GENERATED: Final = (PACKAGE / "proxies.py", PACKAGE / "proxies.pyi")
WRONG_CALLS: Final = PROJECT / "wrong_calls.py.txt"
MARK: Final = "# wrong: "
SECONDS: Final = 300
"""How long a step may take before it counts as hanging."""

ENVIRONMENT: Final = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1", "PYTHONIOENCODING": "utf-8"}
VAGUE: Final = "reportUnknown"
"""How those rules of pyright begin that only say that another error made a type unknown."""


class DemoError(Exception):
    """Something is not as it should be."""


class PyrightPosition(TypedDict):
    line: int


class PyrightRange(TypedDict):
    start: PyrightPosition


class PyrightDiagnostic(TypedDict):
    severity: str
    message: str
    rule: NotRequired[str]
    range: PyrightRange


class PyrightReport(TypedDict):
    generalDiagnostics: list[PyrightDiagnostic]


class MypyMessage(TypedDict):
    line: int
    message: str
    code: str | None
    severity: str


@dataclass(frozen=True)
class Finding:
    """What one checker says about one line."""

    line: int
    code: str
    message: str


@dataclass(frozen=True)
class WrongLine:
    """A line that a checker must reject, and why."""

    number: int
    text: str
    reason: str


def main() -> int:
    """Run all steps; stop at the first that fails."""
    missing = [name for name in ("typedactors_codegen", "mypy", "pyright") if importlib.util.find_spec(name) is None]
    if missing:
        print(f'This needs: {", ".join(missing)}. Install "typedactors[codegen]", mypy and "pyright[nodejs]".')
        return 2
    try:
        with tempfile.TemporaryDirectory() as directory:
            scratch = Path(directory)
            ENVIRONMENT["MYPY_CACHE_DIR"] = str(scratch / "mypy_cache")
            print(f"In the folder {PROJECT.relative_to(EXAMPLES.parent)}:")
            generate_proxies()
            check_program()
            reject_wrong_calls(scratch)
            run_program()
    except DemoError as error:
        print(f"\nFAILED: {error}")
        return 1
    print("\nAll is as it should be.")
    return 0


def generate_proxies() -> None:
    """Generate the committed proxies once more; nothing may change."""
    announce(1, "Generate the proxies, and compare them with their sources")
    before = {path: read(path) for path in GENERATED}
    run("typedactors", "generate")
    changed = [path.name for path, text in before.items() if read(path) != text]
    if changed:
        raise DemoError(f"the committed files were out of date and have been rewritten: {', '.join(changed)}")
    run("typedactors", "check")


def check_program() -> None:
    """Check the program with both checkers, as strictly as they can."""
    announce(2, "Check the program strictly with mypy and with pyright")
    run("mypy", "--strict", "greenhouse")
    run("pyright", "--pythonpath", sys.executable, "greenhouse")


def reject_wrong_calls(scratch: Path) -> None:
    """Show that both checkers reject each marked line of the wrong client, and no other."""
    announce(3, "Check a client with wrong calls: each must be rejected, and nothing else")
    client = scratch / "wrong_calls.py"
    client.write_text(read(WRONG_CALLS), encoding="utf-8")
    wrong = find_marks(read(client))
    print(f"  $ python -m mypy --strict {client.name}\n  $ python -m pyright {client.name}", flush=True)
    findings = {"mypy": run_mypy(client), "pyright": run_pyright(client)}
    for line in wrong:
        print(f"\n  line {line.number}: {line.reason}\n    {line.text}")
        for checker, found in findings.items():
            if line.number in found:
                finding = found[line.number]
                print(wrap(f"{finding.message} [{finding.code}]", f"    {checker + ':':<9}"))
    problems = [f"{checker} {problem}" for checker, found in findings.items() for problem in compare(wrong, found)]
    if problems:
        raise DemoError("\n  ".join([f"in {WRONG_CALLS.name}:", *problems]))
    print(f"\n  Both checkers reject all of the {len(wrong)} wrong lines and none of the others.")


def run_program() -> None:
    """Run the greenhouse for its simulated day."""
    announce(4, "Run the program")
    run("greenhouse")


def find_marks(source: str) -> list[WrongLine]:
    """Return the lines of a client that say of themselves that they are wrong."""
    wrong: list[WrongLine] = []
    for number, line in enumerate(source.splitlines(), 1):
        code, mark, reason = line.partition(f"  {MARK}")
        if mark:
            wrong.append(WrongLine(number, code.strip(), reason))
    if not wrong:
        raise DemoError(f"{WRONG_CALLS.name} marks no line as wrong")
    return wrong


def compare(wrong: Sequence[WrongLine], found: Mapping[int, Finding]) -> list[str]:
    """Return what a checker accepted though it is wrong, and what it rejected though it is right."""
    expected = {line.number for line in wrong}
    accepted = [f"accepts line {line.number}: {line.text}" for line in wrong if line.number not in found]
    rejected = [
        f"rejects line {finding.line}, which is right: {finding.message} [{finding.code}]"
        for finding in found.values()
        if finding.line not in expected
    ]
    return accepted + rejected


def run_mypy(client: Path) -> dict[int, Finding]:
    """Return mypy's first error on each line of a client."""
    output = capture("mypy", "--strict", "--output", "json", str(client))
    found: dict[int, Finding] = {}
    for line in output.splitlines():
        message: MypyMessage = parse(line, "mypy")
        if message["severity"] == "error":
            finding = Finding(message["line"], message["code"] or "error", message["message"])
            found.setdefault(finding.line, finding)
    return found


def run_pyright(client: Path) -> dict[int, Finding]:
    """Return pyright's most telling error on each line of a client."""
    configuration = {"include": [client.name], "extraPaths": [str(PROJECT)], "typeCheckingMode": "strict"}
    path = client.with_name("pyrightconfig.json")
    path.write_text(json.dumps(configuration), encoding="utf-8")
    output = capture("pyright", "--pythonpath", sys.executable, "--outputjson", "--project", str(path))
    report: PyrightReport = parse(output, "pyright")
    found: dict[int, Finding] = {}
    for diagnostic in report["generalDiagnostics"]:
        if diagnostic["severity"] == "error":
            line = diagnostic["range"]["start"]["line"] + 1  # it counts from 0
            message = ": ".join(part.strip() for part in diagnostic["message"].splitlines()[:2])
            finding = Finding(line, diagnostic.get("rule", "error"), message)
            if line not in found or found[line].code.startswith(VAGUE):
                found[line] = finding
    return found


def announce(number: int, title: str) -> None:
    print(f"\n{number}/4  {title}\n", flush=True)


def run(module: str, *arguments: str) -> None:
    """Run a module in the greenhouse's project and show its output.

    Raises:
        DemoError: its exit status is not 0, or it hangs.
    """
    shown = ["python", "-m", module, *("python" if each == sys.executable else each for each in arguments)]
    print(f"  $ {shlex.join(shown)}", flush=True)
    completed = start(module, *arguments, stderr=subprocess.STDOUT)
    print(textwrap.indent(completed.stdout.rstrip(), "    "))
    if completed.returncode:
        raise DemoError(f"{module} ended with status {completed.returncode}")


def capture(module: str, *arguments: str) -> str:
    """Run a checker that is to find errors; return what it wrote to the standard output.

    Raises:
        DemoError: it did not do its work, or it hangs.
    """
    completed = start(module, *arguments, stderr=subprocess.PIPE)
    if completed.returncode not in (0, 1):
        raise DemoError(f"{module} ended with status {completed.returncode}:\n{completed.stderr}{completed.stdout}")
    return completed.stdout


def start(module: str, *arguments: str, stderr: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *arguments]
    try:
        return subprocess.run(
            command,
            cwd=PROJECT,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DemoError(f"{module} has not ended within {SECONDS} seconds") from None


def parse(text: str, checker: str) -> Any:  # the checkers' own JSON, whose shape the callers state
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise DemoError(f"{checker} wrote something else than JSON:\n{text}") from None


def read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise DemoError(f"{path} cannot be read: {error.strerror}") from None


def wrap(text: str, label: str) -> str:
    return textwrap.fill(text, width=110, initial_indent=label, subsequent_indent=" " * len(label))


if __name__ == "__main__":
    sys.exit(main())
