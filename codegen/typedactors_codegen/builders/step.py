"""The step that every adapter runs: bring a project's outputs up to date, or refuse.

A build may run in an environment that lacks what the project imports, where mypy would take for ``Any`` all that comes
from there. So where an import leads nowhere, nothing is generated unless every type is known all the same. Committed
files are then taken if they agree with the sources in all that is known; see ``agreement``.

The adapters import it; it imports ``config``, ``pipeline``, ``check``, ``writer`` and ``agreement``.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from typedactors_codegen import check, config, pipeline, writer
from typedactors_codegen.builders.agreement import agree
from typedactors_codegen.errors import CodegenError
from typedactors_codegen.model import Diagnostic, UnresolvedImport
from typedactors_codegen.outcome import Outcome

IN_A_BUILD = (
    "add what installs {modules} to build-system.requires, or build without isolation (--no-isolation, "
    "--no-build-isolation) where it is installed, or commit what `typedactors generate` writes where it is"
)
_SHOWN_FINDINGS = 8


@dataclass(frozen=True, slots=True)
class Step:
    """What a step has done.

    Attributes:
        files: every generated file, as absolute paths; all of them exist.
        written: those that were missing or out of date.
        remarks: lines for whoever runs the build.
    """

    files: tuple[Path, ...]
    written: tuple[Path, ...]
    remarks: tuple[str, ...]


class StepRefusedError(Exception):
    """The build is refused; the message is the whole text for its user, of several lines."""


def bring_up_to_date(
    directory: Path, *, remedy: str = IN_A_BUILD, mode: str | None = None, file: Path | None = None
) -> Step:
    """Write the outputs that are missing or out of date, of the configuration that holds in a folder.

    Nothing is written where everything is current, and no cache is left behind.

    Arguments:
        directory: the project's folder.
        remedy: what to do about missing modules, which stand for ``{modules}`` in it.
        mode: one of `config.BUILD_MODES`, instead of the configured one. With ``"check"`` nothing is written, and
            outputs that are not current are refused.
        file: the pyproject.toml, instead of the nearest.

    Raises:
        StepRefusedError: the generator is not installed completely, the sources are wrong, the outputs are not current
            and may not be written, or cannot be generated because modules are missing.
    """
    missing = [name for name in ("jinja2", "mypy") if importlib.util.find_spec(name) is None]
    if missing:
        raise StepRefusedError(
            f"the generator is not installed here (missing: {', '.join(missing)})\n"
            '  hint: what is required to build must name the extra: "typedactors[codegen]"'
        )
    try:
        configuration = config.load(config.Arguments(config=file), directory)
        return _step(directory, configuration, remedy, mode or configuration.build)
    except CodegenError as error:
        lines = [_shown_error(error, directory)]
        if error.unresolved:
            lines.append(_fix(error.unresolved, remedy))
        elif error.hint:
            lines.append(f"  hint: {error.hint}")
        raise StepRefusedError("\n".join(lines)) from error


def _step(directory: Path, configuration: config.Configuration, remedy: str, mode: str) -> Step:
    outcome = pipeline.run(configuration, makes_cache=False)
    findings = [_finding(each, directory) for each in outcome.diagnostics]
    remarks = (*findings, *outcome.remarks)
    paths = tuple(file.path for file in outcome.files)
    if outcome.refused(configuration.strict) and not outcome.unresolved:
        raise StepRefusedError("\n".join(["the proxies cannot be generated:", *_first(findings)]))
    changed = writer.changed_files(outcome.files)
    if not changed and not outcome.refused(configuration.strict):
        return Step(paths, (), remarks)
    # Whatever is Any without being written so has a finding. Without one, the missing modules are of no consequence.
    if outcome.unresolved and findings:
        return _unchecked(directory, outcome, remedy, findings)
    if mode == "check":
        raise StepRefusedError(_drift(outcome, directory))
    writer.write_files(changed)
    written = tuple(file.path for file in changed)
    return Step(paths, written, (*remarks, *(f"wrote {_shown(path, directory)}" for path in written)))


def _unchecked(directory: Path, outcome: Outcome, remedy: str, findings: Sequence[str]) -> Step:
    """Take the files on disk, if all that is known says that they are current."""
    modules = _modules(outcome.unresolved)
    for file in outcome.files:
        existing = writer.read_existing(file.path)
        name = _shown(file.path, directory)
        if existing is None:
            why = f"the proxies cannot be generated, because {modules} cannot be found here, and {name} does not exist"
        elif not agree(file.text, existing.decode("utf-8", errors="replace")):
            why = f"{name} is not what its sources give now, and cannot be generated: {modules} cannot be found here"
        else:
            continue
        raise StepRefusedError("\n".join([why, *_first(findings), _fix(outcome.unresolved, remedy)]))
    remark = (
        f"the generated files are taken as they are on disk: {modules} cannot be found here, so not every type in them "
        "could be compared; everything else is current"
    )
    return Step(tuple(file.path for file in outcome.files), (), (remark,))


def _drift(outcome: Outcome, directory: Path) -> str:
    drifts = check.find_drift(outcome.files, directory)
    lines = [drift.diff.rstrip("\n") for drift in drifts]
    lines += [f"{_shown(drift.path, directory)}: error: {drift.reason}" for drift in drifts]
    return "\n".join([*lines, "  hint: run: typedactors generate"])


def _fix(unresolved: Iterable[UnresolvedImport], remedy: str) -> str:
    return f"  hint: {remedy.format(modules=_modules(unresolved))}"


def _modules(unresolved: Iterable[UnresolvedImport]) -> str:
    """The missing modules, each by the name of its outermost package, with what is wrong with it."""
    shown: dict[str, str] = {}
    for each in unresolved:
        top = each.module.partition(".")[0]
        shown.setdefault(top, f"{top} (which has no types here)" if each.has_no_types else top)
    return " and ".join(f"the module {text}" for text in shown.values())


def _first(lines: Sequence[str]) -> list[str]:
    more = len(lines) - _SHOWN_FINDINGS
    return [*lines[:_SHOWN_FINDINGS], *([f"... and {more} more"] if more > 0 else [])]


def _finding(found: Diagnostic, directory: Path) -> str:
    place = f"{_shown(Path(found.origin.path), directory)}:{found.origin.line}"
    return f"{place}: {found.severity.value}: {found.member}: {found.reason}"


def _shown_error(error: CodegenError, directory: Path) -> str:
    if error.path is None:
        return f"error: {error.message}"
    line = f":{error.line}" if error.line else ""
    return f"{_shown(Path(error.path), directory)}{line}: error: {error.message}"


def _shown(path: Path, directory: Path) -> str:
    """A path as the user writes it: relative to the project where it is below it."""
    try:
        return path.absolute().relative_to(directory.absolute()).as_posix()
    except ValueError:
        return str(path)


def say(remarks: Iterable[str], write: Callable[[str], object]) -> None:
    """Pass on each remark, with the name of who makes it."""
    for remark in remarks:
        write(f"typedactors: {remark}")
