"""What disturbs a run from outside: damaged caches, folders that cannot be used, interrupts; nothing is lost."""

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

    from tests.codegen.conftest import Project


@pytest.mark.parametrize("damage", ["garbage", "a file"])
def test_a_damaged_cache_makes_a_run_slower(project: Project, damage: str) -> None:
    folder = project.path / ".typedactors_cache"
    if damage == "garbage":
        project.run("generate")
        databases = list(folder.rglob("*.db"))
        assert databases
        for database in databases:
            database.write_bytes(b"garbage" * 1000)
        project.write({"src/hub/actors.py": project.counter.replace("add", "subtract")})
    else:
        folder.write_text("")
    result = project.run("generate")
    assert result.status == 0, result
    assert result.stderr.startswith("warning: the cache cannot be used")
    assert f"delete it to have a new one: {folder}\n" in result.stderr
    assert project.run("check").status == 0


def test_a_folder_that_cannot_be_read(project: Project) -> None:
    def fail(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    project.write({"pyproject.toml": '[tool.typedactors.outputs]\n"hub.proxies" = ["hub.*"]\n'})
    project.monkeypatch.setattr("pathlib.Path.iterdir", fail)
    result = project.run("generate")
    assert result.status == 1
    assert result.stderr.startswith("src/hub: error: the folder cannot be read: Permission denied\n")


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
        if destination.suffix in {".py", ".pyi"}:  # not what is kept in the cache
            replaced.append(destination)
            if len(replaced) == 2:
                raise KeyboardInterrupt
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
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_process_says_so(project: Project, number: signal.Signals) -> None:
    project.run("generate")
    before = project.files()
    program = (
        "import os, signal, sys\n"
        # As a terminal has it, also where the tests themselves run in the background of a shell.
        f"signal.signal({number}, signal.default_int_handler if {number} == signal.SIGINT else signal.SIG_DFL)\n"
        "from typedactors_codegen import cli, pipeline\n"
        "real = pipeline.run\n"
        "def run(*arguments):\n"
        f"    os.kill(os.getpid(), {number})\n"
        "    return real(*arguments)\n"
        "pipeline.run = run\n"
        "sys.argv[1:] = ['generate']\n"
        "raise SystemExit(cli.main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=project.path, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 128 + signal.SIGINT
    assert done.stderr == "interrupted: no file was changed\n"
    assert project.files() == before
