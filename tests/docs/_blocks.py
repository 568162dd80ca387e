"""Reads the fenced blocks of a Markdown page, each with what a comment before it says about it.

What a block means is decided by its language and its title::

    ```python                        run, in one session for the whole page; it must print nothing else than ...
    ```text                          ... what the text block right after it says
    ```mermaid                       the same, and it is drawn
    ```python title="hub/a.py"       a file of the page's project; another block or command must use it; a file that
                                     a command of the page has written is not written again: this is an excerpt of it
    ```toml title="pyproject.toml"   the same
    ```pyi title="hub/proxies.pyi"   the same
    ```toml                          must be valid TOML
    ```console                       commands after "$ ", run in the project, and what each prints

``# ...`` on a line of its own, in an excerpt, stands for lines left out, and ``...`` in an output for any text.

A comment before a block changes that: ``<!-- example: raises -->``, whose exception the text block after it shows;
``<!-- example: not run, because ... -->``, for any block. `test_site` counts the latter, so that none is forgotten.

``_session`` and the tests import this module. It imports nothing of the folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

_INFO = re.compile(r'^(?P<language>\w+)(?: title="(?P<title>[^"]+)")?$')
_DIRECTIVE = re.compile(r"^<!-- example: (?P<words>.*?) -->$", re.DOTALL)
_NOT_RUN = "not run, because "


class PageError(Exception):
    """A page is not written by the rules."""


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block. ``line`` is that of its first line of content, counted from 1."""

    page: Path
    line: int
    language: str
    title: str | None
    text: str
    raises: bool = False
    not_run: str | None = None

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks_of(page: Path) -> list[Block]:
    """The blocks of a page, in order.

    Raises:
        PageError: a block that no test would notice: indented instead of fenced, with a language or an info string
            that means nothing here, or a comment that is not followed by a block.
    """
    return list(_blocks(page, page.read_text(encoding="utf-8")))


def _blocks(page: Path, text: str) -> Iterator[Block]:
    words: str | None = None
    for token in MarkdownIt("commonmark").parse(text):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "html_block":
            match = _DIRECTIVE.match(token.content.strip())
            if match is not None:
                words = " ".join(match["words"].split())
        elif token.type == "code_block":
            raise PageError(f"{page.name}:{line}: an indented block; fence it, so that it has a language")
        elif token.type == "fence":
            info = _INFO.match(token.info.strip())
            if info is None:
                raise PageError(f"{page.name}:{line}: cannot read the info string {token.info!r}")
            yield _block(page, line + 1, info["language"], info["title"], token.content, words)
            words = None
        elif words is not None:
            raise PageError(f"{page.name}:{line}: the comment {words!r} is not followed by a block")


def _block(page: Path, line: int, language: str, title: str | None, text: str, words: str | None) -> Block:
    if words is None:
        return Block(page, line, language, title, text)
    if words == "raises":
        return Block(page, line, language, title, text, raises=True)
    if words.startswith(_NOT_RUN):
        return Block(page, line, language, title, text, not_run=words.removeprefix(_NOT_RUN))
    raise PageError(f"{page.name}:{line}: the comment {words!r} means nothing here")
