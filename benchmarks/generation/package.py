"""A synthetic package of actors, as large as asked for, to generate proxies for.

Its modules are what applications have: values, parts that are traversed, Protocols, and actors with
attributes, properties, overloads, generic and asynchronous methods. The same numbers give the same text.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

NAME = "fleet"
ACTORS_PER_MODULE = 5
MODULES_PER_FOLDER = 10

_VALUES = '''\
"""Values that the actors exchange."""

import enum
from dataclasses import dataclass
from typing import NewType

Identifier = NewType("Identifier", str)


class Mode(enum.Enum):
    IDLE = "idle"
    BUSY = "busy"
    BROKEN = "broken"


@dataclass(frozen=True)
class Position:
    latitude: float
    longitude: float

    def distance(self, other: "Position") -> float:
        return abs(self.latitude - other.latitude) + abs(self.longitude - other.longitude)


@dataclass(frozen=True)
class Reading:
    sensor: Identifier
    value: float
    mode: Mode = Mode.IDLE
'''
_PARTS = '''\
"""Parts of actors that are reached through them."""

from typedactors import traversable

from fleet.values import Mode


@traversable
class Engine:
    """Drives."""

    power = 1.5

    def __init__(self) -> None:
        self.mode = Mode.IDLE
        self.revolutions = 0

    def start(self, gear: int = 1) -> int:
        """Start in a gear."""
        self.revolutions = gear * 100
        return self.revolutions


class Settings:
    def __init__(self) -> None:
        self.limit = 3
        self.engine = Engine()
'''
_PROTOCOLS = '''\
"""What kinds of actors offer."""

from typing import Protocol

from fleet.values import Position


class Locatable(Protocol):
    """Knows where it is."""

    @property
    def position(self) -> Position: ...

    def move(self, target: Position, *, speed: float = 1.0) -> float: ...
'''
_HEAD = '''\
"""Actors of one module."""

from collections.abc import Callable, Iterable
from typing import TypeVar, overload

from typedactors import ActorRef, ThreadingActor, traversable

from fleet.parts import Engine, Settings
from fleet.protocols import Locatable
from fleet.values import Identifier, Mode, Position, Reading

'''
_BODY = """
T = TypeVar("T")

"""
_ACTOR = '''
class {name}(ThreadingActor):
    """Actor number {number}."""

    capacity = {number}
    history: list[Reading]

    def __init__(self, name: str, position: Position{parameter}) -> None:
        super().__init__()
        self.history = []
        self.label = name.strip() or "unnamed"
        self.totals = {{mode: 0 for mode in Mode}}
        self.settings = traversable(Settings())
        self.engine = Engine()
        self._position = position
        self._observers: list[ActorRef[{name}]] = []{assignment}

    @property
    def position(self) -> Position:
        """Where it is."""
        return self._position

    @property
    def mode(self) -> Mode:
        return max(self.totals, key=lambda mode: self.totals[mode])

    @mode.setter
    def mode(self, value: Mode) -> None:
        self.totals[value] += 1

    def move(self, target: Position, *, speed: float = 1.0) -> float:
        """Move to a place.

        Arguments:
            target: where to go.
            speed: how fast.
        """
        distance = self._position.distance(target)
        self._position = target
        return distance / speed

    def record(self, value: float, /, *more: float, mode: Mode = Mode.BUSY, **notes: str) -> list[Reading]:
        """Keep some readings."""
        found = [Reading(Identifier(self.label), each, mode) for each in (value, *more)]
        self.history.extend(found)
        for note in sorted(notes):
            self.label = f"{{self.label}} {{note}}"
        return found

    @overload
    def find(self, key: int) -> Reading: ...
    @overload
    def find(self, key: str) -> list[Reading]: ...
    def find(self, key: int | str) -> Reading | list[Reading]:
        if isinstance(key, int):
            return self.history[key]
        return [reading for reading in self.history if reading.sensor == key]

    def apply(self, function: Callable[[Reading], T], limit: int | None = None) -> list[T]:
        """Apply a function to the readings."""
        return [function(reading) for reading in self.history[:limit]]

    def merge(self, readings: Iterable[Reading], modes: dict[Mode, int] | None = None) -> int:
        for reading in readings:
            self.history.append(reading)
            self.totals[reading.mode] += 1
        for mode, number in (modes or {{}}).items():
            self.totals[mode] += number
        return len(self.history)

    async def report(self, deadline: float = {number}.5) -> tuple[str, float]:
        """Report the mean."""
        total = sum(reading.value for reading in self.history)
        return self.label, total / max(len(self.history), 1) + deadline

    def _forget(self) -> None:
        self.history.clear()

'''
_DERIVED = '''
class Special{name}({name}, Locatable):
    """Derived from another."""

    extra: bool = True

    def move(self, target: Position, *, speed: float = 2.0, smooth: bool = False) -> float:
        self._forget()
        return super().move(target, speed=speed) / (2 if smooth else 1)

    def batch(self, commands: list[tuple[Position, float]]) -> dict[Position, float]:
        """Move to several places."""
        return {{target: self.move(target, speed=speed) for target, speed in commands}}

'''


@dataclass(frozen=True)
class Package:
    """What was written, and which file is changed to see what one change costs."""

    root: Path
    modules: tuple[str, ...]
    changed: Path

    def change(self, number: int) -> None:
        """Change a default value in one module, to another one for each number."""
        text = self.changed.read_text(encoding="utf-8")
        before, found, after = text.partition("deadline: float = ")
        value, _, rest = after.partition(")")
        assert value, "the module has such a default"
        self.changed.write_text(f"{before}{found}{number}.25){rest}", encoding="utf-8")


def write(root: Path, actors: int, *, with_proxies: bool) -> Package:
    """Write the package below ``root``, with that many actors.

    Arguments:
        root: an empty folder, which becomes the root of imports.
        actors: how many actor classes; a multiple of `ACTORS_PER_MODULE`.
        with_proxies: whether the actors of a module hold proxies of those of the module before.
    """
    package = root / NAME
    package.mkdir(parents=True)
    for name, text in {"__init__": "", "values": _VALUES, "parts": _PARTS, "protocols": _PROTOCOLS}.items():
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    modules: list[str] = []
    for number in range(actors // ACTORS_PER_MODULE):
        folder = package / f"group{number // MODULES_PER_FOLDER}"
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").touch()
        (folder / f"module{number}.py").write_text(_module(number, with_proxies), encoding="utf-8")
        modules.append(f"{NAME}.{folder.name}.module{number}")
    configuration = ['[tool.typedactors]\nsource = ["."]\n\n[tool.typedactors.outputs]\n']
    for group in sorted({module.split(".")[1] for module in modules}, key=lambda name: (len(name), name)):
        configuration.append(f'"{NAME}.{group}.proxies" = ["{NAME}.{group}.*"]\n')
    configuration.append(f'"{NAME}.proxies" = ["{NAME}.protocols"]\n')
    (root / "pyproject.toml").write_text("".join(configuration), encoding="utf-8")
    changed = root.joinpath(*modules[len(modules) // 2].split(".")).with_suffix(".py")
    return Package(root, tuple(modules), changed)


def _module(number: int, with_proxies: bool) -> str:
    first = number * ACTORS_PER_MODULE
    held = f"Vehicle{first - ACTORS_PER_MODULE}" if with_proxies and number else None
    imports = parameter = assignment = ""
    if held is not None:
        imports = f"from {NAME}.group{(number - 1) // MODULES_PER_FOLDER}.proxies import {held}Proxy\n"
        parameter = f", leader: {held}Proxy"
        assignment = "\n        self.leader = leader\n        self.leading = leader.label.get()"
    parts = [_HEAD, imports, _BODY]
    for offset in range(ACTORS_PER_MODULE - 1):
        parts.append(
            _ACTOR.format(
                name=f"Vehicle{first + offset}", number=first + offset, parameter=parameter, assignment=assignment
            )
        )
    parts.append(_DERIVED.format(name=f"Vehicle{first}"))
    return "".join(parts).rstrip("\n") + "\n"
