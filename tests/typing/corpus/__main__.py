"""Runs the whole matrix, prints it, and writes the documentation's page: ``python -m tests.typing.corpus``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.typing.corpus import page
from tests.typing.corpus.expectations import all_rows, known_exceptions, run


def main() -> int:
    """Write the page; return 1 if a checker differs from what is expected."""
    with tempfile.TemporaryDirectory() as directory:
        rows = all_rows(lambda suite, checker: run(suite, checker, Path(directory) / f"{checker.name}{suite.suffix}"))
    print("\n".join(page.matrix(rows)))
    wrong = [f"{row.checker}: {difference}" for row in rows for difference in row.wrong]
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    page.PAGE.write_text(page.render(rows, known_exceptions()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
