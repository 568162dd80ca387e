"""Packages of actors that nobody wrote: what the generator says of each of them is true."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.codegen.robust.oracle import Workbench, lost_members
from tests.codegen.robust.profile import SOAK, examples
from tests.codegen.robust.projects import PROJECTS, Project


@pytest.mark.checkers
@pytest.mark.timeout(300 * (SOAK + 1))
@examples(10)
@given(project=PROJECTS)
def test_generated_packages(workbench: Workbench, project: Project) -> None:
    package = workbench.package(project)
    outcome = package.generate()
    assert outcome.diagnostics == ()
    assert lost_members(project, outcome) == []
    package.check_types()
    package.check_stubs()
    package.use()
    package.remove()
