"""Diagnostics as SARIF 2.1.0, which code scanning reads. ``formats`` imports it; it imports ``terminal``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from typedactors import __version__
from typedactors_codegen.commands.terminal import shown, write
from typedactors_codegen.model import Diagnostic, Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_RULES = {
    Rule.DRIFT: "A generated file is not what its sources give now.",
    Rule.INEXACT: "A member of an actor cannot be typed exactly.",
    Rule.REFUSED: "The sources or the configuration have an error, so nothing can be generated.",
}


def print_log(diagnostics: Iterable[Diagnostic]) -> None:
    """Print one SARIF log with one run."""
    rules = list(_RULES)
    driver = {
        "name": "typedactors",
        "version": __version__,
        "rules": [{"id": rule.value, "shortDescription": {"text": text}} for rule, text in _RULES.items()],
    }
    results = [_result(each, rules) for each in diagnostics]
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    write(json.dumps(log, indent=2, ensure_ascii=False))


def _result(diagnostic: Diagnostic, rules: list[Rule]) -> dict[str, object]:
    rule = diagnostic.rule
    member = f"{diagnostic.member}: " if diagnostic.member else ""
    remedy = f"\n{diagnostic.remedy}" if diagnostic.remedy else ""
    result: dict[str, object] = {
        "ruleId": rule.value,
        "ruleIndex": rules.index(rule),
        "level": diagnostic.severity.value,
        "message": {"text": f"{member}{diagnostic.reason}{remedy}"},
    }
    if diagnostic.origin.path:
        path = Path(shown(Path(diagnostic.origin.path)))
        # Code scanning takes a relative reference to be one to the repository, where the command is run.
        location: dict[str, object] = {
            "artifactLocation": {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}
        }
        if diagnostic.origin.line:
            location["region"] = {"startLine": diagnostic.origin.line}
        result["locations"] = [{"physicalLocation": location}]
    return result
