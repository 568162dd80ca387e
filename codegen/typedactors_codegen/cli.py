"""The command ``typedactors``: arguments in, text and an exit status out.

The only module that prints or exits. ``typedactors._command`` imports it; it imports ``pipeline``,
``writer``, ``check`` and ``initialize``. It uses argparse, and nothing else of the package knows
that: another library for arguments replaces `_parse` alone.

Exit status: 0 all is well, 1 refused or drift, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import os
import shlex
import signal
import sys
import traceback
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any, NoReturn, TextIO

from typedactors import __version__
from typedactors_codegen import config, pipeline, writer
from typedactors_codegen.errors import CodegenError, UsageError
from typedactors_codegen.model import Severity
from typedactors_codegen.outcome import Outcome

# Windows has no SIGHUP.
_ENDING: set[int] = {getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)}
OK, REFUSED, USAGE, INTERRUPTED = 0, 1, 2, 130

_DESCRIPTION = "Generate typed proxies for actors, and keep them in step with their sources."
_EXAMPLES = """\
examples:
  typedactors init                      write [tool.typedactors] for the packages found here
  typedactors generate                  write the configured outputs
  typedactors check                     exit 1 and show a diff if an output is out of date
  typedactors generate --source src --output hub.proxies hub.sensors hub.thermostat:Thermostat
                                        without a configuration
"""
_RUN_EXAMPLES = """\
a TARGET is one of
  package.module          each public actor class in it, and the Protocols they implement
  package.module:Class    one actor class or Protocol
  package.*               every module of the package

examples:
  typedactors {command}
  typedactors {command} --strict --verbose
  typedactors {command} --config path/to/pyproject.toml
  typedactors {command} --source src --output hub.proxies hub.sensors "hub.devices.*"
"""
_INIT_EXAMPLES = """\
The sources are read, never imported.

examples:
  typedactors init                      all packages under src/, or here, that have actors
  typedactors init hub                  the package hub
  typedactors init hub --output hub.typed_proxies
  typedactors init --force              replace a [tool.typedactors] that exists
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status; never raises, and prints what goes wrong.

    Without ``arguments``, those of the process are taken, which then ends here if mypy was loaded.
    """
    if arguments is not None:
        return _main(list(arguments))
    loaded_before = "mypy.build" in sys.modules
    gc.disable()  # the process ends before there is garbage worth looking for
    with _ends_as_if_interrupted():
        status = _main(sys.argv[1:])
    if "mypy.build" in sys.modules and not loaded_before:
        _leave(status)
    return status


@contextlib.contextmanager
def _ends_as_if_interrupted() -> Generator[None, None, None]:
    """Have a cancelled job or a closed terminal undo what is half done, as an interrupt does."""

    def interrupt(number: int, frame: object) -> NoReturn:
        raise KeyboardInterrupt

    # An ignored one, as under nohup, stays ignored.
    numbers = {number for number in _ENDING if signal.getsignal(number) is signal.SIG_DFL}
    with contextlib.suppress(ValueError):  # signals are the main thread's
        for number in numbers:
            signal.signal(number, interrupt)
    try:
        yield
    finally:
        with contextlib.suppress(ValueError):
            for number in numbers:
                signal.signal(number, signal.SIG_DFL)


def _leave(status: int) -> NoReturn:
    """End the process, as mypy's own command does: taking all its objects apart would take long."""
    for stream in (sys.stdout, sys.stderr):
        # It is None where the descriptor was closed, whatever its type says.
        with contextlib.suppress(OSError, AttributeError):
            stream.flush()
    os._exit(status)


def _main(words: list[str]) -> int:
    _show_every_character(sys.stdout)
    show_traceback = "--traceback" in words
    watched = writer.Watched()
    try:
        options = _parse(words)
        status = _run(options, words, watched)
        _flush()
    except BrokenPipeError:
        # The reader, such as a pager, has seen enough.
        _discard_output()
        return REFUSED
    except CodegenError as error:
        if show_traceback:
            traceback.print_exc()
        _print_error(error)
        return error.exit_status
    except KeyboardInterrupt:
        _report(f"interrupted: {watched.result()}")
        return INTERRUPTED
    except _AnsweredError as answered:
        return answered.exit_status
    except _OutputError as error:
        _discard_output()
        _report(f"error: the standard output cannot be written: {error}; {watched.result()}")
        return REFUSED
    # A bug of ours, or of mypy, which raises SystemExit as well. The user gets one line.
    except (Exception, SystemExit) as error:  # noqa: BLE001
        if show_traceback:
            traceback.print_exc()
        text = " ".join(str(error).split()) or "no message"
        _report(f"error: typedactors itself failed, {watched.result()}: {type(error).__name__}: {text}")
        if not show_traceback:
            _report("  hint: this is a bug; run again with --traceback and report what it prints")
        return REFUSED
    return status


class _OutputError(Exception):
    """The standard output is full or closed."""


def _print(text: str, end: str = "\n") -> None:
    with _output_errors():
        print(text, end=end)


def _flush() -> None:
    if sys.__stdout__ is None:
        raise _OutputError("it is closed")
    with _output_errors():
        sys.stdout.flush()


@contextlib.contextmanager
def _output_errors() -> Generator[None, None, None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _OutputError(error.strerror) from error


def _discard_output() -> None:
    """Have what is still to be written go nowhere: Python would report the next flush."""
    with contextlib.suppress(OSError, AttributeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _AnsweredError(Exception):
    """argparse has printed what was asked for (``--help``, ``--version``)."""

    def __init__(self, exit_status: int) -> None:
        super().__init__()
        self.exit_status = exit_status


class _Parser(argparse.ArgumentParser):
    """A parser that raises instead of exiting, and takes no option by the start of its name."""

    def __init__(self, prog: str | None = None, **settings: Any) -> None:  # as argparse declares them
        super().__init__(prog, allow_abbrev=False, **settings)

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, hint=f'see "{self.prog} --help"')

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        raise _AnsweredError(status)


class _Options(argparse.Namespace):
    """The parsed arguments, with their types."""

    command: str
    config: Path | None
    source: list[str]
    output: list[list[str]]
    strict: bool
    verbose: bool
    traceback: bool
    package: str | None
    init_output: str | None
    force: bool


def _parse(words: Sequence[str]) -> _Options:
    layout = argparse.RawDescriptionHelpFormatter
    parser = _Parser("typedactors", description=_DESCRIPTION, epilog=_EXAMPLES, formatter_class=layout)
    parser.add_argument("--version", action="version", version=f"typedactors {__version__}")
    common = _Parser(add_help=False)
    common.add_argument("--config", type=Path, metavar="PATH", help="the pyproject.toml to use")
    common.add_argument("--source", action="append", default=[], metavar="DIR", help="a root of imports; repeatable")
    common.add_argument("--verbose", action="store_true", help="also report what was left out, and why, and timing")
    common.add_argument("--traceback", action="store_true", help="show where an error comes from, for bug reports")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for name, summary in (
        ("generate", "write the proxies that are missing or out of date"),
        ("check", "write nothing; exit 1 and print a diff if an output is out of date"),
    ):
        command = commands.add_parser(
            name,
            parents=[common],
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            epilog=_RUN_EXAMPLES.format(command=name),
            formatter_class=layout,
        )
        command.add_argument(
            "--output",
            action="append",
            nargs="+",
            default=[],
            metavar=("MODULE", "TARGET"),
            help="an output and what it is made from, instead of the configured ones; repeatable",
        )
        command.add_argument("--strict", action="store_true", help="refuse on warnings, too")
    summary = "write the configuration for a package into its pyproject.toml"
    command = commands.add_parser(
        "init",
        parents=[common],
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=_INIT_EXAMPLES,
        formatter_class=layout,
    )
    command.add_argument("package", nargs="?", metavar="PACKAGE", help="the package to inspect; default: all")
    command.add_argument("--output", dest="init_output", metavar="MODULE", help="the output; default: PACKAGE.proxies")
    command.add_argument("--force", action="store_true", help="replace a [tool.typedactors] that exists")
    options, unknown = parser.parse_known_args(list(words), namespace=_Options())
    if unknown:
        # Not left to argparse, which would refer to the help of the whole command.
        (commands.choices.get(options.command) or parser).error(f"unrecognized arguments: {' '.join(unknown)}")
    if not options.command:
        parser.error("a command is missing: generate, check or init")
    return options


def _run(options: _Options, words: Sequence[str], watched: writer.Watched) -> int:
    directory = Path.cwd()
    if options.command == "init":
        return _init(options, directory, watched)
    arguments = config.Arguments(
        config=options.config,
        source=tuple(options.source),
        outputs=tuple(tuple(output) for output in options.output),
        strict=options.strict,
    )
    configuration = config.load(arguments, directory)
    outcome = pipeline.run(configuration)
    _print_findings(outcome, options.verbose)
    if outcome.refused(configuration.strict):
        errors = sum(each.severity is Severity.ERROR for each in outcome.diagnostics)
        warnings = len(outcome.diagnostics) - errors
        why = " (strict: warnings are errors)" if not errors else ""
        _report(f"refused: {_count(errors, 'error')}, {_count(warnings, 'warning')}{why}; no file was changed")
        return REFUSED
    if options.command == "check":
        return _check(outcome, words, directory)
    changed = writer.changed_files(outcome.files)
    if changed:
        watched.add(changed)
        writer.write_files(changed)
    if options.verbose:
        for file in changed:
            _print(f"wrote {_shown(file.path)}")
    unchanged = len(outcome.files) - len(changed)
    _print(f"{_contents(outcome)}, {_count(len(changed), 'file')} written, {unchanged} unchanged")
    return OK


def _check(outcome: Outcome, words: Sequence[str], directory: Path) -> int:
    from typedactors_codegen import check  # noqa: PLC0415  # as in `_init`

    drifts = check.find_drift(outcome.files, directory)
    if not drifts:
        _print(f"{_contents(outcome)}, {_count(len(outcome.files), 'file')} up to date")
        return OK
    for drift in drifts:
        _print(drift.diff, end="")
    _flush()
    remedy = shlex.join(["typedactors", *("generate" if word == "check" else word for word in words)])
    for drift in drifts:
        _report(f"{_shown(drift.path)}: error: {drift.reason}")
    _report(f"  hint: run: {remedy}")
    return REFUSED


def _init(options: _Options, directory: Path, watched: writer.Watched) -> int:
    # Its libraries would be imported for the other commands as well, which are to be quick.
    from typedactors_codegen import initialize  # noqa: PLC0415

    result = initialize.initialize(
        initialize.InitRequest(
            directory=directory,
            config=options.config,
            source=tuple(options.source),
            package=options.package,
            output=options.init_output,
            force=options.force,
        ),
        watched,
    )
    if options.verbose:
        for found in result.found:
            kind = "Protocol" if found.is_protocol else "actor"
            _print(f"{_shown(found.path)}:{found.line}: {kind} {found.name}")
        for found in result.tests:
            _print(f"{_shown(found.path)}:{found.line}: left out, since it is in a test module: {found.name}")
    actors = sum(not found.is_protocol for found in result.found)
    protocols = len(result.found) - actors
    verb = "created" if result.created else "updated"
    _print(
        f"{verb} {_shown(result.path)}: {_count(actors, 'actor')}, {_count(protocols, 'Protocol')}, "
        f"{_count(len(result.outputs), 'output')} ({', '.join(result.outputs)})"
    )
    _print("next: typedactors generate")
    return OK


def _print_findings(outcome: Outcome, verbose: bool) -> None:
    for each in outcome.diagnostics:
        place = f"{_shown(Path(each.origin.path))}:{each.origin.line}"
        _report(f"{place}: {each.severity.value}: {each.member}: {each.reason}")
        _report(f"  remedy: {each.remedy}")
    for remark in outcome.remarks:
        _report(f"warning: {remark}")
    if not verbose:
        return
    for left_out in outcome.left_out:
        place = f"{_shown(Path(left_out.origin.path))}:{left_out.origin.line}"
        _report(f"{place}: note: {left_out.member}: left out: {left_out.reason}")
    for note in outcome.notes:
        _report(f"{_shown(Path(note.origin.path))}:{note.origin.line}: note: {note.member}: {note.reason}")
    for timing in outcome.timings:
        _report(f"{timing.stage}: {timing.seconds:.2f} s")


def _contents(outcome: Outcome) -> str:
    parts = f", {_count(outcome.parts, 'traversable part')}" if outcome.parts else ""
    proxies = f"{outcome.proxies} {'proxy' if outcome.proxies == 1 else 'proxies'}"
    return f"{proxies}{parts}, {_count(outcome.members, 'member')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _print_error(error: CodegenError) -> None:
    place = ""
    if error.path is not None:
        place = _shown(Path(error.path)) + (f":{error.line}" if error.line else "") + ": "
    _report(f"{place}error: {error.message}")
    if error.hint:
        _report(f"  hint: {error.hint}")


def _shown(path: Path) -> str:
    """A path as short as it can be clicked on: relative to the working directory if it is below it."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _show_every_character(stream: TextIO) -> None:
    """Have characters escaped that the terminal cannot show: a diff has the users' names in it."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


def _report(line: str) -> None:
    print(line, file=sys.stderr)
