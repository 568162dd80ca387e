"""Runs ``typedactors generate`` over a scratch copy and reads what it reports.

It imports ``_scratch`` and ``_manifest``; ``run`` imports it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.corpus._scratch import Environment, ScratchError, run_command

LINE = re.compile(r"^(?P<path>[^:\n]+\.pyi?):(?P<line>\d+): (?P<severity>error|warning): (?P<message>.*)$")
TRACEBACK = "Traceback (most recent call last)"


@dataclass(frozen=True, slots=True)
class Finding:
    """One diagnostic of the generator, with the lines of remedy that follow it."""

    severity: str
    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity}: {self.message}"


@dataclass(frozen=True, slots=True)
class Generation:
    """What the generator did: the targets that it refused and why, and the modules that it wrote.

    ``drift`` is what ``typedactors check`` says right afterwards; it must say nothing.
    """

    findings: tuple[Finding, ...]
    refused_targets: tuple[str, ...]
    modules: tuple[str, ...]
    drift: tuple[str, ...]

    def with_severity(self, severity: str) -> list[Finding]:
        """The findings of one severity, in the order in which they were printed."""
        return [finding for finding in self.findings if finding.severity == severity]


def generate(environment: Environment, directory: Path, outputs: Mapping[str, tuple[str, ...]]) -> Generation:
    """Generate ``outputs``, modules and the targets whose proxies each holds, below ``directory / "src"``.

    A target that holds an error is left out, as its user would leave it out, and the generator runs again for
    the others; its errors stay among the findings.

    Raises:
        ScratchError: the generator ended with a traceback, or refused without naming a target's file.
    """
    left: dict[str, tuple[str, ...]] = dict(outputs)
    refused: list[str] = []
    findings: dict[str, Finding] = {}
    while left:
        _write_configuration(directory, left)
        finished = run_command([environment.python, "-m", "typedactors", "generate"], directory=directory)
        text = finished.output + finished.errors
        if TRACEBACK in text or finished.status not in (0, 1):
            raise ScratchError(f"typedactors generate ended with status {finished.status}:\n{text}")
        found = read_findings(text, directory)
        findings.update((str(finding), finding) for finding in found)
        if finished.status == 0:
            break
        targets = [target for chosen in left.values() for target in chosen]
        broken = [target for target in targets if any(_is_about(finding, target) for finding in found)]
        if not broken:
            raise ScratchError(f"typedactors generate refused, and names no target's file:\n{text}")
        refused.extend(broken)
        kept = {output: tuple(one for one in chosen if one not in broken) for output, chosen in left.items()}
        left = {output: chosen for output, chosen in kept.items() if chosen}
    drift = _drift(environment, directory) if left else ()
    return Generation(tuple(findings.values()), tuple(refused), tuple(left), drift)


def _drift(environment: Environment, directory: Path) -> tuple[str, ...]:
    """Generate again in memory, this time with whatever the first run has cached, and compare."""
    checked = run_command([environment.python, "-m", "typedactors", "check"], directory=directory)
    return () if checked.status == 0 else tuple((checked.output + checked.errors).splitlines()[:20])


def read_findings(text: str, directory: Path) -> list[Finding]:
    """The diagnostics in what the generator printed; paths are made relative to ``directory``."""
    findings: list[Finding] = []
    for line in text.splitlines():
        match = LINE.match(line)
        if match is None:
            continue
        path = Path(match["path"])
        if path.is_absolute() and path.is_relative_to(directory):
            path = path.relative_to(directory)
        findings.append(Finding(match["severity"], path.as_posix(), int(match["line"]), match["message"]))
    return findings


def _is_about(finding: Finding, target: str) -> bool:
    module = target.partition(":")[0].replace(".", "/")
    path = finding.path.removeprefix("src/")
    return finding.severity == "error" and path in (f"{module}.py", f"{module}/__init__.py")


def _write_configuration(directory: Path, outputs: Mapping[str, tuple[str, ...]]) -> None:
    lines = ["[tool.typedactors]", 'source = ["src"]', "", "[tool.typedactors.outputs]"]
    for output, targets in outputs.items():
        lines.append(f'"{output}" = [' + ", ".join(f'"{target}"' for target in targets) + "]")
    (directory / "pyproject.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
