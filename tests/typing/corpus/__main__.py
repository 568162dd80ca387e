"""Runs the matrix, prints it, and writes the documentation's page: ``python -m tests.typing.corpus``.

With names of items, as in ``python -m tests.typing.corpus usage overloads``, it runs and prints those alone, and writes
nothing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.typing.corpus import page
from tests.typing.corpus.checkers import CHECKERS
from tests.typing.corpus.expectations import Row, all_rows, known_exceptions, rows_of, run
from tests.typing.corpus.staging import SUITES


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page; return 1 if a checker differs from what is expected."""
    parser = argparse.ArgumentParser("python -m tests.typing.corpus", description=__doc__)
    every = [item for suite in SUITES for item in suite.items()]
    parser.add_argument("items", nargs="*", metavar="ITEM", help="the items to run, if not all")
    items: list[str] = parser.parse_args(arguments).items
    if unknown := sorted(set(items) - set(every)):
        parser.error(f"no such item: {', '.join(unknown)}; the items are {', '.join(every)}")
    with tempfile.TemporaryDirectory() as directory:
        rows = _rows_of_items(Path(directory), items) if items else _all_rows(Path(directory))
    print("\n".join(page.matrix(rows)))
    wrong = [f"{row.checker}: {difference}" for row in rows for difference in row.wrong]
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    if not items:
        page.PAGE.write_text(page.render(rows, known_exceptions()), encoding="utf-8")
    return 0


def _all_rows(directory: Path) -> list[Row]:
    return all_rows(lambda suite, checker: run(suite, checker, directory / f"{checker.name}{suite.suffix}"))


def _rows_of_items(directory: Path, items: Sequence[str]) -> list[Row]:
    rows: list[Row] = []
    for suite in SUITES:
        selected = {f"{item}{suite.suffix}" for item in suite.items() if item in items}
        for checker in CHECKERS if selected else ():
            found = run(suite, checker, directory / f"{checker.name}{suite.suffix}", selected)
            of_suite = rows_of(suite, checker, found, known_exceptions())
            rows += [row for row in of_suite if row.item in selected or row.wrong]
    return rows


if __name__ == "__main__":
    sys.exit(main())
