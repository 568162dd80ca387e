"""Which Protocols get proxies, and with which members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typedactors_codegen.model import ProxyKind

if TYPE_CHECKING:
    from tests.codegen.frontend.conftest import Tree


PROTOCOLS = """
from typing import Protocol
from typedactors import ThreadingActor


class Named(Protocol):
    name: str


class Thermostat(Named, Protocol):
    '''Keeps it warm.'''
    @property
    def celsius(self) -> float: ...
    def adjust(self, by: float = 0.5) -> int:
        '''Adjust it.'''


class Unused(Protocol):
    def unused(self) -> int: ...


class Simulated(ThreadingActor, Thermostat):
    name = "simulated"
    @property
    def celsius(self) -> float: ...
    def adjust(self, by: float = 0.5) -> int: ...
    def simulate(self) -> None: ...
"""


def test_protocols_that_actors_list_are_targets_of_their_module(tree: Tree) -> None:
    result = tree.actors(PROTOCOLS)
    assert list(result.classes) == ["Named", "Thermostat", "Simulated"]
    assert result.members("Named") == ["name: str"]
    assert result.bases("Thermostat") == ["proxies:Named"]
    assert result.members("Thermostat") == ["celsius: float set -", "def adjust(by: float = 0.5) -> int"]
    assert result.member("Thermostat", "adjust").docstring == "Adjust it."
    assert result.bases("Simulated") == ["proxies:Thermostat"]
    assert result.classes["Thermostat"].docstring == "Keeps it warm."


def test_a_named_protocol_has_the_members_of_the_protocols_it_extends(tree: Tree) -> None:
    tree.write({"actors.py": PROTOCOLS})
    result = tree.analyze("actors:Thermostat")
    assert result.members("Thermostat") == [
        "celsius: float set -",
        "def adjust(by: float = 0.5) -> int",
        "name: str",
    ]
    assert result.classes["Thermostat"].kind is ProxyKind.ACTOR


def test_a_protocol_in_a_module_of_its_own(tree: Tree) -> None:
    tree.write(
        {
            "interface.py": "from typing import Protocol\nclass Sensor(Protocol):\n    def read(self) -> int: ...\n",
            "actors.py": """
                from typedactors import ThreadingActor
                from interface import Sensor
                class Real(ThreadingActor, Sensor):
                    def read(self) -> int: ...
                """,
        }
    )
    result = tree.analyze_outputs({"one": ["interface"], "two": ["actors"]})
    assert result.bases("Real") == ["one:Sensor"]
