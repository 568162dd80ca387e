"""What the peers need, each set of requirements in a folder of its own: two of them are releases of one package.

Imported by the entry point.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from benchmarks.runtimes.contenders import CONTENDERS

PATIENCE = 600


def install(names: Iterable[str], folder: Path) -> dict[str, list[Path]]:
    """Install what the contenders need below ``folder``, where it is not yet, and return where that is for each."""
    found: dict[str, list[Path]] = {}
    for name in names:
        requirements = CONTENDERS[name].requirements
        if requirements:
            target = folder / requirements[0].replace("==", "-")
            if not target.is_dir():
                _install(requirements, target)
            found[name] = [target]
    return found


def _install(requirements: Iterable[str], target: Path) -> None:
    if find_spec("pip") is None:
        raise SystemExit("The peers are installed with pip, which this environment has not: install pip, or use nox.")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # First elsewhere, so that what was interrupted is not taken for whole.
    partial = target.with_name(target.name + ".partial")
    subprocess.run([*command, "--target", str(partial), *requirements], check=True, timeout=PATIENCE)
    partial.rename(target)
