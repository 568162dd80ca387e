"""Reads ``applications.toml``: which applications, pinned how, and the figures they must reach.

It imports only the standard library, and anything in the corpus may import it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import cast  # tomllib gives lists and tables without the types of what is in them

MANIFEST = Path(__file__).with_name("applications.toml")


class ManifestError(Exception):
    """``applications.toml`` holds something that the corpus does not know."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run counts; also what ``applications.toml`` records as expected.

    ``FEWER_IS_WORSE`` of them must not shrink, the others must not grow.
    """

    actors: int = 0
    nodes: int = 0
    members: int = 0
    refused: int = 0
    warned: int = 0
    mypy_errors: int = 0
    pyright_errors: int = 0
    stubtest_errors: int = 0
    wrong_lines_accepted: int = 0
    drift: int = 0
    new_type_errors: int = 0
    handwritten: int = 0
    reproduced: int = 0

    def worse_than(self, expected: Figures) -> list[str]:
        """Each figure that is worse than ``expected``, as a sentence."""
        sentences: list[str] = []
        for name, mine, theirs in self._pairs(expected):
            if (mine < theirs) if name in FEWER_IS_WORSE else (mine > theirs):
                sentences.append(f"{name}: {mine}, expected {theirs}")
        return sentences

    def better_than(self, expected: Figures) -> list[str]:
        """Each figure that is better than ``expected``, as a sentence."""
        sentences: list[str] = []
        for name, mine, theirs in self._pairs(expected):
            if (mine > theirs) if name in FEWER_IS_WORSE else (mine < theirs):
                sentences.append(f"{name}: {mine}, recorded {theirs}")
        return sentences

    def as_mapping(self) -> dict[str, int]:
        """The figures by name, in the order in which reports show them."""
        return {item.name: int(getattr(self, item.name)) for item in fields(self)}

    def _pairs(self, other: Figures) -> list[tuple[str, int, int]]:
        theirs = other.as_mapping()
        return [(name, mine, theirs[name]) for name, mine in self.as_mapping().items()]


FEWER_IS_WORSE = frozenset({"actors", "nodes", "members", "handwritten", "reproduced"})


@dataclass(frozen=True, slots=True)
class Application:
    """One published application.

    ``packages`` are the import packages, as paths inside the source distribution. ``beside`` names
    applications whose mapped packages this one imports. ``dependencies`` are pinned requirements for
    the checkers to see; what is left out on purpose is an import that mypy cannot find. ``outputs``
    is what the generator is asked for: modules, and the targets whose proxies each holds. ``suite``
    says whether the distribution has a test suite that ``mopidy_suite`` runs, ``handwritten`` whether
    its authors wrote proxy classes, and ``typed`` whether its own types are to be compared. ``through``
    maps actors (``module:Name``) to generated proxies, through which the suite runs once more.
    ``not_applicable`` and ``not_through_proxies`` name tests that must fail in the one run or the
    other, each with its reason.
    """

    name: str
    distribution: str
    version: str
    sha256: str
    license: str
    note: str
    packages: tuple[str, ...]
    outputs: Mapping[str, tuple[str, ...]]
    dependencies: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    suite: bool = False
    suite_dependencies: tuple[str, ...] = ()
    not_applicable: Mapping[str, str] = field(default_factory=dict[str, str])
    through: Mapping[str, str] = field(default_factory=dict[str, str])
    not_through_proxies: Mapping[str, str] = field(default_factory=dict[str, str])
    handwritten: bool = False
    typed: bool = False
    expected: Figures = Figures()


def load(path: Path = MANIFEST) -> dict[str, Application]:
    """Read the manifest.

    Returns:
        The applications by name, in the order of the file.

    Raises:
        ManifestError: an unknown or missing key.
    """
    with path.open("rb") as file:
        document = tomllib.load(file)
    applications: dict[str, Application] = {}
    for name, table in document.items():
        applications[name] = _application(name, table)
    for application in applications.values():
        unknown = [other for other in application.beside if other not in applications]
        if unknown:
            raise ManifestError(f"{path.name}: [{application.name}] beside names no application: {unknown}")
    return applications


def _application(name: str, table: Mapping[str, object]) -> Application:
    known = {item.name for item in fields(Application)} - {"name"}
    unknown = sorted(set(table) - known)
    if unknown:
        raise ManifestError(f"[{name}] has unknown keys {unknown}; known are {sorted(known)}")
    return Application(
        name=name,
        distribution=_text(name, table, "distribution"),
        version=_text(name, table, "version"),
        sha256=_text(name, table, "sha256"),
        license=_text(name, table, "license"),
        note=_text(name, table, "note"),
        packages=_texts(name, table.get("packages"), "packages"),
        outputs={output: _texts(name, targets, output) for output, targets in _items(name, table, "outputs")},
        dependencies=_texts(name, table.get("dependencies", []), "dependencies"),
        beside=_texts(name, table.get("beside", []), "beside"),
        suite=table.get("suite") is True,
        suite_dependencies=_texts(name, table.get("suite_dependencies", []), "suite_dependencies"),
        not_applicable={test: str(why) for test, why in _items(name, table, "not_applicable")},
        through={actor: str(proxy) for actor, proxy in _items(name, table, "through")},
        not_through_proxies={test: str(why) for test, why in _items(name, table, "not_through_proxies")},
        handwritten=table.get("handwritten") is True,
        typed=table.get("typed") is True,
        expected=_figures(name, _items(name, table, "expected")),
    )


def _text(name: str, table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str):
        raise ManifestError(f"[{name}] needs the key {key!r} with a string")
    return value


def _texts(name: str, value: object, key: str) -> tuple[str, ...]:
    # isinstance leaves the type of the elements open.
    items = cast("list[object]", value) if isinstance(value, list) else None
    if items is None or not all(isinstance(item, str) for item in items):
        raise ManifestError(f"[{name}] the key {key!r} wants a list of strings")
    return tuple(str(item) for item in items)


def _items(name: str, table: Mapping[str, object], key: str) -> list[tuple[str, object]]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise ManifestError(f"[{name}] the key {key!r} wants a table")
    return list(cast("dict[str, object]", value).items())  # the keys of a TOML table are str


def _figures(name: str, items: list[tuple[str, object]]) -> Figures:
    known = set(Figures().as_mapping())
    figures: dict[str, int] = {}
    for key, value in items:
        if key not in known or not isinstance(value, int):
            raise ManifestError(f"[{name}.expected] {key!r} is no figure; known are {sorted(known)}")
        figures[key] = value
    return Figures(**figures)
