"""A package with one actor, generated, and language servers for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editors.editor import Editor
from tests.editors.language_server import LanguageServer
from tests.editors.servers import command
from typedactors_codegen import cli

ACTORS = '''\
from typing import overload

from typedactors import ThreadingActor, traversable


class Volume:
    def raise_by(self, steps: int = 1) -> int:
        """Raise the volume."""
        return steps


class Player(ThreadingActor):
    """Plays."""

    def __init__(self) -> None:
        super().__init__()
        self.volume = traversable(Volume())
        self.position = 0
        self._secret = 1

    @property
    def title(self) -> str:
        """The title of what is played."""
        return ""

    def play(self, track: str = "first", /, *more: str, loud: bool = False, speed: float = 1.5) -> int:
        """Play a track.

        Arguments:
            track: which one to begin with.
            loud: whether to wake the neighbours.
        """
        return 1

    @overload
    def find(self, key: int) -> str: ...
    @overload
    def find(self, key: str, *, exact: bool = True) -> int: ...
    def find(self, key: int | str, *, exact: bool = True) -> int | str:
        """Find a track by either."""
        return key

    def quiet(self): ...

    def _private(self) -> None: ...
'''


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated package."""
    folder = tmp_path_factory.mktemp("project")
    package = folder / "hub"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "actors.py").write_text(ACTORS, encoding="utf-8")
    (folder / "pyrightconfig.json").write_text("{}", encoding="utf-8")
    status = cli.main(["generate", "--source", str(folder), "--output", "hub.proxies", "hub.actors"])
    assert status == cli.OK
    return folder


@pytest.fixture(scope="module")
def editor(project: Path) -> Iterator[Editor]:
    """Pyright's server on the package; starting it is slow, so the tests of a module share it."""
    with LanguageServer(project, command("pyright")) as server:
        yield Editor(project, server)
