"""Fails where a file of the repository names a folder of somebody's machine: such a path works nowhere else.

The session ``lint`` runs it. Standard library only.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent

# Home directories, temporary files, and working directories at the root. Neither regular expressions, this one among
# them, nor addresses such as https://host/home/ are meant.
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:root|home/\w+|Users/\w+|tmp|work|workspace)/[\w.-]+")

MADE_BY_TOOLS = frozenset({".git", ".nox", ".venv", "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache"})


def repository_files(root: Path) -> Iterator[Path]:
    """Yield each file that is, or is about to be, part of the repository; in an unpacked archive, each file."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        paths = (path for path in root.rglob("*") if not MADE_BY_TOOLS.intersection(path.relative_to(root).parts))
    else:
        paths = (root / name for name in listed.split("\0") if name)
    for path in paths:
        if path.is_file():
            yield path


def find_in(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line number and the text of each machine path in ``path``; nothing for a file that is not text."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    for number, line in enumerate(text.splitlines(), start=1):
        for match in MACHINE_PATH.finditer(line):
            yield number, match.group()


def main() -> int:
    """Print each machine path with its file and line; return 1 where there is one."""
    found = [(path, *hit) for path in repository_files(ROOT) for hit in find_in(path)]
    for path, number, text in found:
        print(f"{path.relative_to(ROOT)}:{number}: names a path of one machine: {text}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
