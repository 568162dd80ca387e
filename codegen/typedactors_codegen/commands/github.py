"""Diagnostics as GitHub's annotations: workflow commands, which GitHub shows at the lines they name.

``formats`` imports it; it imports ``terminal``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from typedactors_codegen.commands.terminal import shown, write
from typedactors_codegen.model import Diagnostic


def print_annotations(diagnostics: Iterable[Diagnostic]) -> None:
    """Print one workflow command for each diagnostic."""
    for each in diagnostics:
        path, line = each.origin.path, each.origin.line
        properties = {"title": "typedactors"}
        if path:
            properties = {"file": Path(shown(Path(path))).as_posix(), **properties}
        if line:
            properties = {**properties, "line": str(line)}
        listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        member = f"{each.member}: " if each.member else ""
        remedy = f"\n{each.remedy}" if each.remedy else ""
        write(f"::{each.severity.value} {listed}::{_message(f'{member}{each.reason}{remedy}')}")


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
