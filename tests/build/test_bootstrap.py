"""noxfile.py's own set-up: which way it takes on which machine, and that a set-up is whole or done again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap

BARE = bootstrap.Machine(has_ensurepip=False, has_pip=False, has_virtualenv=False, package_manager=())
# What the set-up installs is not what is tested, and an empty list needs no network.
NOTHING: tuple[str, ...] = ("--no-index", "--no-deps", "--dry-run", "pip")


@pytest.mark.parametrize(
    ("machine", "ways"),
    [
        (bootstrap.Machine(True, True, True, ("apt-get",)), ["venv", "pip", "virtualenv", "package manager"]),
        (bootstrap.Machine(False, True, False, ("apt-get",)), ["pip", "package manager"]),
        (bootstrap.Machine(False, False, True, ()), ["virtualenv"]),
        (bootstrap.Machine(False, False, False, ("sudo", "-n", "apt-get")), ["package manager"]),
        (BARE, []),
    ],
)
def test_the_least_invasive_way_comes_first(machine: bootstrap.Machine, ways: list[str]) -> None:
    assert bootstrap.ways(machine) == ways


def test_where_nothing_works_the_message_names_the_command_to_run(tmp_path: Path) -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"

    with pytest.raises(bootstrap.SetupError, match=rf"sudo apt-get install python{version}-venv"):
        bootstrap.prepare(tmp_path / "environment", BARE)
    assert not bootstrap.is_complete(tmp_path / "environment")


def test_a_way_that_fails_is_followed_by_the_next_and_each_is_reported(tmp_path: Path) -> None:
    machine = bootstrap.Machine(False, False, False, ("false",))

    with pytest.raises(bootstrap.SetupError, match=r"package manager: `false update` ended with 1"):
        bootstrap.prepare(tmp_path / "environment", machine)


def test_the_package_manager_is_asked_again_after_an_update(tmp_path: Path, record: Path) -> None:
    machine = bootstrap.Machine(False, False, False, (sys.executable, str(record)))

    with pytest.raises(bootstrap.SetupError):
        bootstrap.prepare(tmp_path / "environment", machine)
    commands = [line.split()[0] for line in (tmp_path / "record.txt").read_text(encoding="utf-8").splitlines()]
    assert commands == ["install", "update", "install"]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A program that stands for the package manager: it records its arguments, and can only update."""
    script = tmp_path / "record.py"
    script.write_text(
        "import pathlib, sys\n"
        "record = pathlib.Path(__file__).with_suffix('.txt')\n"
        "with record.open('a') as file:\n"
        "    print(*sys.argv[1:], file=file)\n"
        "sys.exit(sys.argv[1] != 'update')\n",
        encoding="utf-8",
    )
    return script


@pytest.fixture(scope="module")
def with_virtualenv() -> bootstrap.Machine:
    """A machine whose Python has no ensurepip; virtualenv needs neither that nor the network."""
    return bootstrap.Machine(has_ensurepip=False, has_pip=False, has_virtualenv=True, package_manager=())


def test_a_set_up_makes_a_working_environment_once(
    tmp_path: Path, with_virtualenv: bootstrap.Machine, capfd: pytest.CaptureFixture[str]
) -> None:
    directory = tmp_path / "environment"

    python = bootstrap.prepare(directory, with_virtualenv, NOTHING)
    assert "Setting up" in capfd.readouterr().err
    subprocess.run([python, "-m", "pip", "--version"], check=True, capture_output=True)
    # A machine that offers nothing is enough from now on: nothing is done again.
    assert bootstrap.prepare(directory, BARE, NOTHING) == python
    assert capfd.readouterr().err == ""


def test_an_interrupted_set_up_is_done_again(tmp_path: Path, with_virtualenv: bootstrap.Machine) -> None:
    directory = tmp_path / "environment"
    left_over = directory / "bin" / "half-installed"
    left_over.parent.mkdir(parents=True)
    left_over.touch()
    (directory / "bin" / "python").symlink_to(sys.executable)

    assert not bootstrap.is_complete(directory, NOTHING)
    bootstrap.prepare(directory, with_virtualenv, NOTHING)
    assert bootstrap.is_complete(directory, NOTHING)
    assert not left_over.exists()


def test_a_set_up_for_other_requirements_or_at_another_place_is_done_again(
    tmp_path: Path, with_virtualenv: bootstrap.Machine
) -> None:
    directory = tmp_path / "environment"
    bootstrap.prepare(directory, with_virtualenv, NOTHING)

    assert not bootstrap.is_complete(directory, ("nox>=2030",))
    directory.rename(tmp_path / "moved")
    assert not bootstrap.is_complete(tmp_path / "moved", NOTHING)


def test_a_requirement_that_cannot_be_installed_is_an_error_with_pips_words(
    tmp_path: Path, with_virtualenv: bootstrap.Machine
) -> None:
    with pytest.raises(bootstrap.SetupError, match="No matching distribution found for typedactors-no-such-thing"):
        bootstrap.prepare(tmp_path / "environment", with_virtualenv, ("--no-index", "typedactors-no-such-thing"))
    assert not bootstrap.is_complete(tmp_path / "environment", ("--no-index", "typedactors-no-such-thing"))


def test_the_system_is_not_written_to_and_uv_trusts_what_pip_trusts() -> None:
    environment = bootstrap.installation_environment(
        {"PATH": "/usr/bin", "PIP_USER": "1", "PIP_TARGET": "elsewhere", "PYTHONPATH": "src", "PIP_CERT": "store.pem"}
    )

    assert environment == {
        "PATH": "/usr/bin",
        "PIP_CERT": "store.pem",
        "SSL_CERT_FILE": "store.pem",
        "UV_SYSTEM_CERTS": "1",
    }


@pytest.mark.parametrize("name", ["PIP_INDEX_URL", "PIP_NO_INDEX"])
def test_where_pip_has_an_index_of_its_own_uv_is_not_used(name: str) -> None:
    assert bootstrap.choose_backend(Path(sys.executable), {name: "1"}) == "virtualenv"


def test_where_uv_does_not_work_it_is_not_used(tmp_path: Path) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)

    assert bootstrap.choose_backend(broken, {"PATH": "/usr/bin:/bin"}) == "virtualenv"
