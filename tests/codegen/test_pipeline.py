"""From sources to proxies that run, and to a fixpoint where actors use each other's proxies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.codegen.conftest import Project

ACTORS = """\
    import os

    if not os.environ.get("ACTORS_MAY_BE_IMPORTED"):
        raise ImportError("the proxy module imports the actor's module")

    from typing import Generic, TypeVar

    from typedactors import ThreadingActor, traversable

    T = TypeVar("T")


    class Volume:
        level = 5


    class Player(ThreadingActor):
        LIMIT = 10

        def __init__(self) -> None:
            super().__init__()
            self.count = 0
            self.volume = traversable(Volume())

        @property
        def double(self) -> int:
            return self.count * 2

        def add(self, number: int = 1) -> int:
            \"\"\"Add to the count.\"\"\"
            self.count += number
            return self.count

        async def fetch(self) -> str:
            return "fetched"


    class Loud(Player):
        def shout(self) -> str:
            return "hey"


    class Box(ThreadingActor, Generic[T]):
        def __init__(self, content: T) -> None:
            super().__init__()
            self.content = content
    """
PROGRAM = """\
    import os
    import sys

    from hub.proxies import BoxProxy, LoudProxy, PlayerProxy, VolumeProxy

    assert "hub.actors" not in sys.modules
    os.environ["ACTORS_MAY_BE_IMPORTED"] = "1"

    from hub.actors import Box, Loud, Player
    from typedactors import ActorRegistry

    player = Player.start().proxy(PlayerProxy)
    print(player.add(2).get(), player.count.get(), player.double.get(), player.fetch().get())
    print(player.add.defer(3), player.count.get())
    player.count = 7
    print(player.count.get(), player.volume.level.get())
    player.volume.level = 6
    print(player.volume.level.get(), type(player.volume) is VolumeProxy)
    for name in ("double", "add", "volume", "actor_ref", "misspelt"):
        try:
            setattr(player, name, 1)
        except AttributeError:
            print("refused", name)
    print(PlayerProxy.add.__doc__)
    loud = Loud.start().proxy(LoudProxy)
    print(loud.shout().get(), loud.add(1).get(), isinstance(loud, PlayerProxy))
    print(Box.start("x").proxy(BoxProxy[str]).content.get())
    print(player.stop().get(), player.actor_ref.is_alive())
    ActorRegistry.stop_all()
    """


def test_the_pair_runs_and_does_not_import_the_actors(project: Project) -> None:
    project.write({"src/hub/actors.py": ACTORS})
    generated = project.run("generate")
    assert generated.status == 0, generated
    result = project.run_python(PROGRAM)
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "2 2 4 fetched",
        "None 5",
        "7 5",
        "6 True",
        "refused double",
        "refused add",
        "refused volume",
        "refused actor_ref",
        "refused misspelt",
        "Add to the count.",
        "hey 1 True",
        "x",
        "None False",
    ]


def test_types_that_are_inferred_through_proxies_settle(project: Project) -> None:
    project.write(
        {
            "src/hub/actors.py": """\
                from hub.proxies import FirstProxy, SecondProxy, ThirdProxy
                from typedactors import ThreadingActor


                class First(ThreadingActor):
                    def __init__(self, second: SecondProxy) -> None:
                        super().__init__()
                        self.value = second.value.get()


                class Second(ThreadingActor):
                    def __init__(self, third: ThirdProxy) -> None:
                        super().__init__()
                        self.value = third.value.get()


                class Third(ThreadingActor):
                    value: int = 3

                    def first(self) -> FirstProxy: ...
                """
        }
    )
    result = project.run("generate", "--strict")
    assert (result.status, result.stderr) == (0, "")
    stub = project.stub.read_text()
    assert stub.count("    def value(self) -> Future[int]: ...\n") == 3
    assert "def __call__(self) -> Future[FirstProxy]: ..." in stub
    assert "Any" not in stub


def test_a_proxy_that_does_not_exist_is_not_made_up(project: Project) -> None:
    source = "from hub.proxies import ConterProxy\n" + project.counter
    project.write({"src/hub/actors.py": source + "\n    def other(self) -> ConterProxy: ...\n"})
    result = project.run("generate", "--strict")
    assert result.status == 1
    assert result.stderr.startswith("src/hub/actors.py:14: warning: Counter.other: ")
    assert "ConterProxy" in result.stderr
    assert not project.stub.exists()


def test_a_stale_output_does_not_matter(project: Project) -> None:
    project.write({"src/hub/actors.py": "from hub.proxies import CounterProxy\n" + project.counter})
    assert project.run("generate").status == 0
    expected = project.files()
    project.write(
        {
            "src/hub/proxies.py": "# Generated by typedactors. DO NOT EDIT.\nimport nonsense\n",
            "src/hub/proxies.pyi": "# Generated by typedactors. DO NOT EDIT.\nclass (\n",
        }
    )
    assert project.run("generate").status == 0
    assert project.files() == expected


def test_package_targets(project: Project) -> None:
    project.write(
        {
            "pyproject.toml": """\
                [tool.typedactors.outputs]
                "hub.proxies" = ["hub.*"]
                "hub.deep.proxies" = ["hub.deep.*"]
                """,
            "src/hub/__init__.py": project.counter.replace("Counter", "InPackage"),
            "src/hub/deep/__init__.py": "",
            "src/hub/deep/module.py": project.counter.replace("Counter", "Deep"),
            "src/hub/no-module.py": "this is (",
            "src/hub/__pycache__/cached.py": "this is (",
        }
    )
    result = project.run("generate")
    assert result.status == 0, result
    stub = project.stub.read_text()
    assert [name for name in ("InPackageProxy", "CounterProxy", "DeepProxy") if f"class {name}(" in stub] == [
        "InPackageProxy",
        "CounterProxy",
        "DeepProxy",
    ]
    assert project.run("check").status == 0


def test_a_virtual_environment_below_the_root_is_not_searched(project: Project) -> None:
    project.write(
        {
            "src/environment/pyvenv.cfg": "",
            "src/environment/lib/thing.py": "import hub.proxies\n",
        }
    )
    assert "round 2" not in project.run("generate", "--verbose").stderr
    project.write({"src/environment2/thing.py": "import hub.proxies\n"})
    assert "round 2" in project.run("generate", "--verbose").stderr


def test_an_inferred_type_that_changes_at_once_and_keeps_its_length_is_noticed(project: Project) -> None:
    """The outputs that mypy is shown change within a second, and keep their size."""
    use = "\n\nclass User(ThreadingActor):\n    def __init__(self, counter: CounterProxy) -> None:\n"
    use += "        super().__init__()\n        self.copy = counter.value.get()\n"
    head = "from hub.proxies import CounterProxy\n" + project.counter
    for value, type_ in [("1", "int"), ("''", "str"), ("1", "int"), ("{1}", "set[int]"), ("''", "str")]:
        project.write(
            {"src/hub/actors.py": head.replace("self.count = 0", f"self.value = {value}; self.count = 0") + use}
        )
        assert project.run("generate", "--strict").status == 0
        stub = project.stub.read_text(encoding="utf-8")
        assert f"def value(self) -> Future[{type_}]: ..." in stub
        assert f"def copy(self) -> Future[{type_}]: ..." in stub
