"""What an editor shows of a generated proxy, as pyright's language server tells it.

Pylance is built on pyright. What other servers do is written in the guide of the generator.
"""

from __future__ import annotations

import pytest

from tests.editors.editor import Editor, Location

pytestmark = [pytest.mark.checkers, pytest.mark.timeout(240)]

PARAMETERS = (
    "    track: str = 'first',\n"
    "    /,\n"
    "    *more: str,\n"
    "    loud: bool = False,\n"
    "    speed: float = 1.5"
)  # fmt: skip
PLAY = f"```python\ndef play(\n{PARAMETERS},\n) -> Future[int]\n```"
DEFER = f"def defer(\n{PARAMETERS}\n) -> None"
CALL = "(track: str = 'first', /, *more: str, loud: bool = False, speed: float = 1.5) -> "


def test_hover_on_a_method_shows_its_parameters_defaults_and_docstring(editor: Editor) -> None:
    shown = editor.hover("player.pl|ay")
    assert PLAY in shown
    assert "Play a track." in shown
    assert "loud: whether to wake the neighbours." in shown


def test_hover_on_a_called_method_shows_the_same(editor: Editor) -> None:
    assert editor.hover("player.pl|ay('b', loud=True)") == editor.hover("player.pl|ay")


def test_hover_on_defer_shows_its_parameters_defaults_and_docstring(editor: Editor) -> None:
    shown = editor.hover("player.play.de|fer('b')")
    assert DEFER in shown
    assert "Play a track." in shown
    assert "loud: whether to wake the neighbours." in shown


def test_hover_on_an_overloaded_method_shows_each_overload(editor: Editor) -> None:
    shown = editor.hover("player.fi|nd")
    assert "def find(key: int) -> Future[str]\n" in shown
    assert "def find(key: str, *, exact: bool = True) -> Future[int]\n" in shown
    assert "Find a track by either." in shown


def test_hover_on_defer_of_an_overloaded_method_shows_each_overload(editor: Editor) -> None:
    shown = editor.hover("player.find.de|fer")
    assert "defer(key: int) -> None" in shown
    assert "exact: bool = True" in shown
    assert "Find a track by either." in shown


def test_hover_on_a_field_shows_its_type_and_docstring(editor: Editor) -> None:
    assert "position: Future[int]" in editor.hover("player.posi|tion")
    shown = editor.hover("player.tit|le")
    assert "title: Future[str]" in shown
    assert "The title of what is played." in shown


def test_hover_on_a_method_of_a_part(editor: Editor) -> None:
    shown = editor.hover("player.volume.raise|_by(2)")
    assert "def raise_by(steps: int = 1) -> Future[int]" in shown
    assert "Raise the volume." in shown


@pytest.mark.parametrize(("call", "result"), [("player.play(|)", "Future[int]"), ("player.play.defer(|)", "None")])
def test_signature_help_shows_parameters_defaults_and_docstring(editor: Editor, call: str, result: str) -> None:
    ((label, documentation),) = editor.signatures(call)
    assert label == CALL + result
    assert documentation.startswith("Play a track.")
    assert "loud: whether to wake the neighbours." in documentation


@pytest.mark.parametrize(
    ("call", "results"),
    [("player.find(|)", ("Future[str]", "Future[int]")), ("player.find.defer(|)", ("None", "None"))],
)
def test_signature_help_shows_each_overload(editor: Editor, call: str, results: tuple[str, str]) -> None:
    assert editor.signatures(call) == [
        (f"(key: int) -> {results[0]}", "Find a track by either."),
        (f"(key: str, *, exact: bool = True) -> {results[1]}", "Find a track by either."),
    ]


@pytest.mark.parametrize("method", ["player.find", "player.find.defer"])
def test_signature_help_chooses_the_overload_that_fits(editor: Editor, method: str) -> None:
    assert editor.active_signature(f"{method}(1|)") == 0
    assert editor.active_signature(f"{method}('a', exact=|)") == 1


def test_completion_lists_the_members_and_no_private_one(editor: Editor) -> None:
    offered = editor.completions("player.|")
    of_the_actor = {"volume", "position", "title", "play", "find", "quiet"}
    of_every_actor = {"stop", "on_start", "on_stop", "on_failure", "on_receive"}
    of_every_proxy = {"actor_ref", "actor_urn", "actor_inbox", "actor_stopped"}
    assert {name for name in offered if not name.startswith("_")} == of_the_actor | of_every_actor | of_every_proxy
    assert not {"_secret", "_private"} & offered.keys()


def test_completion_shows_what_a_member_is(editor: Editor) -> None:
    offered = editor.completions("player.|")
    assert PLAY in offered["play"]
    assert "Play a track." in offered["play"]
    assert "The title of what is played." in offered["title"]


def test_completion_on_a_method_lists_defer(editor: Editor) -> None:
    offered = editor.completions("player.play.|")
    assert [name for name in offered if not name.startswith("_")] == ["defer"]
    assert DEFER in offered["defer"]
    assert "Play a track." in offered["defer"]


def test_completion_lists_the_members_of_a_part(editor: Editor) -> None:
    offered = editor.completions("player.volume.|")
    assert [name for name in offered if not name.startswith("_")] == ["raise_by", "actor_ref"]


def test_completion_in_a_call_lists_the_keywords(editor: Editor) -> None:
    for method in ("player.play", "player.play.defer"):
        assert {"loud=", "speed="} <= editor.offered(f"{method}(|)")


def test_the_definition_of_a_method_is_that_of_the_actor(editor: Editor) -> None:
    (found,) = editor.find("definition", "player.pl|ay()")
    assert found.file == "actors.py"
    assert found.text.startswith("def play(self, ")
    assert [each.text for each in editor.find("definition", "player.fi|nd(1)")] == [
        "def find(self, key: int) -> str: ...",
        "def find(self, key: str, *, exact: bool = True) -> int: ...",
        "def find(self, key: int | str, *, exact: bool = True) -> int | str:",
    ]


def test_the_definition_of_a_property_and_of_a_part_s_method_are_those_of_the_sources(editor: Editor) -> None:
    assert editor.find("definition", "player.ti|tle") == [Location("actors.py", "def title(self) -> str:")]
    (found,) = editor.find("definition", "player.volume.raise_b|y(2)")
    assert found == Location("actors.py", "def raise_by(self, steps: int = 1) -> int:")


def test_the_definition_of_a_proxy_class_has_its_actor(editor: Editor) -> None:
    assert editor.find("definition", "PlayerPr|oxy") == [
        Location("actors.py", "class Player(ThreadingActor):"),
        Location("proxies.py", "class PlayerProxy(ActorMemberMixin, ActorProxy[Any]):  # pragma: no cover"),
    ]


def test_the_declaration_is_the_stub_s(editor: Editor) -> None:
    assert editor.find("declaration", "player.pl|ay()") == [
        Location("proxies.pyi", "def play(self) -> _PlayerProxy_play:")
    ]
    assert editor.find("typeDefinition", "player.pl|ay") == [
        Location("proxies.pyi", "class _PlayerProxy_play(Protocol):")
    ]


def test_what_pyright_cannot_lead_to_the_actor_is_found_in_the_stub(editor: Editor) -> None:
    """It maps functions of a stub to functions only, and no function of the actor is called ``defer``."""
    assert [each.file for each in editor.find("definition", "player.posit|ion")] == ["proxies.pyi"] * 2
    assert [each.file for each in editor.find("definition", "player.play.de|fer()")] == ["proxies.pyi"]
