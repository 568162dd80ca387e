"""``check --format github`` and ``--format sarif``: what other tools are told, in forms that they define."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

if TYPE_CHECKING:
    from tests.codegen.conftest import Project

WARNED = "\n    def what(self, thing: str):\n        return thing\n"

# What section 3 of SARIF 2.1.0 asks of the objects that are used here, so that nothing need be downloaded.
_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
_RULE = {
    "type": "object",
    "required": ["id"],
    "additionalProperties": False,
    "properties": {"id": {"type": "string"}, "shortDescription": _TEXT},
}
_LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"uri": {"type": "string", "pattern": "^[^ \\\\]+$"}},
                },
                "region": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"startLine": {"type": "integer", "minimum": 1}},
                },
            },
        }
    },
}
_RESULT = {
    "type": "object",
    "required": ["message"],
    "additionalProperties": False,
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": -1},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "message": _TEXT,
        "locations": {"type": "array", "items": _LOCATION},
    },
}
_DRIVER = {
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string"},
        "version": {"type": "string"},
        "rules": {"type": "array", "uniqueItems": True, "items": _RULE},
    },
}
_RUN = {
    "type": "object",
    "required": ["tool"],
    "additionalProperties": False,
    "properties": {
        "tool": {"type": "object", "required": ["driver"], "properties": {"driver": _DRIVER}},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": _RESULT},
    },
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": _RUN},
    },
}


def results(text: str) -> list[dict[str, Any]]:  # JSON has any form
    """The results of a SARIF log, which is looked at as a whole before."""
    log: Any = json.loads(text)
    jsonschema.validate(log, SARIF)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    found: list[dict[str, Any]] = run["results"]
    assert [rules[each["ruleIndex"]] for each in found] == [each["ruleId"] for each in found]
    return found


def place(result: dict[str, Any]) -> tuple[str, int | None]:  # parsed JSON
    """Where a result is."""
    (location,) = result["locations"]
    physical = location["physicalLocation"]
    return physical["artifactLocation"]["uri"], physical.get("region", {}).get("startLine")


def test_sarif(project: Project) -> None:
    project.run("generate")
    clean = project.run("check", "--format", "sarif")
    assert (clean.status, clean.stderr, results(clean.stdout)) == (0, "", [])
    project.write({"src/hub/actors.py": project.counter.replace("add", "take") + WARNED})
    project.runtime.unlink()
    found = project.run("check", "--format", "sarif")
    assert (found.status, found.stderr) == (1, "")
    first, second, third = results(found.stdout)
    assert (first["ruleId"], first["level"], place(first)) == ("inexact", "warning", ("src/hub/actors.py", 13))
    assert first["message"]["text"] == "Counter.what: its return type is not annotated\nAnnotate the return type."
    assert (second["ruleId"], second["level"], place(second)) == ("drift", "error", ("src/hub/proxies.py", None))
    assert third["ruleId"] == "drift"
    uri, line = place(third)
    assert uri == "src/hub/proxies.pyi"
    assert third["message"]["text"] == "this file is not what its sources give now\nrun: typedactors generate"
    assert line is not None
    before = project.stub.read_text().splitlines()
    project.run("generate")
    after = project.stub.read_text().splitlines()
    # The first line that is another.
    assert before[: line - 1] == after[: line - 1]
    assert before[line - 1] != after[line - 1]


def test_a_refusal_in_sarif(project: Project) -> None:
    project.write({"src/hub/actors.py": "x = = 1\n"})
    found = project.run("check", "--format", "sarif")
    assert (found.status, found.stderr) == (1, "")
    (only,) = results(found.stdout)
    assert (only["ruleId"], only["level"], place(only)) == ("refused", "error", ("src/hub/actors.py", 1))


def test_the_check_of_the_form_can_fail() -> None:
    log: dict[str, Any] = {
        "version": "2.1.0",
        "runs": [{"tool": {"driver": {"name": "x", "rules": []}}, "results": []}],
    }
    jsonschema.validate(log, SARIF)
    log["runs"][0]["results"] = [{"message": {"text": "x"}, "level": "fatal"}]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, SARIF)


def test_annotations_of_github(project: Project) -> None:
    project.run("generate")
    clean = project.run("check", "--format", "github")
    assert (clean.status, clean.stdout, clean.stderr) == (0, "", "")
    project.write({"src/hub/actors.py": project.counter + WARNED})
    project.stub.unlink()
    found = project.run("check", "--format", "github", "--config", "pyproject.toml")
    assert (found.status, found.stderr) == (1, "")
    warning, changed, missing = found.stdout.splitlines()
    assert warning == (
        "::warning file=src/hub/actors.py,title=typedactors,line=13::Counter.what: its return type is not annotated"
        "%0AAnnotate the return type."
    )
    assert changed.startswith("::error file=src/hub/proxies.py,title=typedactors,line=")
    reason, remedy = "is missing, and proxies.py stands without it", "run: typedactors generate --config pyproject.toml"
    assert missing == f"::error file=src/hub/proxies.pyi,title=typedactors::this file {reason}%0A{remedy}"


def test_what_has_a_meaning_to_github_is_escaped(project: Project) -> None:
    project.write({"pyproject.toml": '[tool.typedactors.outputs]\n"hub.proxies" = ["100%,a:b\\r\\nc"]\n'})
    (line,) = project.run("check", "--format", "github").stdout.splitlines()
    assert line.startswith(
        '::error file=pyproject.toml,title=typedactors,line=2::"100%25,a:b%0D%0Ac" is not a target%0A'
    )
