"""The documentation's page about the checkers, made from a run of the matrix.

``python -m tests.typing.corpus`` writes it. The tests of this folder import this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tests.typing.corpus.checkers import CHECKERS
from tests.typing.corpus.expectations import Known, Row
from tests.typing.corpus.staging import CORPUS

PAGE = CORPUS.parent.parent.parent / "docs" / "site" / "checkers.md"
_HEAD = """\
# Type checkers

What an actor declares, its generated proxy has, in six type checkers. Each item of the corpus in `tests/typing/corpus`
is an actor module with its committed proxies, a file of uses that every checker must accept, with the exact types in
`assert_type`, and a file of mistakes that every checker must report, line by line: a misspelt keyword, a wrong
argument, an unknown member, an assignment to a method. The actors and the generated files must be clean as well. What
is asked goes beyond proxies: how an actor is started, what an `ask` gives, which handlers a message may have.

This page is written from a run of that matrix (`python -m tests.typing.corpus`); a test fails when it is out of date.

## How they are run

"""
_MATRIX = """
Only errors count, not warnings. The items whose names end in `_312` use the syntax of Python 3.12 and are checked for
that version; all others are checked for 3.11.

## The matrix

A cell says how many lines were judged right, of all that the checker had to accept and to report. A number in brackets
counts those that it gets wrong by a fault of its own; they are listed below.

"""
_EXCEPTIONS = """
## The checkers' own faults

Each was reduced to a minimal case without this library, which is in `tests/typing/corpus/negative_gaps`. A test fails
when an entry is no longer needed, and when it names another version than the one that the matrix was run with.

Most are about one thing: a class that is taken for a `Callable[P, T]`, which is how `start` knows a constructor's
parameters. Where the constructor has overloads, or the class is generic, more checkers understand
`start(Overloaded, ...)` than `Overloaded.start(...)`. The two do the same.

"""
_ADDING = """
Two things are not in the matrix. mypy does not tell `LiteralString` from `str`, and so it is `str` at the proxy. And
`functools.partial` keeps no parameters for any checker; the generator warns of an attribute that holds one.

## Adding a case

An item is one name in four places: the actors in `tests/typing/corpus/actors`, what must be accepted in `positive`,
what must be reported in `negative`, each line with `# error: why`, and the output in `stubs/corpus/pyproject.toml`.
Then `typedactors generate --config stubs/corpus` writes its proxies, and `python -m tests.typing.corpus` with its name
runs that item alone. Without a name it runs all items and writes this page.
"""


def matrix(rows: Sequence[Row]) -> list[str]:
    """The table of items and checkers, in Markdown."""
    names = [checker.name for checker in CHECKERS]
    cells = {(row.item, row.checker): row for row in rows}
    items = list(dict.fromkeys(row.item for row in rows))
    lines = [["item", "to accept", "to report", *names]]
    totals = dict.fromkeys(names, 0)
    excused = dict.fromkeys(names, 0)
    positive = negative = 0
    for item in items:
        first = next(row for row in rows if row.item == item)
        positive += first.positive
        negative += first.negative
        line = [f"`{item}`", str(first.positive), str(first.negative)]
        for name in names:
            row = cells.get((item, name))
            line.append("not run" if row is None else _cell(row))
            if row is not None:
                totals[name] += row.positive + row.negative - row.excused - len(row.wrong)
                excused[name] += row.excused
        lines.append(line)
    lines.append(["all", str(positive), str(negative), *(_number(totals[name], excused[name]) for name in names)])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    written = [f"| {' | '.join(map(str.ljust, line, widths))} |" for line in lines]
    rule = "|" + "|".join(("-" * (width + 1)) + (":" if column else "-") for column, width in enumerate(widths)) + "|"
    return [written[0], rule, *written[1:]]


def _cell(row: Row) -> str:
    right = row.positive + row.negative - row.excused - len(row.wrong)
    return f"{_number(right, row.excused)}{f' WRONG {len(row.wrong)}' if row.wrong else ''}"


def _number(right: int, excused: int) -> str:
    return f"{right} ({excused})" if excused else str(right)


def render(rows: Sequence[Row], known: Iterable[Known]) -> str:
    """The whole page."""
    checkers = ["| checker | version | run as |", "|---------|---------|--------|"]
    checkers += [f"| {each.name} | {each.version} | {each.mode} |" for each in CHECKERS]
    entries = ["| checker | seen with | what | line of the corpus | minimal case |", "|---|---|---|---|---|"]
    for each in known:
        what = f"{each.fault}: {each.reason}"
        where = f"`{each.line}` in `{each.file}`"
        entries.append(f"| {each.checker} | {each.version} | {what} | {where} | `{each.case}` |")
    parts = [_HEAD, *(f"{line}\n" for line in checkers), _MATRIX, *(f"{line}\n" for line in matrix(rows))]
    return "".join([*parts, _EXCEPTIONS, *(f"{line}\n" for line in entries), _ADDING])


def without_versions(text: str) -> str:
    """The page without the checkers' versions, which do not make it out of date."""
    names = "|".join(each.name for each in CHECKERS)
    return re.sub(rf"^\| ({names}) \| [\w.+-]+ \|", r"| \1 | |", text, flags=re.MULTILINE)
