"""What an editor asks about a line of a program, and what of the answers the tests look at.

The tests of this folder use it; it imports `language_server`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from tests.editors.language_server import Json, LanguageServer, Place


@dataclass(frozen=True)
class Location:
    """Where a definition was found: the file's name and the text of its line."""

    file: str
    text: str


@dataclass
class Editor:
    """Asks about a line of a program that has a variable ``player``, the proxy."""

    folder: Path
    server: LanguageServer
    _opened: int = field(default=0)

    def hover(self, line: str) -> str:
        """What is shown over the ``|`` of the line, as Markdown."""
        answer = self._ask("hover", line)
        contents = answer["contents"] if isinstance(answer, dict) else None
        return _text(contents["value"]) if isinstance(contents, dict) else ""

    def signatures(self, line: str) -> list[tuple[str, str]]:
        """The label and the documentation of each signature that is offered at the ``|``."""
        answer = self._ask("signatureHelp", line)
        return [(_text(each["label"]), _documentation(each)) for each in _objects(answer, "signatures")]

    def active_signature(self, line: str) -> int:
        """Which of the signatures fits what is typed."""
        answer = self._ask("signatureHelp", line)
        index = answer["activeSignature"] if isinstance(answer, dict) else None
        assert isinstance(index, int)
        return index

    def completions(self, line: str) -> dict[str, str]:
        """The names that are offered at the ``|``, each with its documentation."""
        offered = _objects(self._ask("completion", line), "items")
        answers = [self.server.request("completionItem/resolve", dict(each)) for each in offered]
        resolved = [each for each in answers if isinstance(each, dict)]
        assert len(resolved) == len(offered)
        return {_text(each["label"]): _documentation(each) for each in resolved}

    def offered(self, line: str) -> set[str]:
        """The public names that are offered at the ``|``."""
        answer = self._ask("completion", line)
        entries = answer if isinstance(answer, list) else _objects(answer, "items")
        labels = [_text(each["label"]) for each in entries if isinstance(each, dict)]
        return {label for label in labels if not label.startswith("_")}

    def find(self, request: str, line: str) -> list[Location]:
        """The places that ``definition``, ``declaration`` or ``typeDefinition`` leads to."""
        answer = self._ask(request, line)
        found = answer if isinstance(answer, list) else [answer]
        return [_location(each) for each in found if isinstance(each, dict)]

    def _ask(self, request: str, line: str) -> Json:
        self._opened += 1
        path = self.folder / f"program{self._opened}.py"
        before, cursor, after = line.partition("|")
        assert cursor, f"where in this line? {line}"
        program = f"from hub.proxies import PlayerProxy\ndef use(player: PlayerProxy) -> None:\n    {before}{after}\n"
        self.server.open(path, program)
        return self.server.ask(f"textDocument/{request}", path, Place(2, 4 + len(before)))


def _objects(answer: Json, key: str) -> list[dict[str, Json]]:
    entries = answer[key] if isinstance(answer, dict) else None
    assert isinstance(entries, list), f"the server offers nothing: {answer}"
    return [each for each in entries if isinstance(each, dict)]


def _documentation(item: dict[str, Json]) -> str:
    value = item.get("documentation")
    return _text(value["value"] if isinstance(value, dict) else value or "")


def _location(answer: dict[str, Json]) -> Location:
    path = Path(url2pathname(unquote(urlsplit(_text(answer["uri"])).path)))
    place = answer["range"]
    start = place["start"] if isinstance(place, dict) else None
    line = start["line"] if isinstance(start, dict) else None
    assert isinstance(line, int)
    return Location(path.name, path.read_text(encoding="utf-8").splitlines()[line].strip())


def _text(value: Json) -> str:
    assert isinstance(value, str)
    return value
