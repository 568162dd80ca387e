"""The corpus's own instruments: import mapping, and the proof that a hand-written member is reproduced.

The corpus itself needs the network and runs in its own session; these tests need neither.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpus._generated import read_proxies
from tests.corpus._handwritten import Reproduction, check, find_handwritten
from tests.corpus._imports import map_imports
from tests.corpus._manifest import Figures, load
from tests.corpus._scratch import Environment

PROGRAM = """
from __future__ import annotations

import typedactors
from typedactors.typing import ActorMemberMixin, proxy_field, proxy_method


@typedactors.traversable
class Shelf:
    def count(self, kind: str, *, deep: bool = False) -> int:
        return 0


class Store(typedactors.ThreadingActor):
    shelf: Shelf
    title: str = ""

    def find(self, name: str, limit: int | None = None) -> list[str] | None:
        return None

    def close(self) -> None: ...


class ShelfProxy:
    count = proxy_method(Shelf.count)


class StoreProxy(ActorMemberMixin, typedactors.ActorProxy[Store]):
    shelf: ShelfProxy
    title = proxy_field(Store.title)
    find = proxy_method(Store.find)
    close = proxy_method(Store.close)
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import pykka\n", "import typedactors as pykka\n"),
        ("import pykka as p\n", "import typedactors as p\n"),
        ("import pykka.debug\n", "import typedactors.debug; import typedactors as pykka\n"),
        ("import os, pykka\n", "import os; import typedactors as pykka\n"),
        ("from pykka import Actor as A, get_all\n", "from typedactors import Actor as A, get_all\n"),
        ("from pykka.typing import proxy_field  # why\n", "from typedactors.typing import proxy_field  # why\n"),
        (
            "def f():\n    from pykka import (\n        Actor,\n    )\n",
            "def f():\n    from typedactors import Actor\n\n\n",
        ),
        ("from .pykka import x\nfrom pykkai import y\n", "from .pykka import x\nfrom pykkai import y\n"),
        ('é = "pykka"; import pykka\n', 'é = "pykka"; import typedactors as pykka\n'),
        ('patch("pykka.ActorRegistry.stop_all")\n', 'patch("typedactors.ActorRegistry.stop_all")\n'),
    ],
)
def test_only_imports_of_pykka_change(before: str, after: str) -> None:
    assert map_imports(before) == after


def test_figures_that_shrink_or_grow_are_judged_by_their_meaning() -> None:
    expected = Figures(members=10, warned=2)
    assert Figures(members=9, warned=3).worse_than(expected) == ["members: 9, expected 10", "warned: 3, expected 2"]
    assert Figures(members=11, warned=1).worse_than(expected) == []
    assert Figures(members=11, warned=1).better_than(expected) == ["members: 11, recorded 10", "warned: 1, recorded 2"]


def test_the_manifest_pins_every_application_by_its_hash() -> None:
    applications = load()
    assert len(applications) >= 3
    for application in applications.values():
        assert len(application.sha256) == 64
        assert application.outputs


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with hand-written proxies, and beside them the generated ones."""
    directory = tmp_path_factory.mktemp("program")
    source = directory / "src"
    source.mkdir()
    (source / "store.py").write_text(PROGRAM, encoding="utf-8")
    command = [sys.executable, "-m", "typedactors", "generate", "--source", "src", "--output", "proxies", "store"]
    completed = subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=120, check=False)
    assert completed.returncode == 0, completed.stderr
    return directory


_SECONDS = itertools.count(1_000_000_000)


def rewrite(file: Path, text: str) -> None:
    """Write a file anew, each time in another second: mypy takes one of the same size and second for the same."""
    file.write_text(text, encoding="utf-8")
    second = next(_SECONDS)
    os.utime(file, (second, second))


def reproduce(directory: Path) -> Reproduction:
    """Judge the program's hand-written proxies against its generated ones."""
    environment = Environment(directory)
    environment.python = Path(sys.executable)
    source = directory / "src"
    classes = find_handwritten(source, [source / "store.py"])
    return check(environment, directory, read_proxies(source, "proxies"), classes)


@pytest.mark.checkers
@pytest.mark.timeout(300)
def test_every_handwritten_member_is_found_and_reproduced(program: Path) -> None:
    reproduction = reproduce(program)
    names = [member.name for member in reproduction.members]
    assert names == ["count", "shelf", "title", "find", "close"]
    assert dict(reproduction.problems) == {}


@pytest.mark.checkers
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("-> Future[list[str] | None]", "-> Future[Any]", "find"),
        ("limit: int | None = None", "limit: Any = None", "find"),
        ("limit: int | None = None", "limit: int | None", "find"),
        ("def title(self) -> Future[str]", "def title(self) -> Future[object]", "title"),
        ("def shelf(self) -> ShelfProxy", "def shelf(self) -> Future[Shelf]", "shelf"),
        ("deep: bool = False", "deep: int = False", "count"),
        ("def find(self)", "def found(self)", "find"),
    ],
)
def test_a_member_that_is_less_exact_is_not_reproduced(program: Path, old: str, new: str, lost: str) -> None:
    stub = program / "src" / "proxies.pyi"
    good = stub.read_text(encoding="utf-8")
    assert old in good
    bad = good.replace(old, new).replace(
        "from store import Store", "from typing import Any\nfrom store import Shelf, Store"
    )
    try:
        rewrite(stub, bad)
        reproduction = reproduce(program)
    finally:
        rewrite(stub, good)
    assert lost in {member.name for member in reproduction.problems}
