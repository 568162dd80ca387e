"""Compares what a block printed with what the page says it prints. Imports nothing of the folder."""

from __future__ import annotations

import difflib
import doctest
import io
import re
import tokenize
from pathlib import Path

_URN = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_ARROW = "# => "


def normalize(text: str, project: Path | None = None) -> str:
    """Leave out what differs from run to run: URNs, the project's folder, and space at the end of a line."""
    if project is not None:
        text = text.replace(f"{project}/", "").replace(str(project), ".")
    text = _URN.sub("urn:uuid:00000000-0000-0000-0000-000000000000", text).replace("\xa0", " ")
    return "".join(f"{line.rstrip()}\n" for line in text.strip("\n").splitlines() if line.strip())


def differences(expected: str, printed: str, project: Path | None = None) -> str:
    """A diff of the two, or an empty text if they agree; ``...`` in ``expected`` stands for any text."""
    want, got = normalize(expected, project), normalize(printed, project)
    if want == got or (want and doctest.OutputChecker().check_output(want, got, doctest.ELLIPSIS)):
        return ""
    return "".join(difflib.unified_diff(want.splitlines(True), got.splitlines(True), "the page", "printed"))


def arrows(code: str) -> str:
    """The output that the code's own ``# => ...`` comments promise."""
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
    return "".join(f"{comment.removeprefix(_ARROW)}\n" for comment in comments if comment.startswith(_ARROW))


def missing_excerpts(excerpt: str, text: str) -> list[str]:
    """The parts of an excerpt, which ``# ...`` lines divide, that do not stand in ``text`` in that order."""
    position = 0
    missing: list[str] = []
    for part in (each.strip("\n") for each in re.split(r"^ *# \.\.\.\n", excerpt, flags=re.MULTILINE)):
        found = text.find(part, position)
        if found < 0:
            missing.append(part)
        else:
            position = found + len(part)
    return missing
