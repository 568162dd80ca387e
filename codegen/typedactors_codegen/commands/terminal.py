"""The two streams: what is asked for on the standard output, what is said about it on the other.

Only the package ``commands`` and ``cli`` import it. Colour is for a terminal, one stream at a time, and
never where ``NO_COLOR`` is set.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Generator
from pathlib import Path
from typing import TextIO

import click


class OutputError(Exception):
    """The standard output is full or closed."""


def write(line: str, end: str = "\n") -> None:
    """Print to the standard output; raises `OutputError` where that fails."""
    with _output_errors():
        print(line, end=end)


def report(line: str) -> None:
    """Print to the standard error."""
    print(line, file=sys.stderr)


def flush() -> None:
    """Have the standard output written; raises `OutputError` where that fails."""
    if sys.__stdout__ is None:
        raise OutputError("it is closed")
    with _output_errors():
        sys.stdout.flush()


@contextlib.contextmanager
def _output_errors() -> Generator[None, None, None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.strerror) from error


def discard_output() -> None:
    """Have what is still to be written go nowhere: Python would report the next flush."""
    with contextlib.suppress(OSError, AttributeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def show_every_character(stream: TextIO) -> None:
    """Have characters escaped that the terminal cannot show: a diff has the users' names in it."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody looks at the stream, who can be shown more than lines."""
    # It is None where the descriptor was closed, whatever its type says.
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def has_colour(stream: TextIO | None) -> bool:
    """Whether the stream shows colour: a terminal, unless ``NO_COLOR`` has a value."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR")


def coloured(text: str, colour: str, stream: TextIO | None) -> str:
    """The text in a colour, if the stream has any."""
    return click.style(text, fg=colour) if has_colour(stream) else text


def shown(path: Path) -> str:
    """A path as short as it can be clicked on: relative to the working directory if it is below it."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def count(number: int, noun: str) -> str:
    """A number with its noun, in the singular or the plural."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
