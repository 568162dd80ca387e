"""What an editor shows of a generated proxy with the servers of the other checkers, as the generator's guide says.

Each is asked for the same; where one shows less, that is here as what it is seen to do, and in the guide.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from tests.editors.editor import Editor, Location
from tests.editors.language_server import LanguageServer
from tests.editors.servers import SERVERS, command

pytestmark = [pytest.mark.checkers, pytest.mark.timeout(240)]

OTHERS = sorted(SERVERS.keys() - {"pyright"})
GUIDE = "docs/site/generator.md"
# Where each finds the definition: of a method, a property, a field, a part's method, a `.defer`, and the proxy class.
METHOD, PROPERTY, FIELD, PART, DEFER, CLASS = (
    "player.pl|ay()",
    "player.tit|le",
    "player.posi|tion",
    "player.volume.raise|_by(2)",
    "player.play.de|fer()",
    "PlayerPr|oxy",
)
DEFINITIONS = {
    "pyright": ("actors.py", "actors.py", "proxies.pyi", "actors.py", "proxies.pyi", "actors.py"),
    "basedpyright": ("actors.py", "actors.py", "proxies.pyi", "actors.py", "proxies.pyi", "actors.py"),
    "ty": ("proxies.pyi", "proxies.py", "proxies.py", "proxies.pyi", "proxies.pyi", "actors.py"),
    "pyrefly": ("proxies.pyi", "proxies.pyi", "proxies.pyi", "proxies.pyi", "proxies.pyi", "proxies.py"),
    "zuban": ("proxies.py", "proxies.py", "proxies.py", "proxies.py", "proxies.pyi", "proxies.py"),
}


def require(name: str) -> None:
    """Skip where a server is not installed; under nox, which installs them all, that is an error."""
    if not is_installed(name) and not os.environ.get("TYPEDACTORS_TEST_INSTALLED"):
        pytest.skip(f"not installed: {name}; the dependency group `more-checkers` has it")
    assert is_installed(name), f"{name} is not installed"


def is_installed(name: str) -> bool:
    try:
        return bool(version(name))
    except PackageNotFoundError:
        return False


@pytest.fixture(scope="module", params=OTHERS)
def named_editor(request: pytest.FixtureRequest, project: Path) -> Iterator[tuple[str, Editor]]:
    """A server, by its name, and an editor that asks it."""
    name = str(request.param)
    require(name)
    with LanguageServer(project, command(name)) as server:
        yield name, Editor(project, server)


def plain(shown: str) -> str:
    """What is shown, without the ways in which each server sets it."""
    text = re.sub(r"&nbsp;|[ \n]+", " ", shown)
    return re.sub(r" *([:=]) *", r"\1", text.replace('"', "'"))


def test_hover_shows_parameters_defaults_and_docstring(named_editor: tuple[str, Editor]) -> None:
    name, editor = named_editor
    for line in ("player.pl|ay", "player.pl|ay('b')", "player.play.de|fer('b')"):
        if name == "ty" and line == "player.pl|ay('b')":
            # Over a call, ty has the docstring of what is called, which is without the signature.
            assert "first" not in editor.hover(line)
            continue
        shown = plain(editor.hover(line))
        assert "str='first'" in shown, line
        assert "*more:str" in shown, line
        assert "loud:bool=False" in shown, line
        # A float's default is not shown by ty but in the text that the stub has for a method.
        assert ("speed:float=..." if name == "ty" and "de|fer" in line else "speed:float=1.5") in shown, line
        assert "Play a track." in shown, line
        assert "which one to begin with." in shown, line


def test_hover_shows_overloads_and_fields(named_editor: tuple[str, Editor]) -> None:
    _, editor = named_editor
    shown = plain(editor.hover("player.fi|nd"))
    assert "def find(key:int) -> Future[str]" in shown
    assert "def find(key:str, *, exact:bool=True) -> Future[int]" in shown
    assert "Future[int]" in editor.hover("player.posi|tion")
    assert "The title of what is played." in editor.hover("player.tit|le")


@pytest.mark.parametrize(("method", "result"), [("play", "Future[int]"), ("play.defer", "None")])
def test_signature_help(named_editor: tuple[str, Editor], method: str, result: str) -> None:
    name, editor = named_editor
    ((label, documentation),) = editor.signatures(f"player.{method}(|)")
    assert f") -> {result}" in label
    # zuban says that there is a default, and not which, and nothing of the docstring.
    assert ("track: str =," if name == "zuban" else "track:str='first'") in (label if name == "zuban" else plain(label))
    assert documentation.startswith("Play a track.") == (name != "zuban")
    assert len(editor.signatures(f"player.{method.replace('play', 'find')}(|)")) == 2


def test_completion_lists_the_members_and_defer(named_editor: tuple[str, Editor]) -> None:
    _, editor = named_editor
    assert {"volume", "position", "title", "play", "find", "quiet", "stop", "actor_ref"} <= editor.offered("player.|")
    assert editor.offered("player.play.|") == {"defer"}
    assert "raise_by" in editor.offered("player.volume.|")


@pytest.mark.parametrize("place", range(6))
def test_definition(named_editor: tuple[str, Editor], place: int) -> None:
    name, editor = named_editor
    found: list[Location] = editor.find("definition", (METHOD, PROPERTY, FIELD, PART, DEFER, CLASS)[place])
    assert found
    assert found[0].file == DEFINITIONS[name][place], found


def test_the_guide_says_the_same(repository: Path) -> None:
    """The table of the guide has each server, its version and where it leads."""
    guide = (repository / GUIDE).read_text(encoding="utf-8")
    for name, places in DEFINITIONS.items():
        if is_installed(name) or os.environ.get("TYPEDACTORS_TEST_INSTALLED"):
            assert f"| {name} {version(name)} | {' | '.join(f'`{place}`' for place in places)} |" in guide
