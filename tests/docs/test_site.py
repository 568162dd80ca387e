"""The pages are complete, agree with the code, and leave no example out unnoticed."""

from __future__ import annotations

import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.docs._blocks import blocks_of
from tests.docs._pages import PAGES, README, ROOT, SITE
from typedactors_codegen import cli, config

PUBLIC_MODULES = [
    "typedactors",
    "typedactors.messages",
    "typedactors.typing",
    "typedactors.debug",
    "typedactors.asyncio",
    "typedactors.gevent",
    "typedactors.eventlet",
    "typedactors.process",
    "typedactors.pactor",
    "typedactors.ray",
]

# Each block that the tests do not run, and why. A new one has to be entered here.
NOT_RUN = {
    "README.md": [
        "it is the project's own demonstration, which the tests are not to nest",
        "it runs these tests",
        "it installs from the package index",
    ],
    "build-step.md": ["tests/build runs it with uv_build", *["tests/build runs it with pre-commit"] * 2],
    "ray.md": [
        *["it needs a Ray cluster; tests/runtime/rays runs it on one"] * 2,
        "it starts a Ray cluster that stays",
    ],
    "getting-started.md": ["it installs from the package index"],
    "command-line.md": [
        "it goes on until it is interrupted",
        "GitHub runs it",
        "GitHub runs it",
    ],
    "pykka.md": ["it installs from the package index"],
    "runtimes.md": ["it installs from the package index"],
}


def test_the_blocks_that_are_not_run_are_known() -> None:
    found = {page.name: [block.not_run for block in blocks_of(page) if block.not_run] for page in PAGES}
    assert {name: reasons for name, reasons in found.items() if reasons} == NOT_RUN


def test_the_navigation_has_every_page_once() -> None:
    settings = tomllib.loads((ROOT / "docs" / "zensical.toml").read_text(encoding="utf-8"))
    listed = [page for entry in settings["project"]["nav"] for page in entry.values()]
    assert sorted(listed) == sorted(page.relative_to(SITE).as_posix() for page in SITE.rglob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_to_files(page: Path) -> None:
    broken = [link for link in _links(page) if not (page.parent / link).exists()]
    assert not broken


def _links(page: Path) -> Iterator[str]:
    """The paths that a page links to, without what is elsewhere and without anchors."""
    for token in _tokens(MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8"))):
        target = token.attrGet("href") or token.attrGet("src") if token.type in ("link_open", "image") else None
        if isinstance(target, str) and not re.match(r"^(\w+:|#)", target):
            yield target.partition("#")[0]


def _tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _tokens(token.children or [])


def test_the_api_page_has_every_public_name_once() -> None:
    listed = re.findall(r"^::: (\S+)$", (SITE / "api.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    public: dict[int, str] = {}  # by the identity of the object: what two modules export is listed once
    for module in map(importlib.import_module, PUBLIC_MODULES):
        for name in module.__all__:
            public.setdefault(id(getattr(module, name)), f"{module.__name__}.{name}")
    assert sorted(listed) == sorted(public.values())


def test_errors_are_all_among_the_names_of_the_package() -> None:
    # So that the API page, which leaves the module out, lacks none.
    names = set(importlib.import_module("typedactors").__all__)
    assert set(importlib.import_module("typedactors.exceptions").__all__) <= names


def test_the_configuration_page_has_every_key() -> None:
    assert _first_cells("key") == [f"`{key}`" for key in config.KNOWN_KEYS]


def test_the_page_of_the_command_line_has_every_exit_status() -> None:
    assert _first_cells("status", "command-line.md") == [
        str(each) for each in (cli.OK, cli.REFUSED, cli.USAGE, cli.INTERRUPTED)
    ]


def test_the_readme_shows_both_commands() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    assert "$ python3 noxfile.py -s demo" in lines
    assert "$ python3 noxfile.py" in lines


def _first_cells(heading: str, page: str = "configuration.md") -> list[str]:
    """The first column of the table of a page whose first heading is ``heading``."""
    lines = (SITE / page).read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    cells: list[str] = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        cells.append(line.split("|")[1].strip())
    return cells
