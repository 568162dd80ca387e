"""Shows what a run of the corpus measured: a table for the terminal, a page for the site.

It imports ``_manifest``, ``_generator`` and ``_handwritten`` for their types; ``run`` imports it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.corpus._generator import Generation
from tests.corpus._handwritten import Reproduction
from tests.corpus._manifest import Application, Figures
from tests.corpus.mopidy_suite import Comparison

COLUMNS = (
    ("application", ""),
    ("actors", "actors"),
    ("parts", "nodes"),
    ("members", "members"),
    ("refused", "refused"),
    ("warned", "warned"),
    ("mypy", "mypy_errors"),
    ("pyright", "pyright_errors"),
    ("stubtest", "stubtest_errors"),
    ("own", "new_type_errors"),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """All that one run found out about one application."""

    application: Application
    figures: Figures
    generation: Generation
    complaints: tuple[str, ...] = ()
    reproduction: Reproduction | None = None
    files_mapped: int = 0
    kinds: Counter[str] = field(default_factory=Counter[str])


def table(measured: Sequence[Measured]) -> str:
    """The figures, one application a line."""
    rows = [[title for title, _ in COLUMNS]]
    for one in measured:
        figures = one.figures.as_mapping()
        name = f"{one.application.name} {one.application.version}"
        rows.append([name, *(str(figures[key]) for _, key in COLUMNS if key)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(lines)


def details(one: Measured) -> str:
    """What was refused, what was warned about and why, and what the checkers said."""
    lines = [f"== {one.application.name} {one.application.version}: {one.application.note}"]
    lines.append(f"   {one.files_mapped} files had their import lines changed")
    if one.generation.refused_targets:
        lines.append(f"   modules left out after an error: {', '.join(one.generation.refused_targets)}")
    lines.extend(f"   {finding}" for finding in one.generation.findings)
    lines.extend(f"   {complaint}" for complaint in one.complaints)
    if one.reproduction is not None:
        total, done = len(one.reproduction.members), one.reproduction.reproduced
        lines.append(f"   hand-written proxy members: {total}, reproduced: {done}")
        lines.extend(f"   NOT REPRODUCED {member}: {why}" for member, why in one.reproduction.problems.items())
    return "\n".join(lines)


def page(measured: Sequence[Measured], comparisons: Sequence[Comparison], versions: str) -> str:
    """The page of the documentation, as Markdown."""
    lines = ["# On real programs", ""]
    lines += [
        "The generator runs over published applications that were written for Pykka and know nothing of this",
        "project. Each is downloaded from PyPI, its import lines are changed to typedactors, and its actor",
        "modules are given to `typedactors generate`. The generated pair, and a program that uses every member of",
        "it, are then checked strictly. `nox -s corpus` repeats all of this and writes this page.",
        "",
        f"Measured with {versions}.",
        "",
    ]
    titles = [title for title, _ in COLUMNS]
    lines.append("| " + " | ".join(titles) + " |")
    lines.append("|" + " --- |" + " ---: |" * (len(titles) - 1))
    for one in measured:
        figures = one.figures.as_mapping()
        cells = [f"{one.application.name} {one.application.version}"]
        cells += [str(figures[key]) for _, key in COLUMNS if key]
        lines.append("| " + " | ".join(cells) + " |")
    lines += [
        "",
        "*actors* are the generated actor proxies, *parts* the proxies of traversable attributes, *members* the",
        "methods, fields and parts that the stubs declare. *refused* counts errors, for which the generator writes",
        "nothing until the module is left out or repaired. *warned* counts warnings: the member is there, and the",
        "generator says what it could not know of its type. *mypy*, *pyright* and *stubtest* are errors in generated",
        "files, and in a program that uses every member; *own* are errors that the application's own code has on",
        "typedactors and has not on Pykka. A second program, of which each line misuses a member, is refused line by",
        "line by both checkers.",
        "",
    ]
    for one in measured:
        lines += _section(one)
    if comparisons:
        lines += _suites(comparisons)
    return "\n".join(lines).rstrip() + "\n"


def _section(one: Measured) -> list[str]:
    application = one.application
    lines = [f"## {application.name} {application.version}", "", application.note, ""]
    if one.reproduction is not None:
        total, done = len(one.reproduction.members), one.reproduction.reproduced
        lines += [
            f"Its authors wrote {total} proxy members by hand. The generator reproduces {done} of them, each with",
            "the type of its source as mypy and pyright print it.",
            "",
        ]
    if one.generation.refused_targets:
        names = ", ".join(f"`{name}`" for name in one.generation.refused_targets)
        lines += [f"Modules that had to be left out: {names}.", ""]
    reasons = Counter((finding.severity, _reason(finding.message)) for finding in one.generation.findings)
    if reasons:
        lines += ["| count | what | why |", "| ---: | --- | --- |"]
        for (severity, reason), count in sorted(reasons.items(), key=lambda item: (item[0][0], -item[1], item[0][1])):
            what = "refused" if severity == "error" else "warned"
            cell = reason.replace("|", r"\|")
            lines.append(f"| {count} | {what} | {cell} |")
        lines.append("")
    else:
        lines += ["Nothing was refused and nothing warned about.", ""]
    return lines


def _reason(message: str) -> str:
    """The reason of a diagnostic without the names in it, so that equal reasons count as one."""
    text = re.sub(r"^[\w.]+: ", "", message)  # the member
    text = re.sub(r"(parameters?) .* (has|have) no annotation", "a parameter has no annotation", text)
    text = re.sub(r"its type \S+ is Any: ", "its type is Any: ", text)
    text = re.sub(r", imported in line \d+,", "", text)
    return re.sub(r"^its a ", "a ", text)


def _suites(comparisons: Sequence[Comparison]) -> list[str]:
    lines = ["## Their own test suites", ""]
    lines += [
        "The same source distributions carry tests. They run once with Pykka and once, with the import lines changed,",
        "on typedactors; then once more, where `ref.proxy()` gives the generated proxy. Every outcome is compared.",
        "",
        "| suite | tests | passed on Pykka | run | passed | different |",
        "| --- | ---: | ---: | --- | ---: | ---: |",
    ]
    for one in comparisons:
        name = f"{one.application.distribution} {one.application.version}"
        counts = [one.mapped_passed, len(one.differences())]
        cells = [name, len(one.baseline), one.baseline_passed, one.kind, *counts]
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    lines.append("")
    for one in comparisons:
        for test in one.differences():
            lines.append(f"- `{test}` differs {one.kind}: {one.explained().get(test, 'unexplained')}")
    return lines


def recorded(measured: Sequence[Measured]) -> str:
    """The ``expected`` lines for ``applications.toml``; a figure that is 0 needs none."""
    blocks: list[str] = []
    for one in measured:
        lines = [f"expected.{name} = {value}" for name, value in one.figures.as_mapping().items() if value]
        blocks.append("\n".join([f"# [{one.application.name}]", *lines]))
    return "\n".join(blocks)
