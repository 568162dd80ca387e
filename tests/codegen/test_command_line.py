"""What the command offers beside its work: formats for machines, explanations, colour, progress, completion."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.codegen.terminal import run_on_terminal

if TYPE_CHECKING:
    from tests.codegen.conftest import Project

WARNED = "\n    def what(self, thing: str):\n        return thing\n"
on_terminal = pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")


def document(text: str) -> dict[str, Any]:  # JSON has any form
    value: dict[str, Any] = json.loads(text)
    return value


def test_generate_for_machines(project: Project) -> None:
    project.write({"src/hub/actors.py": project.counter + WARNED})
    result = project.run("generate", "--format", "json")
    assert (result.status, result.stderr) == (0, "")
    found = document(result.stdout)
    assert found["diagnostics"] == [
        {
            "severity": "warning",
            "file": "src/hub/actors.py",
            "line": 13,
            "column": None,
            "actor": "Counter",
            "member": "what",
            "reason": "its return type is not annotated",
            "remedy": "Annotate the return type.",
        }
    ]
    assert [found[key] for key in ("version", "command", "status", "proxies", "parts", "members")] == [
        *(1, "generate", 0),
        *(1, 0, 3),
    ]
    assert found["written"] == ["src/hub/proxies.py", "src/hub/proxies.pyi"]
    assert found["left_out"][0]["name"] == "Counter.__init__"
    again = document(project.run("generate", "--format", "json").stdout)
    assert (again["written"], again["unchanged"]) == ([], found["written"])
    assert again["diagnostics"] == found["diagnostics"]
    project.write({"src/hub/actors.py": project.counter.replace("add", "take") + WARNED})
    refused = project.run("generate", "--format", "json", "--strict")
    found = document(refused.stdout)
    assert (refused.status, found["status"], found["written"], found["unchanged"]) == (1, 1, [], [])


def test_check_for_machines(project: Project) -> None:
    missing = project.run("check", "--format", "json", "--strict")
    assert missing.status == 1
    drift = document(missing.stdout)["drift"]
    assert [each["file"] for each in drift] == ["src/hub/proxies.py", "src/hub/proxies.pyi"]
    assert drift[0]["reason"] == "is missing"
    assert drift[0]["remedy"] == "run: typedactors generate --strict"
    assert drift[1]["diff"].startswith("--- /dev/null\n+++ src/hub/proxies.pyi")
    project.run("generate")
    assert document(project.run("check", "--format", "json").stdout)["drift"] == []


@pytest.mark.parametrize("command", ["generate", "check", "explain hub.actors:Counter"])
def test_an_error_for_machines(project: Project, command: str) -> None:
    project.write({"src/hub/actors.py": "x = = 1\n"})
    result = project.run(*command.split(), "--format", "json")
    assert (result.status, result.stderr) == (1, "")
    (found,) = document(result.stdout)["diagnostics"]
    assert (found["severity"], found["file"], found["line"]) == ("error", "src/hub/actors.py", 1)
    assert found["reason"].startswith("the file cannot be read as Python")
    assert found["remedy"].startswith("Correct the syntax")
    assert (found["actor"], found["member"]) == (None, None)


ACTORS = """\
from typing import Protocol
from typedactors import ThreadingActor


class Part:
    pykka_traversable = True
    volume = 1


class Reader(Protocol):
    def read(self, what: str = "x", /, *args: int, deep: bool = False) -> dict[str, int]: ...


class Counter(ThreadingActor, Reader):
    limit: int = 3

    def __init__(self) -> None:
        super().__init__()
        self.part = Part()
        self._secret = 1

    @property
    def total(self) -> float:
        return 1.0

    def read(self, what: str = "x", /, *args: int, deep: bool = False) -> dict[str, int]: ...


class Heir(Counter):
    async def more(self, number): ...
"""


def test_explain(project: Project) -> None:
    project.write({"src/hub/actors.py": ACTORS})
    before = project.files()
    result = project.run("explain", "hub.actors:Heir")
    assert result.status == 0
    assert result.stdout == (
        "hub.actors:Heir (src/hub/actors.py:29)\n"
        "proxy: HeirProxy, in the output hub.proxies\n"
        "derives from: hub.proxies.CounterProxy\n"
        "members:\n"
        "  more  (src/hub/actors.py:30)\n"
        "      (number: Any) -> Future[Any]\n"
        "      method\n"
        "  limit  (src/hub/actors.py:15)\n"
        "      Future[int]\n"
        "      field, assignable, from CounterProxy\n"
        "  part  (src/hub/actors.py:19)\n"
        "      PartProxy\n"
        "      traversable part, from CounterProxy\n"
        "  total  (src/hub/actors.py:23)\n"
        "      Future[float]\n"
        "      field, read-only, from CounterProxy\n"
        "  read  (src/hub/actors.py:26)\n"
        "      (what: str = 'x', /, *args: int, deep: bool = False) -> Future[dict[str, int]]\n"
        "      method, from CounterProxy\n"
        "  and what every proxy of an actor has: stop, on_start, on_stop, on_failure, on_receive, actor_urn,\n"
        "  actor_stopped, actor_inbox, actor_ref\n"
    )
    assert "src/hub/actors.py:30: warning: Heir.more: its parameter number has no annotation\n" in result.stderr
    left_out = project.run("explain", "hub.actors:Counter").stdout
    assert "left out:\n  __init__  (src/hub/actors.py:17)\n      it is a special method" in left_out
    assert "  _secret  (src/hub/actors.py:20)\n      its name is private\n" in left_out
    assert "every proxy of an actor" not in project.run("explain", "hub.actors:Part").stdout
    assert project.files() == before


def test_explain_for_machines_and_without_an_output(project: Project) -> None:
    project.write({"src/hub/actors.py": ACTORS})
    (project.path / "pyproject.toml").unlink()
    result = project.run("explain", "hub.actors:Counter", "--format", "json", "--source", "src")
    assert (result.status, result.stderr) == (0, "")
    found = document(result.stdout)
    assert (found["target"], found["proxy"], found["output"]) == ("hub.actors:Counter", "CounterProxy", None)
    members = {each["name"]: (each["kind"], each["types"], each["line"]) for each in found["members"]}
    assert members["part"] == ("traversable part", ["PartProxy"], 19)
    assert members["limit"] == ("field, assignable", ["Future[int]"], 15)
    assert {each["name"]: each["reason"] for each in found["left_out"]}["_secret"] == "its name is private"


@pytest.mark.parametrize(
    ("target", "status", "message"),
    [
        ("Counter", 2, "names no class"),
        ("hub.actors:Countr", 1, "has no class Countr"),
        ("nope:X", 1, "cannot be found"),
        ("nothing.here:X", 1, 'the module "nothing.here" cannot be found'),
    ],
)
def test_what_cannot_be_explained(project: Project, target: str, status: int, message: str) -> None:
    result = project.run("explain", target)
    assert (result.status, result.stdout) == (status, "")
    assert message in result.stderr


@on_terminal
def test_colour_is_for_a_terminal(project: Project) -> None:
    project.write({"src/hub/actors.py": project.counter + WARNED})
    assert "\033[" not in project.run_process("check").stdout
    status, shown = run_on_terminal(project.path, "check")
    assert status == 1
    assert "actors.py:13: \033[33mwarning\033[0m: Counter.what" in shown
    assert "\033[32m+class CounterProxy" in shown
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        status, shown = run_on_terminal(project.path, "check", **environment)
        assert status == 1
        assert "warning: Counter.what" in shown
        assert "\033[3" not in shown


@on_terminal
def test_progress_is_shown_on_a_terminal_and_wiped(project: Project) -> None:
    # Without a cache, mypy takes longer than what nobody wonders at.
    status, shown = run_on_terminal(project.path, "generate")
    assert status == 0
    assert "\r\033[Kreading the sources ... " in shown
    assert shown.endswith("\r\033[K1 proxy, 2 members, 2 files written, 0 unchanged\r\n")
    assert "reading the sources" not in project.run_process("check").stderr


def complete(project: Project, *words: str) -> list[str]:
    """What is offered for the last word, in the form that the scripts of all shells build on."""
    environment = {"_TYPEDACTORS_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(["typedactors", *words])}
    done = subprocess.run(
        [sys.executable, "-m", "typedactors"],
        cwd=project.path,
        env={**os.environ, **environment, "COMP_CWORD": str(len(words))},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


def test_completion(project: Project) -> None:
    assert complete(project, "ge") == ["generate"]
    assert complete(project, "generate", "--str") == ["--strict"]
    assert complete(project, "check", "--format", "") == ["text", "json", "github", "sarif"]
    assert complete(project, "explain", "hub") == ["hub.actors:Counter"]
    project.write({"src/hub/actors.py": "x = = 1\n"})
    assert complete(project, "explain", "hub") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_scripts_of_the_shells(project: Project, shell: str) -> None:
    result = project.run("completion", shell)
    assert (result.status, result.stderr) == (0, "")
    assert f"_TYPEDACTORS_COMPLETE={shell}_complete" in result.stdout
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    checked = subprocess.run(
        [program, "-n"], input=result.stdout, capture_output=True, text=True, check=False, timeout=60
    )
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_completes(project: Project) -> None:
    program = (
        'eval "$(typedactors completion bash)"\n'
        "COMP_WORDS=(typedactors exp) COMP_CWORD=1\n"
        "_typedactors_completion typedactors\n"
        'echo "${COMPREPLY[*]}"\n'
    )
    folder = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": os.pathsep.join([folder, os.environ["PATH"]])}
    done = subprocess.run(
        ["bash", "--norc", "-c", program],
        cwd=project.path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (0, "explain\n"), done.stderr
