"""Packages that somebody is in the middle of writing: an answer or a refusal that teaches, never a traceback."""

from __future__ import annotations

import ast
import re
from dataclasses import replace

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from tests.codegen.robust.classes import ACTOR_NAMES, MEMBER_NAMES, PART_NAMES
from tests.codegen.robust.oracle import Package, Workbench
from tests.codegen.robust.profile import SOAK, examples
from tests.codegen.robust.projects import PACKAGE, PROJECTS, Project
from typedactors_codegen.errors import CodegenError
from typedactors_codegen.outcome import Outcome

_BROKEN = (f"{PACKAGE}/actors.py", f"{PACKAGE}/parts.py", f"{PACKAGE}/contracts.py", f"{PACKAGE}/kinds.py")
_WORDS = (
    *(
        *MEMBER_NAMES[:20],
        *ACTOR_NAMES,
        *PART_NAMES,
        "self",
        "None",
        "_parts",
        "_proxies",
        "_actors",
        "nowhere",
        "T",
        "S",
    ),
    *("1", "...", "''", "[]", "()", "lambda: 1", "await", "Unknown", "Actor", "ThreadingActor", "object", "int | None"),
)
_WORD = re.compile(r"[\w.]+")


@st.composite
def _broken(draw: st.DrawFn) -> Project:
    project = draw(PROJECTS)
    files = dict(project.files)
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from(_BROKEN))
        lines = files[path].splitlines()
        index = draw(st.integers(0, len(lines) - 1))
        other = draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(["delete", "repeat", "exchange", "word", "word", "word", "unannotate", "bare"]))
        if kind == "delete":
            del lines[index]
        elif kind == "repeat":
            lines.insert(other, lines[index])
        elif kind == "exchange":
            lines[index], lines[other] = lines[other], lines[index]
        elif kind == "word":
            words = list(_WORD.finditer(lines[index]))
            if words:
                word = draw(st.sampled_from(words))
                lines[index] = lines[index][: word.start()] + draw(st.sampled_from(_WORDS)) + lines[index][word.end() :]
        elif kind == "unannotate":
            lines[index] = re.sub(r" -> .*:", ":", lines[index])
        else:
            lines[index] = re.sub(r"\[[^\[\]]*\]", "", lines[index])
        files[path] = "\n".join(lines) + "\n"
    return replace(project, files=files)


def _answer(package: Package) -> Outcome | str:
    """What came out, or why it was refused."""
    try:
        return package.analyse()
    except CodegenError as error:
        return f"{error.message} ({error.path}:{error.line})"


def _kind(answer: Outcome | str) -> str:
    if isinstance(answer, str) or answer.refused(strict=False):
        return "refused"
    return "generated, with warnings" if answer.diagnostics else "generated"


@pytest.mark.timeout(300 * (SOAK + 1))
@examples(40)
@given(project=_broken())
def test_broken_packages(workbench: Workbench, project: Project) -> None:
    package = workbench.package(project)
    first = _answer(package)
    # For `pytest --hypothesis-show-statistics`: a run in which nearly all is refused would look at little else.
    event(_kind(first))
    if isinstance(first, Outcome):
        for file in first.files:
            ast.parse(file.text, filename=str(file.path))
        for each in first.diagnostics:
            assert each.reason
            assert each.remedy
            assert each.origin.line > 0, each
    else:
        assert first
    again = _answer(package)
    if isinstance(first, Outcome) and isinstance(again, Outcome):
        assert (again.files, again.diagnostics) == (first.files, first.diagnostics)
    else:
        assert again == first
    package.remove()
