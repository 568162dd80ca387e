"""Bad input: one clear message with file and line, status 1, nothing lost, no traceback."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.codegen.conftest import Project, Result


def refused(project: Project, place: str, *messages: str, command: str = "generate") -> Result:
    """Run, and see that it is refused at ``place``, in one message, with no file changed."""
    before = project.files()
    result = project.run(command)
    assert result.status == 1, result
    assert result.stdout == ""
    assert result.stderr.startswith(f"{place}: error: ")
    assert result.stderr.count("error: ") == 1
    for message in messages:
        assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert project.files() == before
    return result


def test_syntax_error(project: Project) -> None:
    project.run("generate")
    project.write({"src/hub/actors.py": "import typing\n\ndef broken(:\n    pass\n"})
    refused(project, "src/hub/actors.py:3", "yntax")


def test_syntax_error_in_a_module_that_a_target_imports(project: Project) -> None:
    project.write({"src/hub/actors.py": "import hub.other\n" + project.counter, "src/hub/other.py": "x = 1\ny = 1 +\n"})
    refused(project, "src/hub/other.py:2", "yntax")


def test_module_that_cannot_be_found(project: Project) -> None:
    project.write(
        {"pyproject.toml": '[tool.typedactors.outputs]\n"hub.proxies" = [\n  "hub.actors",\n  "hub.sensor",\n]\n'}
    )
    refused(
        project,
        "pyproject.toml:4",
        'the module "hub.sensor" cannot be found under: ',
        str(project.path / "src"),
        "source",
    )


def test_import_that_cannot_be_found(project: Project) -> None:
    source = project.counter.replace("ThreadingActor)", "Base)")
    project.write({"src/hub/actors.py": "from nowhere import Base\n" + source})
    refused(project, "src/hub/actors.py:5", "nowhere", "line 1 imports it")


def test_import_cycle_is_no_obstacle(project: Project) -> None:
    project.write(
        {
            "src/hub/actors.py": "from hub.other import Thing\n"
            + project.counter
            + "\n    def thing(self) -> Thing: ...\n",
            "src/hub/other.py": "import hub.actors\n\nclass Thing:\n    owner: 'hub.actors.Counter'\n",
        }
    )
    assert project.run("generate").status == 0
    assert "Future[Thing]" in project.stub.read_text()


def test_actor_whose_base_is_any(project: Project) -> None:
    source = project.counter.replace("ThreadingActor)", "Base)")
    project.write({"src/hub/actors.py": "from typing import Any\nBase: Any = object\n" + source})
    result = refused(project, "src/hub/actors.py:6", "Counter")
    assert "Any" in result.stderr


def test_two_actors_of_one_name(project: Project) -> None:
    project.write(
        {
            "pyproject.toml": '[tool.typedactors.outputs]\n"hub.proxies" = ["hub.actors", "hub.others"]\n',
            "src/hub/others.py": "\n\n" + project.counter,
        }
    )
    result = refused(project, "src/hub/others.py:6", '"CounterProxy"', "hub.actors.Counter", "hub.others.Counter")
    assert "src/hub/actors.py:4" in result.stderr
    assert "hint: give each an output of its own, or rename" in result.stderr


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("other.proxies", 'the package "other" of the output "other.proxies" is not under: '),
        ("hub.missing.proxies", 'the package "hub.missing" of the output'),
        ("json.proxies", 'the package "json" of the output'),
        ("../proxies", "is not a module's name"),
        ("hub.devices", "is already a package"),
        ("hub.class", "is not a module's name"),
    ],
)
def test_output_where_none_may_be(project: Project, output: str, message: str) -> None:
    project.write(
        {
            "pyproject.toml": f'[tool.typedactors.outputs]\n\n"{output}" = ["hub.actors"]\n',
            "src/hub/devices/__init__.py": "",
        }
    )
    refused(project, "pyproject.toml:3", message)


def test_output_in_a_root_that_is_a_package(project: Project) -> None:
    project.write({"pyproject.toml": '[tool.typedactors]\nsource = ["src/hub"]\noutputs."proxies" = ["actors"]\n'})
    refused(project, "pyproject.toml:3", "inside another package's directory", "hub.proxies")


def test_output_in_a_folder_that_is_a_link_to_elsewhere(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "__init__.py").touch()
    (project.path / "src/linked").symlink_to(elsewhere)
    project.write({"pyproject.toml": '[tool.typedactors.outputs]\n"linked.proxies" = ["hub.actors"]\n'})
    refused(project, "pyproject.toml:2", "outside its root")


def test_output_that_is_its_own_target(project: Project) -> None:
    project.write({"pyproject.toml": '[tool.typedactors.outputs]\n"hub.actors" = ["hub.actors"]\n'})
    refused(project, "pyproject.toml:2", "is itself a generated output")


@pytest.mark.parametrize("name", ["proxies.py", "proxies.pyi"])
@pytest.mark.parametrize("text", ["# mine\n", "", "x = 1\n# Generated by typedactors. DO NOT EDIT.\n"])
def test_output_over_a_file_that_was_not_generated(project: Project, name: str, text: str) -> None:
    project.write({f"src/hub/{name}": text})
    refused(project, f"src/hub/{name}:1", "was not generated, so it is not overwritten", "choose another name")


def test_output_over_a_folder(project: Project) -> None:
    (project.path / "src/hub/proxies.pyi").mkdir()
    refused(project, "src/hub/proxies.pyi", "cannot be read")


@pytest.mark.parametrize("target", ["hub/actors.py", "hub.actors:", "hub..actors", "hub.actors.*:Counter", "*"])
def test_what_is_no_target(project: Project, target: str) -> None:
    project.write({"pyproject.toml": f'[tool.typedactors.outputs]\n"hub.proxies" = ["{target}"]\n'})
    refused(project, "pyproject.toml:2", f'"{target}" is not a target', "package.module:Class")


def test_target_class_that_does_not_exist(project: Project) -> None:
    project.write({"pyproject.toml": '[tool.typedactors.outputs]\n"hub.proxies" = ["hub.actors:Countre"]\n'})
    result = project.run("generate")
    assert result.status == 1
    assert "Countre" in result.stderr
    assert not project.stub.exists()


def test_target_without_an_actor(project: Project) -> None:
    project.write({"src/hub/actors.py": "class Counter: ...\n"})
    refused(project, "pyproject.toml:2", 'the output "hub.proxies" would be empty', "hub.actors")


def test_outputs_that_need_each_other(project: Project) -> None:
    project.write(
        {
            "pyproject.toml": """\
                [tool.typedactors.outputs]
                "hub.first_proxies" = ["hub.actors:A", "hub.actors:C"]
                "hub.second_proxies" = ["hub.actors:B"]
                """,
            "src/hub/actors.py": """\
                from typedactors import ThreadingActor
                class A(ThreadingActor): ...
                class B(A): ...
                class C(B): ...
                """,
        }
    )
    refused(project, "pyproject.toml", "hub.first_proxies", "hub.second_proxies", "one output")


def test_types_that_do_not_settle(project: Project) -> None:
    project.monkeypatch.setattr("typedactors_codegen.pipeline.MAXIMUM_ROUNDS", 1)
    project.write({"src/hub/actors.py": "from hub.proxies import CounterProxy\n" + project.counter})
    refused(project, "src/hub/proxies.pyi", "did not settle in 1 rounds", "annotate")


def test_read_only_folder(project: Project) -> None:
    project.run("generate")
    project.write({"src/hub/actors.py": project.counter.replace("add", "subtract")})
    # To the superuser no folder is read-only, unless that power is given up.
    prefix: list[str] = []
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("the superuser needs setpriv to give up writing to read-only folders")
        prefix = [setpriv, "--bounding-set=-dac_override", "--"]
    folder = project.path / "src/hub"
    before = project.files()
    folder.chmod(0o555)
    try:
        result = project.run_process("generate", prefix=prefix)
        check = project.run_process("check", prefix=prefix)
    finally:
        folder.chmod(0o755)
    assert result.status == 1
    assert result.stderr.startswith(
        "src/hub/proxies.py: error: the file cannot be written: Permission denied; no file was"
    )
    assert len(result.stderr.splitlines()) == 2
    assert project.files() == before
    assert check.status == 1
    assert "subtract" in check.stdout


def test_an_interrupt_while_writing_leaves_the_old_files(project: Project) -> None:
    project.run("generate")
    before = project.files()
    project.write({"src/hub/actors.py": project.counter.replace("add", "subtract")})
    replaced: list[Path] = []
    real_replace = os.replace

    def replace(source: Path, destination: Path) -> None:
        if len(replaced) == 1:
            replaced.append(destination)
            raise KeyboardInterrupt
        replaced.append(destination)
        real_replace(source, destination)

    project.monkeypatch.setattr("os.replace", replace)
    result = project.run("generate")
    assert result.status == 130
    assert result.stderr == "interrupted: no file was changed\n"
    assert replaced[0] == project.runtime
    after = project.files()
    assert after.pop("src/hub/actors.py") != before.pop("src/hub/actors.py")
    assert after == before


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_an_interrupted_process_says_so(project: Project) -> None:
    project.run("generate")
    before = project.files()
    program = (
        "import os, signal\n"
        "from typedactors_codegen import cli, pipeline\n"
        "real = pipeline.run\n"
        "def run(configuration):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    return real(configuration)\n"
        "pipeline.run = run\n"
        "raise SystemExit(cli.main(['generate']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=project.path, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 128 + signal.SIGINT
    assert done.stderr == "interrupted: no file was changed\n"
    assert project.files() == before
