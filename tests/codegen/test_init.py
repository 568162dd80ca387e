"""``typedactors init``: what it finds without importing it, and that the rest of the file stays."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.codegen.conftest import Project

HEAD = """\
# A comment.
[project]
name = "hub"    # aligned

[tool.other]
list = [
  1, # one
]

[[tool.array]]
x = 1
"""
SOURCES = {
    "src/hub/__init__.py": "from .base import Base\n",
    "src/hub/base.py": """\
        import typedactors as ta
        from typing import Protocol
        class Base(ta.ThreadingActor): ...
        class Readable(Protocol): ...
        class Unused(Protocol): ...
        raise SystemExit("imported")
        """,
    "src/hub/devices/__init__.py": "",
    "src/hub/devices/sensor.py": """\
        from __future__ import annotations
        from .. import Base
        from ..base import Readable
        try:
            import fast
        except ImportError:
            class Fallback(Base): ...
        class Sensor(Base, Readable): ...
        class _Private(Base): ...
        class Plain: ...
        """,
    "src/hub/other.py": """\
        from typing import Generic, TypeVar
        from typedactors import Actor
        T = TypeVar("T")
        class Sensor(Actor, Generic[T]): ...
        class Heir(Sensor[int]): ...
        """,
    "src/hub/plain.py": "class ThreadingActor: ...\nclass NoActor(ThreadingActor): ...\n",
    "src/script.py": "from typedactors import ThreadingActor\nclass Script(ThreadingActor): ...\n",
}


def table(project: Project, name: str = "pyproject.toml") -> object:
    return tomllib.loads((project.path / name).read_text())["tool"]["typedactors"]


def test_what_is_found_and_written(empty_project: Project) -> None:
    empty_project.write({**SOURCES, "pyproject.toml": HEAD})
    result = empty_project.run("init", "--verbose")
    assert (result.status, result.stderr) == (0, "")
    text = (empty_project.path / "pyproject.toml").read_text()
    assert text.startswith(HEAD)
    assert table(empty_project) == {
        "source": ["src"],
        "outputs": {
            "hub.proxies": ["hub.base", "hub.devices.sensor"],
            "hub.other_proxies": ["hub.other"],
            "script_proxies": ["script"],
        },
    }
    assert result.stdout.splitlines() == [
        "src/hub/base.py:3: actor Base",
        "src/hub/base.py:4: Protocol Readable",
        "src/hub/devices/sensor.py:7: actor Fallback",
        "src/hub/devices/sensor.py:8: actor Sensor",
        "src/hub/other.py:4: actor Sensor",
        "src/hub/other.py:5: actor Heir",
        "src/script.py:2: actor Script",
        "updated pyproject.toml: 6 actors, 1 Protocol, 3 outputs (hub.proxies, hub.other_proxies, script_proxies)",
        "next: typedactors generate",
    ]


def test_what_init_writes_can_be_generated(project: Project) -> None:
    (project.path / "pyproject.toml").unlink()
    result = project.run("init")
    assert result.stdout.startswith("created pyproject.toml: 1 actor, 0 Protocols, 1 output (hub.proxies)\n")
    assert project.run("generate").status == 0
    assert project.run("check").status == 0


def test_a_package_by_name_by_folder_and_with_an_output(empty_project: Project) -> None:
    for arguments in (["hub.devices"], ["src/hub/devices"]):
        empty_project.write({**SOURCES, "pyproject.toml": HEAD})
        assert empty_project.run("init", *arguments, "--output", "hub.typed").status == 1  # Sensor's base is elsewhere
        result = empty_project.run(
            "init", arguments[0].replace("/devices", "").replace(".devices", ""), "--output", "hub.typed"
        )
        assert result.status == 0, result
        assert "hub.typed" in (empty_project.path / "pyproject.toml").read_text()


def test_a_project_by_its_folder(empty_project: Project) -> None:
    empty_project.write({**{f"inner/{name}": text for name, text in SOURCES.items()}, "inner/pyproject.toml": HEAD})
    assert empty_project.run("init", "./inner").status == 0
    assert isinstance(table(empty_project, "inner/pyproject.toml"), dict)
    assert not (empty_project.path / "pyproject.toml").exists()


def test_an_existing_table_is_refused_and_replaced_on_force(project: Project) -> None:
    own = HEAD + (
        "\n[tool.typedactors]  # ours\nsource = ['.']  # old\nstrict = true # stays\n\n"
        '[tool.typedactors.outputs]\n"a.b" = ["c"]\n\n[tool.last]\ny = 2  # last\n'
    )
    project.write({"pyproject.toml": own})
    result = project.run("init")
    assert result.status == 1
    assert result.stderr.startswith("pyproject.toml:13: error: [tool.typedactors] exists already")
    assert "--force" in result.stderr
    assert (project.path / "pyproject.toml").read_text() == own
    assert project.run("init", "--force", "--source", "src").status == 0
    text = (project.path / "pyproject.toml").read_text()
    assert text.startswith(HEAD)
    assert "strict = true # stays\n" in text
    assert "[tool.last]\ny = 2  # last\n" in text
    assert table(project) == {"source": ["src"], "strict": True, "outputs": {"hub.proxies": ["hub.actors"]}}


def test_windows_line_ends_are_kept(project: Project) -> None:
    path = project.path / "pyproject.toml"
    path.write_bytes(HEAD.replace("\n", "\r\n").encode())
    assert project.run("init").status == 0
    content = path.read_bytes()
    assert content.startswith(HEAD.replace("\n", "\r\n").encode())
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_a_table_that_cannot_be_added_is_shown(project: Project) -> None:
    text = "tool = { other = 1 }\n"
    project.write({"pyproject.toml": text})
    result = project.run("init")
    assert result.status == 1
    assert "cannot be added to this file without disturbing" in result.stderr
    assert '"hub.proxies" = ["hub.actors"]' in result.stderr
    assert (project.path / "pyproject.toml").read_text() == text


def test_an_output_that_is_hand_written(project: Project) -> None:
    (project.path / "pyproject.toml").unlink()
    project.write({"src/hub/proxies.py": "x = 1\n"})
    result = project.run("init")
    assert result.status == 1
    assert result.stderr.startswith("src/hub/proxies.py:1: error: this file was not generated")
    assert "--output MODULE" in result.stderr
    assert not (project.path / "pyproject.toml").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["nowhere"], 2, 'the package "nowhere" cannot be found under: '),
        (["--source", "nowhere"], 2, "does not exist: nowhere"),
        (["--config", "no/where/pyproject.toml"], 2, "the folder does not exist: "),
    ],
)
def test_wrong_usage(project: Project, arguments: list[str], status: int, message: str) -> None:
    (project.path / "pyproject.toml").unlink()
    result = project.run("init", *arguments)
    assert (result.status, result.stdout) == (status, "")
    assert message in result.stderr


def test_no_actor(project: Project) -> None:
    project.write({"pyproject.toml": HEAD, "src/hub/actors.py": "x = 1\n"})
    result = project.run("init")
    assert result.status == 1
    assert "no actor class was found under: " in result.stderr


def test_syntax_error(project: Project) -> None:
    project.write({"pyproject.toml": HEAD, "src/hub/actors.py": "x = 1\ny = = 2\n"})
    result = project.run("init")
    assert result.status == 1
    assert result.stderr.startswith("src/hub/actors.py:2: error: syntax error: ")


def test_an_inline_table_is_left_to_the_user(empty_project: Project) -> None:
    empty_project.write(
        {"pyproject.toml": "[tool]\ntypedactors = { strict = true }\n", "hub/__init__.py": empty_project.counter}
    )
    result = empty_project.run("init", "--force")
    assert result.status == 1
    assert "pyproject.toml:2: error: [tool.typedactors] cannot be added" in result.stderr
    assert "add it by hand" in result.stderr


@pytest.mark.parametrize("output", ["nopkg.proxies", "no-name"])
def test_an_output_that_generate_would_refuse_is_refused(empty_project: Project, output: str) -> None:
    empty_project.write({"hub/__init__.py": empty_project.counter})
    result = empty_project.run("init", "--output", output)
    assert result.status == 1
    assert f'"{output}"' in result.stderr
    assert not (empty_project.path / "pyproject.toml").exists()


def test_a_namespace_package_is_found(empty_project: Project) -> None:
    empty_project.write({"src/hub/actors.py": empty_project.counter})
    assert empty_project.run("init").status == 0
    assert empty_project.run("generate").status == 0
    assert (empty_project.path / "src/hub/proxies.pyi").exists()


ACTOR = "from typedactors import ThreadingActor\nclass Actor(ThreadingActor): ...\n"


def test_test_modules_are_left_out_unless_they_are_named(empty_project: Project) -> None:
    names = [
        "hub/__init__.py",
        "hub/actors.py",
        "hub/tests/helpers.py",
        "tests/test_hub.py",
        "conftest.py",
        "hub_test.py",
    ]
    empty_project.write({name: ACTOR if "__init__" not in name else "" for name in names})
    result = empty_project.run("init", "--verbose")
    assert table(empty_project) == {"source": ["."], "outputs": {"hub.proxies": ["hub.actors"]}}
    left_out = [line.partition(":")[0] for line in result.stdout.splitlines() if "left out" in line]
    assert left_out == ["conftest.py", "hub/tests/helpers.py", "hub_test.py", "tests/test_hub.py"]
    assert empty_project.run("init", "tests", "--force").status == 0
    assert table(empty_project) == {"source": ["."], "outputs": {"tests.proxies": ["tests.test_hub"]}}


def test_actors_in_test_modules_alone(empty_project: Project) -> None:
    empty_project.write({"tests/test_hub.py": ACTOR})
    result = empty_project.run("init")
    assert result.status == 1
    assert "there are actors in test modules alone; to have those, name their package: tests.test_hub" in result.stderr


COMMENTED = """\
[tool.typedactors]  # ours
# the root
source = ['.']  # of imports

# the outputs
[tool.typedactors.outputs]
"hub.gone" = ["hub.gone"]  # goes
# the hub
"hub.proxies" = [  # its actors
    # sensors
    "hub.sensors",  # the first
    "hub.gone",  # goes
]  # end

[tool.last]
y = 2
"""


def test_comments_of_what_stays_are_kept(empty_project: Project) -> None:
    empty_project.write(
        {"pyproject.toml": COMMENTED, "hub/__init__.py": "", "hub/sensors.py": ACTOR}
        | {"hub/devices.py": ACTOR.replace("Actor(", "Device(")}
    )
    assert empty_project.run("init", "--force").status == 0
    text = (empty_project.path / "pyproject.toml").read_text()
    lines = COMMENTED.splitlines()
    expected = [line for line in lines if "goes" not in line]
    expected.insert(expected.index("    # sensors") + 1, '    "hub.devices",')
    assert text.splitlines() == expected
