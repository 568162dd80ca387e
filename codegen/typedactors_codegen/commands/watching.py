"""``typedactors generate --watch``: generate, and again on each change, in one process that stays warm.

``generate`` imports it when it is asked for: watchfiles, which knows how each system tells of changes,
comes with the extra ``watch`` and need not be there. It imports ``findings`` and ``terminal``.
"""

from __future__ import annotations

import gc
import importlib.util
import time
from collections.abc import Sequence
from pathlib import Path

from typedactors_codegen import config, pipeline, writer
from typedactors_codegen.commands.findings import contents, place_of, severity
from typedactors_codegen.commands.terminal import count, flush, shown, write
from typedactors_codegen.config import Arguments, Configuration
from typedactors_codegen.errors import CodegenError, UsageError
from typedactors_codegen.frontend import forget
from typedactors_codegen.model import Diagnostic

# Editors write a file in several steps, within so many milliseconds of each other.
_SETTLED_MILLISECONDS = 50
# How often to see whether nothing has changed; a change is told of at once.
_QUIET_MILLISECONDS = 200
# After how many times of quiet nobody is about to save again.
_COLLECTED_AFTER = 5


def watch(arguments: Arguments, directory: Path, watched: writer.Watched) -> int:
    """Generate whenever a source or the configuration has changed, until interrupted; gives the exit status.

    Raises:
        UsageError: watchfiles is not installed.
        CodegenError: there is no configuration to begin with.
    """
    if importlib.util.find_spec("watchfiles") is None:
        raise UsageError("--watch needs watchfiles, which is not installed", hint='pip install "typedactors[watch]"')
    import watchfiles  # noqa: PLC0415  # it may not be there

    session = _Session(arguments, directory, watched)
    configuration = config.load(arguments, directory)
    folders = _folders(configuration)
    changes = watchfiles.watch(
        *folders,
        watch_filter=session.concerns,
        debounce=1600,
        step=_SETTLED_MILLISECONDS,
        rust_timeout=_QUIET_MILLISECONDS,
        yield_on_timeout=True,
        raise_interrupt=True,  # without it, a line of its own is logged
    )
    # The first answer comes when the system has been told what to watch, so that no change is missed.
    next(changes)
    session.generate(())
    write(f"watching {', '.join(shown(folder) for folder in folders)}")
    flush()
    try:
        quiet = 0
        for found in changes:
            quiet += 1
            if found:
                session.generate(sorted({Path(path) for _, path in found}))
                quiet = 0
            elif quiet == _COLLECTED_AFTER:
                # mypy leaves much behind in each run, and to look for it takes as long as a run.
                forget()
                gc.collect()
    except KeyboardInterrupt:
        if session.busy:
            raise
    write("stopped")
    return 130


def _folders(configuration: Configuration) -> list[Path]:
    folders = list(configuration.source)
    if configuration.path is not None:
        folders.append(configuration.path.parent)
    # What lies in another is watched with it.
    return [
        each
        for index, each in enumerate(folders)
        if not any(each != other and each.is_relative_to(other) for other in folders) and each not in folders[:index]
    ]


class _Session:
    """One session: what is asked for, and what the last run wrote, which is no change."""

    def __init__(self, arguments: Arguments, directory: Path, watched: writer.Watched) -> None:
        self.busy = False
        self._arguments = arguments
        self._directory = directory
        self._watched = watched
        self._own: dict[str, writer.GeneratedFile] = {}
        self._diagnostics: tuple[Diagnostic, ...] = ()

    def concerns(self, change: object, path: str) -> bool:
        """Whether a file's change can change an output."""
        name = Path(path)
        if name.suffix not in (".py", ".pyi") and name.name != "pyproject.toml":
            return False
        if {".typedactors_cache", "__pycache__", ".mypy_cache"}.intersection(name.parts):
            return False
        written = self._own.get(str(name.resolve()))
        try:
            return written is None or not written.is_in(name.read_bytes())
        except OSError:
            return True

    def generate(self, paths: Sequence[Path]) -> None:
        """Generate once, and say in one line what became of it."""
        self.busy = True
        started = time.perf_counter()
        cause = f"{_listed(paths)}: " if paths else ""
        try:
            answer = self._generate()
        except CodegenError as error:
            place = ""
            if error.path is not None:
                place = shown(Path(error.path)) + (f":{error.line}" if error.line else "") + ": "
            answer = f"{place}{severity('error')}: {error.message}"
        # Before the line is shown: who reads it may interrupt at once.
        self.busy = False
        stamp = time.strftime("%H:%M:%S")
        write(f"{stamp} {cause}{answer} ({time.perf_counter() - started:.2f} s)")
        flush()

    def _generate(self) -> str:
        configuration = config.load(self._arguments, self._directory)
        outcome = pipeline.run(configuration)
        found = [each for each in outcome.diagnostics if each not in self._diagnostics]
        self._diagnostics = outcome.diagnostics
        concern = ""
        if found:
            first = found[0]
            more = f" and {len(found) - 1} more" if found[1:] else ""
            kind = severity(first.severity.value)
            concern = f"{place_of(first.origin)}: {kind}: {first.member}: {first.reason}{more}"
        if outcome.refused(configuration.strict):
            return f"refused; {concern or count(len(outcome.diagnostics), 'finding')}"
        changed = writer.changed_files(outcome.files)
        self._own = {str(file.path.resolve()): file for file in outcome.files}
        if changed:
            self._watched.add(changed)
            writer.write_files(changed)
            self._watched.forget()
        answer = f"wrote {_listed([file.path for file in changed])}" if changed else "nothing to write"
        return f"{answer}; {concern or contents(outcome)}"


def _listed(paths: Sequence[Path]) -> str:
    names = [shown(path) for path in paths]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if names[3:] else "")
