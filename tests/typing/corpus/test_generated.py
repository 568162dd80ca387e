"""The committed pairs are what the generator writes, cold and warm; stubtest takes them with no allowlist."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.typing.corpus.staging import STUBS, SUITES, Suite, sources_below
from typedactors_codegen import cli

ALL_SUITES = pytest.mark.parametrize("suite", SUITES, ids=[each.version for each in SUITES])


def require(suite: Suite) -> None:
    """Skip what the running Python cannot read."""
    if suite.needs_newer_python:
        pytest.skip(f"its sources need Python {suite.version}")


def generated_below(directory: Path, suite: Suite) -> dict[str, str]:
    paths = sources_below(directory / suite.proxies, generated=True)
    return {path.relative_to(directory).as_posix(): path.read_text(encoding="utf-8") for path in paths}


@ALL_SUITES
@pytest.mark.timeout(240)
def test_the_committed_pairs_are_what_is_generated(
    suite: Suite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    require(suite)
    suite.stage(tmp_path, generated=False)
    committed = {name: (STUBS / name).read_text(encoding="utf-8") for name in suite.generated()}
    assert committed
    command = ["generate", "--config", str(tmp_path), "--strict"]
    assert cli.main(command) == 0, capsys.readouterr().err
    cold = generated_below(tmp_path, suite)
    assert sorted(cold) == sorted(committed)
    hint = f"run `typedactors generate --config stubs/corpus/{suite.configuration}`, and read the diff"
    for name, text in committed.items():
        assert cold[name] == text, f"{name}: {hint}"
    for name in cold:
        (tmp_path / name).unlink()
    # Warm: mypy takes the modules from its cache, in another order and without their text.
    assert cli.main(command) == 0, capsys.readouterr().err
    assert generated_below(tmp_path, suite) == cold


@pytest.mark.timeout(120)
@ALL_SUITES
def test_stubtest(suite: Suite, tmp_path: Path) -> None:
    """The stubs say of the runtime modules what is so."""
    require(suite)
    suite.stage(tmp_path, generated=True)
    modules = [name.removesuffix(".pyi").replace("/", ".") for name in suite.generated() if name.endswith(".pyi")]
    done = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "--mypy-config-file", os.devnull, *modules],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(tmp_path), "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stdout + done.stderr
