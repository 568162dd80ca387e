"""The line on which a TOML key stands, which no TOML parser for Python tells.

``config`` imports it to give its errors a line; it imports nothing of the package. The values are
read by ``tomllib``: an answer of ``None`` here costs a line number and nothing else.

Each pattern takes time linear in the text: two alternatives never match the same character twice.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import cast

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_KEY = re.compile(rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=")
# A string or a comment can hold the quotes that would open another, so all of them are stepped over.
_STRING_OR_COMMENT = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}|\'\'\'(?:[^']|'(?!''))*+'{3,5}|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'|\#[^\n]*+''',
    re.DOTALL,
)


def find_line(text: str, key: tuple[str, ...]) -> int | None:
    """The 1-based line that gives ``key``, or the nearest table around it, or ``None``."""
    best: tuple[int, int] | None = None
    for line, path in _paths(text):
        common = len(path) if path == key[: len(path)] else 0
        if path[: len(key)] == key:
            common = len(key)
        if common and (best is None or common > best[0]):
            best = (common, line)
    # One matching part is "tool" itself, which says nothing.
    return best[1] if best is not None and best[0] > 1 else None


def find_value_line(text: str, key: tuple[str, ...], value: str) -> int | None:
    """The 1-based line on which ``value`` stands as a string, at or below the line of ``key``."""
    start = find_line(text, key)
    if start is None:
        return None
    for number, line in enumerate(text.split("\n")[start - 1 :], start):
        _, _, right = line.rpartition("=") if number == start else ("", "", line)
        if json.dumps(value) in right or f"'{value}'" in right:
            return number
    return start


def _paths(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each line that opens a table or gives a key, with the whole path of what it gives."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(_STRING_OR_COMMENT.sub(_one_line, text).split("\n"), 1):
        if line.lstrip().startswith("["):
            path = _path_of(line.strip())
            if path:
                table = path
                yield number, table
            continue
        match = _KEY.match(line)
        if match:
            path = _path_of(f"{match.group(1)} = 0")
            if path:
                yield number, table + path


def _one_line(match: re.Match[str]) -> str:
    """A string of one line as it is; of several lines, whose text is no TOML, the line ends alone."""
    token = match.group()
    return "\n" * token.count("\n") if token.startswith(('"""', "'''")) else token


def _path_of(line: str) -> tuple[str, ...]:
    """The path of the only table or key in one line of TOML; empty if the line is none."""
    try:
        value: object = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return ()
    path: list[str] = []
    while isinstance(value, (dict, list)):
        if isinstance(value, list):
            value = cast("list[object]", value)[0]  # the one table of an array of tables
            continue
        table = cast("dict[str, object]", value)  # the keys of a TOML table are str
        if not table:
            break
        key, value = next(iter(table.items()))
        path.append(key)
    return tuple(path)
