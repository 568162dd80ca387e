"""Outputs that inherit from each other, under pyright: the ``.py`` of one sees the other's ``.pyi``."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.codegen.conftest import Project

FILES = {
    "pyproject.toml": """\
        [tool.typedactors.outputs]
        "hub.proxies" = ["hub.actors"]
        "hub.other_proxies" = ["hub.others"]
        "hub.sub_proxies" = ["hub.subs"]
        """,
    "src/hub/actors.py": """\
        from typedactors import ThreadingActor, traversable


        class Part:
            level: int = 1


        class Counter(ThreadingActor):
            part = traversable(Part())
            field: int = 1

            def me(self) -> int:
                return 1
        """,
    "src/hub/others.py": """\
        from typedactors import ThreadingActor


        class Other(ThreadingActor):
            def you(self) -> int:
                return 1
        """,
    "src/hub/subs.py": """\
        from hub.actors import Counter, Part
        from hub.others import Other
        from typedactors import traversable


        class Loud(Part):
            more: int = 2


        class Sub(Counter):
            part = traversable(Loud())
            field: int = 2

            def me(self) -> int:
                return 2


        class Deep(Sub):
            def me(self) -> int:
                return 4


        class Both(Counter, Other):
            def me(self) -> int:
                return 3
        """,
}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("mode", ["standard", "strict"])
def test_overrides_across_outputs(project: Project, mode: str) -> None:
    pyright = shutil.which("pyright", path=f"{sys.prefix}/bin") or shutil.which("pyright")
    assert pyright is not None
    project.write(FILES)
    assert project.run("generate").status == 0
    outputs = [str(path.relative_to(project.path)) for path in project.path.glob("src/hub/*proxies.py*")]
    assert len(outputs) == 6
    settings = {"include": outputs, "typeCheckingMode": mode, "pythonVersion": "3.11"}
    (project.path / "pyrightconfig.json").write_text(json.dumps(settings))
    result = project.execute([pyright, "--pythonpath", sys.executable], path=["src"])
    assert result.status == 0, result.stdout
