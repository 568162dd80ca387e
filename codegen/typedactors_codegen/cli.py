"""The command ``typedactors``: arguments in, text and an exit status out.

The only module that prints or exits. ``typedactors._command`` imports it; it imports ``pipeline``,
``writer``, ``check`` and ``initialize``. It uses argparse, and nothing else of the package knows
that: another library for arguments replaces `_parse` alone.

Exit status: 0 all is well, 1 refused or drift, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import io
import os
import shlex
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn, TextIO

from typedactors import __version__
from typedactors_codegen import check, config, initialize, pipeline, writer
from typedactors_codegen.errors import CodegenError, UsageError
from typedactors_codegen.model import Severity

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
    """Run the command and return its exit status; never raises, but for ``--traceback``."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _show_every_character(sys.stdout)
    show_traceback = "--traceback" in words
    try:
        options = _parse(words)
        status = _run(options, words)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader, such as a pager, has seen enough. Python would report the next flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except CodegenError as error:
        if show_traceback:
            traceback.print_exc()
        _print_error(error)
        return error.exit_status
    except KeyboardInterrupt:
        _report("interrupted: no file was changed")
        return INTERRUPTED
    except _AnsweredError as answered:
        return answered.exit_status
    # A bug of ours, or of mypy, which raises SystemExit as well. The user gets one line.
    except (Exception, SystemExit) as error:  # noqa: BLE001
        if show_traceback:
            traceback.print_exc()
        text = " ".join(str(error).split()) or "no message"
        _report(f"error: typedactors itself failed, no file was changed: {type(error).__name__}: {text}")
        if not show_traceback:
            _report("  hint: this is a bug; run again with --traceback and report what it prints")
        return REFUSED
    return status


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
    options = parser.parse_args(list(words), namespace=_Options())
    if not options.command:
        parser.error("a command is missing: generate, check or init")
    return options


def _run(options: _Options, words: Sequence[str]) -> int:
    directory = Path.cwd()
    if options.command == "init":
        return _init(options, directory)
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
        writer.write_files(changed)
    if options.verbose:
        for file in changed:
            print(f"wrote {_shown(file.path)}")
    unchanged = len(outcome.files) - len(changed)
    print(f"{_contents(outcome)}, {_count(len(changed), 'file')} written, {unchanged} unchanged")
    return OK


def _check(outcome: pipeline.Outcome, words: Sequence[str], directory: Path) -> int:
    drifts = check.find_drift(outcome.files, directory)
    if not drifts:
        print(f"{_contents(outcome)}, {_count(len(outcome.files), 'file')} up to date")
        return OK
    for drift in drifts:
        sys.stdout.write(drift.diff)
    sys.stdout.flush()
    remedy = shlex.join(["typedactors", *("generate" if word == "check" else word for word in words)])
    for drift in drifts:
        _report(f"{_shown(drift.path)}: error: {drift.reason}")
    _report(f"  hint: run: {remedy}")
    return REFUSED


def _init(options: _Options, directory: Path) -> int:
    result = initialize.initialize(
        initialize.InitRequest(
            directory=directory,
            config=options.config,
            source=tuple(options.source),
            package=options.package,
            output=options.init_output,
            force=options.force,
        )
    )
    if options.verbose:
        for found in result.found:
            kind = "Protocol" if found.is_protocol else "actor"
            print(f"{_shown(found.path)}:{found.line}: {kind} {found.name}")
    actors = sum(not found.is_protocol for found in result.found)
    protocols = len(result.found) - actors
    verb = "created" if result.created else "updated"
    print(
        f"{verb} {_shown(result.path)}: {_count(actors, 'actor')}, {_count(protocols, 'Protocol')}, "
        f"{_count(len(result.outputs), 'output')} ({', '.join(result.outputs)})"
    )
    print("next: typedactors generate")
    return OK


def _print_findings(outcome: pipeline.Outcome, verbose: bool) -> None:
    for each in outcome.diagnostics:
        place = f"{_shown(Path(each.origin.path))}:{each.origin.line}"
        _report(f"{place}: {each.severity.value}: {each.member}: {each.reason}")
        _report(f"  remedy: {each.remedy}")
    if not verbose:
        return
    for proxy, skipped in outcome.skipped:
        place = f"{_shown(Path(skipped.origin.path))}:{skipped.origin.line}"
        _report(f"{place}: note: {proxy.key.name}.{skipped.name}: left out: {skipped.reason}")
    for timing in outcome.timings:
        _report(f"{timing.stage}: {timing.seconds:.2f} s")


def _contents(outcome: pipeline.Outcome) -> str:
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
