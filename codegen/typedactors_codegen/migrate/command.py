"""``typedactors migrate``: what the command prints and writes, with its arguments already parsed.

The command line imports `execute`; it imports ``run`` when LibCST is there, and ``writer``.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from typedactors_codegen.errors import UsageError
from typedactors_codegen.migrate.report import Kind, MigrationReport, Remark
from typedactors_codegen.writer import Watched, replace_files

HELP = "rewrite a code base that was written for Pykka"
EXAMPLES = """\
Import lines, casts of proxies, and proxy classes written by hand are rewritten; the rest of each file stays as
it is, byte for byte. What is left is listed, with the reason. A second run changes nothing.

Exit status:
  0  what there is runs on typedactors; what could still be done by hand is listed as notes
  1  something waits for a hand: a name that is not here, a file with a syntax error, a file that cannot be written
  2  wrong usage: a path that does not exist, or LibCST is not installed

Examples:
  typedactors migrate --diff src tests    show what would be changed, write nothing
  typedactors migrate src tests
  typedactors migrate --keep-classes src  leave the proxy classes that were written by hand
"""
INSTALL = 'pip install "typedactors[migrate]"'


@dataclass(frozen=True, slots=True)
class MigrateArguments:
    """What the command line asks for."""

    paths: tuple[Path, ...]
    diff: bool = False
    keep_classes: bool = False


def execute(
    arguments: MigrateArguments,
    directory: Path,
    watched: Watched,
    *,
    show: Callable[[str], None],
    report: Callable[[str], None],
) -> int:
    """Run the command; return its exit status.

    Arguments:
        arguments: what is asked for; its paths are relative to ``directory``.
        directory: the working directory.
        watched: is told which files are about to be written.
        show: writes a text, which brings its own line ends, to the standard output.
        report: writes a line to the standard error.

    Raises:
        UsageError: LibCST is not installed, or a path is wrong.
        CodegenError: a file cannot be written; none was changed.
    """
    if importlib.util.find_spec("libcst") is None:
        raise UsageError('"typedactors migrate" needs LibCST, which is not installed', hint=f"run: {INSTALL}")
    # Only this command needs LibCST.
    from typedactors_codegen.migrate.run import migrate  # noqa: PLC0415

    paths = [directory / path for path in arguments.paths]
    result = migrate(paths, replace_classes=not arguments.keep_classes)
    if arguments.diff:
        show(result.diff(directory))
    else:
        watched.add(result.files)
        replace_files(result.files)
    for remark in result.remarks:
        _print(remark, directory, report)
    report(_summary(result, written=not arguments.diff))
    return result.exit_status


def _print(remark: Remark, directory: Path, report: Callable[[str], None]) -> None:
    place = f"{_shown(remark.path, directory)}:{remark.line}" if remark.line else str(_shown(remark.path, directory))
    kind = "warning" if remark.kind is Kind.LEFT else remark.kind.value
    report(f"{place}: {kind}: {remark.message}")
    if remark.remedy:
        report(f"  remedy: {remark.remedy}")


def _shown(path: Path, directory: Path) -> Path:
    try:
        return path.relative_to(directory)
    except ValueError:
        return path


def _summary(result: MigrationReport, *, written: bool) -> str:
    counts = result.counts
    parts = [
        _count(counts.imports, "import"),
        _count(counts.uses, "use"),
        _count(counts.casts, "cast"),
        _count(counts.classes, "proxy class", "proxy classes"),
        _count(counts.strings, "string"),
    ]
    files = _count(len(result.files), "file")
    verb = "written" if written else "would be written"
    kinds = [each.kind for each in result.remarks]
    left = sum(kind is not Kind.NOTE for kind in kinds)
    notes = len(kinds) - left
    return (
        f"{_count(result.looked_at, 'Python file')} looked at, {files} {verb}: {', '.join(parts)} rewritten; "
        f"{_count(left, 'place')} {'waits' if left == 1 else 'wait'} for a hand, {_count(notes, 'note')}"
    )


def _count(number: int, noun: str, plural: str | None = None) -> str:
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
