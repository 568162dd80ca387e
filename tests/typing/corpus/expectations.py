"""What a checker is expected to say of each line of a suite, and how what it said differs.

A line of a negative file that ends in ``# error: ...`` must have an error, and nothing else may have
one: no other line of the negative files, no positive file, no actor and no generated file. What a
checker gets wrong by a fault of its own is in ``exceptions.toml``. The tests of this folder import it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal, cast

from tests.typing.corpus.checkers import CHECKERS, Checker, Complaint
from tests.typing.corpus.staging import CORPUS, SUITES, Suite

Fault = Literal["silent", "false alarm"]
ERROR_MARK = "  # error: "
GAPS = "negative_gaps"  # the folder of the minimal cases


@dataclass(frozen=True)
class Known:
    """One entry of ``exceptions.toml``."""

    checker: str
    version: str
    file: str
    line: str
    fault: Fault
    case: str
    reason: str


@dataclass(frozen=True)
class Difference:
    """A line of which a checker does not say what is expected."""

    file: str
    number: int
    line: str
    fault: Fault
    said: str

    def __str__(self) -> str:
        said = f": {self.said}" if self.said else ""
        return f"{self.file}:{self.number}: {self.fault}: {self.line}{said}"


@dataclass(frozen=True)
class Row:
    """What one checker made of one item of the corpus.

    Args:
        positive: how many statements are to be accepted.
        negative: how many lines are to be reported.
        excused: how many of either are excused by an entry of ``exceptions.toml``.
        wrong: the differences that nothing excuses.
    """

    item: str
    checker: str
    positive: int
    negative: int
    excused: int
    wrong: tuple[Difference, ...]


def known_exceptions() -> list[Known]:
    """The entries of ``exceptions.toml``."""
    table = tomllib.loads((CORPUS / "exceptions.toml").read_text(encoding="utf-8"))
    return [Known(**entry) for entry in cast("list[dict[str, str]]", table["exception"])]  # type: ignore[arg-type]  # fault is checked there


def differences(directory: Path, suite: Suite, complaints: Iterable[Complaint]) -> list[Difference]:
    """Compare a checker's errors with what the staged files expect."""
    said: dict[tuple[str, int], str] = {}
    for complaint in complaints:
        said.setdefault((complaint.path, complaint.line), " ".join(complaint.text.split()))
    found: list[Difference] = []
    for path in files(directory, suite):
        name = path.relative_to(directory).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            text, mark, _ = line.partition(ERROR_MARK)
            answer = said.pop((name, number), None)
            if mark and answer is None:
                found.append(Difference(name, number, text.strip(), "silent", ""))
            elif not mark and answer is not None:
                found.append(Difference(name, number, text.strip(), "false alarm", answer))
    # Errors at places that do not exist, or in files that are none of the suite's, are never right.
    found += [Difference(name, number, "", "false alarm", text) for (name, number), text in said.items()]
    return found


def files(directory: Path, suite: Suite) -> list[Path]:
    """The staged files that a checker looks at."""
    packages = [directory / name for name in (*suite.packages, suite.proxies)]
    return sorted(path for package in packages for path in package.rglob("*.py*") if path.suffix in (".py", ".pyi"))


def item_of(suite: Suite, file: str) -> str:
    """The item that a file of the corpus belongs to: the longest item whose name its path begins with."""
    parts = PurePosixPath(file).with_suffix("").parts[1:]
    name = parts[0] if parts else ""
    matches = [item for item in suite.items() if name == item or name.startswith(f"{item}_")]
    return f"{max(matches, key=len)}{suite.suffix}" if matches else f"(other files{suite.suffix})"


def count_lines(suite: Suite, item: str) -> tuple[int, int]:
    """How many lines of an item's files are to be accepted, and how many are to be reported."""
    positive = (CORPUS / f"positive{suite.suffix}" / f"{item}.py").read_text(encoding="utf-8")
    negative = (CORPUS / f"negative{suite.suffix}" / f"{item}.py").read_text(encoding="utf-8")
    # Statements in functions: the rest are imports and the functions' heads.
    accepted = sum(line.startswith("    ") and bool(line.strip()) for line in positive.splitlines())
    return accepted, negative.count(ERROR_MARK)


def is_excused(difference: Difference, checker: Checker, known: Collection[Known]) -> bool:
    """Whether an entry of ``exceptions.toml`` is about a difference."""
    key = (checker.name, difference.file, difference.line, difference.fault)
    return any((each.checker, each.file, each.line, each.fault) == key for each in known)


def rows_of(suite: Suite, checker: Checker, found: Sequence[Difference], known: Collection[Known]) -> list[Row]:
    """A row for each item of a suite, and one more if there are differences in files of no item."""
    rows: list[Row] = []
    names = [f"{item}{suite.suffix}" for item in suite.items()]
    others = {item_of(suite, each.file) for each in found} - set(names)
    for name in [*names, *sorted(others)]:
        of_item = [each for each in found if item_of(suite, each.file) == name]
        wrong = tuple(each for each in of_item if not is_excused(each, checker, known))
        counts = (0, 0) if name in others else count_lines(suite, name.removesuffix(suite.suffix))
        rows.append(Row(name, checker.name, *counts, len(of_item) - len(wrong), wrong))
    return rows


def run(suite: Suite, checker: Checker, directory: Path, items: Collection[str] = ()) -> list[Difference]:
    """Stage a suite with its committed pairs into an empty directory, run a checker over it, and compare.

    With ``items``, as they are called in the table, all others are left out.
    """
    suite.stage(directory, generated=True)
    for path in files(directory, suite) if items else ():
        name = path.relative_to(directory)
        if len(name.parts) == 2 and name.stem == "__init__":
            continue
        if item_of(suite, name.as_posix()) not in items:
            path.unlink()
    return differences(directory, suite, checker.run(directory, suite.version, [*suite.packages, suite.proxies]))


def all_rows(find: Callable[[Suite, Checker], Sequence[Difference]]) -> list[Row]:
    """The rows of all suites and checkers; ``find`` runs one checker over one suite."""
    known = known_exceptions()
    return [
        row for suite in SUITES for checker in CHECKERS for row in rows_of(suite, checker, find(suite, checker), known)
    ]


def run_gaps(checker: Checker, directory: Path) -> list[Complaint]:
    """Run a checker over the minimal cases."""
    package = directory / GAPS
    package.mkdir(parents=True)
    for path in sorted((CORPUS / GAPS).glob("*.py")):
        (package / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return checker.run(directory, SUITES[0].version, [GAPS])


def unproved(checker: Checker, complaints: Collection[Complaint], known: Iterable[Known]) -> list[str]:
    """The minimal cases that do not show what their entries say."""
    problems: list[str] = []
    for case, fault in sorted({(each.case, each.fault) for each in known if each.checker == checker.name}):
        lines = (CORPUS / GAPS / case).read_text(encoding="utf-8").splitlines()
        marked = [number for number, line in enumerate(lines, 1) if line.endswith(f"  # {fault}")]
        if not marked:
            problems.append(f"{GAPS}/{case} has no line that ends in `# {fault}`")
        for number in marked:
            reported = any((each.path, each.line) == (f"{GAPS}/{case}", number) for each in complaints)
            if reported == (fault == "silent"):
                problems.append(f"{GAPS}/{case}:{number} does not show the fault in {checker.name} {checker.version}")
    return problems


def stale(checker: Checker, suite: Suite, found: Iterable[Difference], known: Iterable[Known]) -> list[str]:
    """The entries of ``exceptions.toml`` about a checker and a suite that are not needed."""
    keys = {(each.file, each.line, each.fault) for each in found}
    return [
        f"{each.checker} no longer needs the exception for {each.file}: {each.line}"
        for each in known
        if each.checker == checker.name
        and PurePosixPath(each.file).parts[0] in (*suite.packages, suite.proxies)
        and (each.file, each.line, each.fault) not in keys
    ]
