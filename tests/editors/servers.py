"""The type checkers' language servers, and how each is started. The tests of this folder import it."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

# Pylance is built on pyright.
SERVERS = {
    "pyright": ("-m", "pyright.langserver", "--stdio"),
    "basedpyright": ("basedpyright-langserver", "--stdio"),
    "ty": ("ty", "server"),
    "pyrefly": ("pyrefly", "lsp"),
    "zuban": ("zuban", "server"),
}


def command(name: str) -> list[str]:
    """What starts a server that is installed beside this Python."""
    first, *others = SERVERS[name]
    if first == "-m":
        return [sys.executable, first, *others]
    suffix = ".exe" if sys.platform == "win32" else ""
    return [str(Path(sysconfig.get_path("scripts")) / f"{first}{suffix}"), *others]
