"""Whether a project asks for the step, for back ends that load every plugin of their environment.

It asks by two things in its pyproject.toml: a ``[tool.typedactors]`` table, and this distribution among its
``build-system.requires``. ``setuptools`` and ``pdm`` import it. It imports nothing of the package, and quietly says no
to a file that it cannot read: it is asked about projects that have nothing to do with this one.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

_NAME = re.compile(r"^\s*typedactors\s*(?:$|[^\w.\s-])", re.IGNORECASE)


def asks_for_proxies(directory: Path) -> bool:
    """Whether the project in a folder wants its proxies brought up to date in its builds."""
    try:
        project: Any = tomllib.loads((directory / "pyproject.toml").read_text(encoding="utf-8"))  # TOML may be anything
        requirements = project["build-system"]["requires"]
        return "typedactors" in project["tool"] and any(_NAME.match(each) for each in requirements)
    except (OSError, ValueError, LookupError, TypeError):
        return False
