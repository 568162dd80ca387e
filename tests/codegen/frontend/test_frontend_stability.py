"""The same answer from a cold start, from mypy's cache, and in any order of the targets."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from typedactors_codegen.frontend import analyze
from typedactors_codegen.model import Analysis

if TYPE_CHECKING:
    from tests.codegen.frontend.conftest import Tree

FILES = {
    "hub/__init__.py": "",
    "hub/parts.py": '''
        from __future__ import annotations
        import enum
        from typing import TypedDict
        from typedactors import traversable

        class Zone(enum.Enum):
            NORTH = 1

        class Options(TypedDict, total=False):
            depth: int

        @traversable
        class Valve:
            """A valve."""
            zone = Zone.NORTH
            def open(self, by: float = -0.5, zone: Zone = Zone.NORTH) -> bool:
                """Open it."""
            def close(self) -> None: ...
        ''',
    "hub/base.py": '''
        from __future__ import annotations
        from typing import Generic, Protocol, Self, TypeVar
        from typedactors import ThreadingActor
        import hub.sensors

        T = TypeVar("T")
        Readings = dict[str, list[float]]

        class Named(Protocol):
            name: str

        class Base(ThreadingActor, Generic[T]):
            """The base."""
            zebra = 1
            apple = "x"
            def last(self) -> T | None: ...
            def again(self) -> Self: ...
            def first(self, sensor: hub.sensors.Sensor, readings: Readings) -> None: ...
        ''',
    "hub/sensors.py": '''
        from __future__ import annotations
        import json
        from typing import Unpack, overload
        from hub.base import Base, Named, Readings
        from hub.parts import Options, Valve
        from typedactors import traversable

        class Sensor(Base[int], Named):
            def __init__(self, name: str) -> None:
                self.name = name
                self.valve = traversable(Valve())
                self.loose = json.loads("1")
                self.pairs = [(name, 1.5)]
            def untyped(self, a, b=2): ...
            def options(self, **options: Unpack[Options]) -> Readings: ...
            @overload
            def read(self, at: int) -> float:
                """At one time."""
            @overload
            def read(self) -> list[float]: ...
            def read(self, at: int = 0) -> object: ...
            @property
            def level(self) -> int:
                """The level."""
            @level.setter
            def level(self, value: int | str) -> None: ...
        ''',
}
TARGETS = ("hub.base", "hub.parts", "hub.sensors", "hub.base:Named")


def test_cold_warm_and_after_a_change(tree: Tree, tmp_path: Path) -> None:
    tree.write(FILES)
    request = tree.request({"hub.proxies": TARGETS})
    cold = analyze(replace(request, cache_directory=None))
    assert len(cold.outputs[0].classes) == 4
    assert len(cold.diagnostics) == 3
    cached = replace(request, cache_directory=tmp_path / "cache")
    assert analyze(cached) == cold
    assert analyze(cached) == cold
    for name in ("hub/parts.py", "hub/base.py", "hub/sensors.py"):
        path = tree.root / name
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}\nADDED: int = 1\n", encoding="utf-8")
        assert analyze(cached) == cold
        path.write_text(text, encoding="utf-8")
    assert analyze(cached) == cold


def test_any_order_of_targets(tree: Tree) -> None:
    tree.write(FILES)
    found: set[Analysis] = set()
    for targets in itertools.permutations(TARGETS):
        found.add(analyze(tree.request({"hub.proxies": targets})))
        if len(found) > 1:
            break
    assert len(found) == 1


def test_an_output_on_disk_changes_nothing(tree: Tree) -> None:
    tree.write(FILES)
    user = "from hub.proxies import SensorProxy\nfrom hub.sensors import Sensor\n"
    tree.write({"hub/user.py": f"{user}class User(Sensor):\n    proxy: SensorProxy\n"})
    request = tree.request({"hub.proxies": [*TARGETS, "hub.user"]})
    before = analyze(request)
    tree.write({"hub/proxies.pyi": "class SensorProxy: ...\n", "hub/proxies.py": "class SensorProxy: ...\n"})
    assert analyze(request) == before


def test_a_changed_overlay_is_seen_in_spite_of_the_cache(tree: Tree) -> None:
    tree.write(
        {
            "actors.py": """
                from typedactors import ThreadingActor
                import helper
                class A(ThreadingActor):
                    def __init__(self) -> None:
                        self.found = helper.found()
                """,
            "helper.py": """
                from proxies import AProxy
                def found() -> "list[AProxy.Inner]": ...
                class Kept:
                    def __init__(self, proxy: AProxy) -> None:
                        self.number = proxy.number()
                """,
        }
    )
    tree.write({"more.py": ACTOR_OF_KEPT})
    tree.overlays["proxies"] = "class AProxy:\n    class Inner: ...\n    def number(self) -> int: ...\n"
    assert tree.analyze("more").line("More", "number") == "number: int"
    tree.overlays["proxies"] = "class AProxy:\n    class Inner: ...\n    def number(self) -> str: ...\n"
    assert tree.analyze("more").line("More", "number") == "number: str"


ACTOR_OF_KEPT = """
from typedactors import ThreadingActor
from helper import Kept
class More(ThreadingActor):
    def __init__(self, kept: Kept) -> None:
        self.number = kept.number
"""


def test_user_configuration_and_environment_are_not_read(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tree.write({"actors.py": "from typedactors import ThreadingActor\nclass A(ThreadingActor):\n    x = 1\n"})
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "mypy.ini").write_text("[mypy]\nplugins = there_is_no_such_plugin\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("MYPY_CACHE_DIR", str(folder / "cache"))
    monkeypatch.setenv("MYPY_NUM_WORKERS", "2")
    assert tree.analyze().members("A") == ["x: int"]
    assert [path.name for path in folder.iterdir()] == ["mypy.ini"]


def test_a_module_in_the_working_directory_is_not_a_source(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tree.write({"actors.py": "from typedactors import ThreadingActor\nimport helper\n" + USER_OF_HELPER})
    tree.write({"helper.py": "def made() -> int: ...\n"})
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "helper.py").write_text("def made() -> str: ...\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    assert tree.analyze().members("User") == ["made: int"]


USER_OF_HELPER = """
class User(ThreadingActor):
    made = helper.made()
"""
