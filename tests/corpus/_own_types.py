"""Counts what an application's own code says to mypy and pyright on typedactors that it does not say on Pykka.

It imports ``_checkers`` and ``_scratch``; ``run`` imports it. "Runs when its import lines are changed" holds
for the types as well: where Pykka's annotations accept a program, ours must.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.corpus import _checkers
from tests.corpus._checkers import Message
from tests.corpus._scratch import Environment, must_run

PYKKA = "pykka==4.5.0"
# Where a message says in which library's class the called member is.
CALL = re.compile(r' (?:to|of|in function) "__call__"(?: of "[^"]*")?')


def new_errors(
    environment: Environment, directory: Path, packages: Sequence[str], unmapped: Sequence[Path]
) -> list[Message]:
    """The errors that only the mapped copy has.

    Arguments:
        environment: the application's environment.
        directory: its scratch directory, with the mapped packages in ``src``.
        packages: the import packages to check.
        unmapped: the directories of the same packages, and of those beside them, as they were published.
    """
    on_pykka = directory / "on-pykka"
    if on_pykka.exists():
        shutil.rmtree(on_pykka)
    source = on_pykka / "src"
    source.mkdir(parents=True)
    for package in unmapped:
        shutil.copytree(package, source / package.name)
    must_run(
        [environment.python, "-m", "pip", "install", "--quiet", "--no-deps", "--target", source, PYKKA],
        directory=directory,
    )
    found: list[Message] = []
    for check in (_checkers.mypy, _checkers.pyright):
        before = _counted(check(environment, on_pykka, [on_pykka / "src" / name for name in packages], strict=False))
        messages = _checkers.errors(
            check(environment, directory, [directory / "src" / name for name in packages], strict=False)
        )
        for message in messages:
            key = _key(message)
            if before[key] > 0:
                before[key] -= 1
            else:
                found.append(message)
    return found


def _counted(messages: Sequence[Message]) -> Counter[tuple[str, str]]:
    return Counter(_key(message) for message in _checkers.errors(messages))


def _key(message: Message) -> tuple[str, str]:
    """File and first line of the text; names of the two libraries count as one, and lines may move."""
    first = CALL.sub("", message.text.splitlines()[0]).partition("  [")[0].partition(" [report")[0]
    for module in ("typedactors._", "pykka._", "typedactors.", "pykka."):
        first = first.replace(module, "")
    return message.path, first
