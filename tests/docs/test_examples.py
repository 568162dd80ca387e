"""Every example of the README and of the documentation does what the page says it does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs._blocks import blocks_of
from tests.docs._pages import PAGES, ROOT
from tests.docs._session import Session, environment_for_commands, runs_checkers


def _parameters() -> Iterator[object]:
    for page in PAGES:
        marks = [pytest.mark.checkers] if runs_checkers(blocks_of(page)) else []
        yield pytest.param(page, id=page.relative_to(ROOT).as_posix(), marks=marks)


@pytest.mark.timeout(600)  # a page runs several commands, each with a limit of its own
@pytest.mark.parametrize("page", list(_parameters()))
def test_page(page: Path, tmp_path: Path, repository: Path) -> None:
    # Resolved, because the commands print resolved paths, which are then left out of the comparison.
    Session(tmp_path.resolve(), environment_for_commands(repository), blocks_of(page)).run()
