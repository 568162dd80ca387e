"""Strings that name Pykka: changed where they mean the package for certain, reported where they may."""

from __future__ import annotations

import pytest

from tests.codegen.migrate.conftest import CodeBase, Rewrite


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('logging.getLogger("pykka")\n', 'logging.getLogger("typedactors")\n'),
        ("getLogger(r'pykka.debug')\n", "getLogger(r'typedactors.debug')\n"),
        ('caplog.at_level(10, logger="pykka")\n', 'caplog.at_level(10, logger="typedactors")\n'),
        (
            'mock.patch("pykka.ActorRegistry.get_by_class")\n',
            'mock.patch("typedactors.ActorRegistry.get_by_class")\n',
        ),
        ('importlib.import_module("pykka.debug")\n', 'importlib.import_module("typedactors.debug")\n'),
        ('"""Uses pykka.Actor."""\n', '"""Uses pykka.Actor."""\n'),
        ('x = "a pykka bird"\n', 'x = "a pykka bird"\n'),
    ],
)
def test_a_string_that_is_certain_is_changed(rewrite: Rewrite, before: str, after: str) -> None:
    assert rewrite(before) == (after, [])


@pytest.mark.parametrize(
    ("line", "remark"),
    [
        ('x = ["pykka"]', 'note: the string "pykka" could mean the package, a logger or a requirement'),
        ('x = "pykka>=4.1"', 'note: the requirement "pykka>=4.1"'),
        ('#     "pykka>=4",', 'note: the requirement "pykka>=4"'),
        ('patch("pykka.gevent.x")', 'warning: "pykka.gevent.x" in patch(): typedactors has no gevent.x'),
        ('x = "see pykka.Actor"', 'note: the string "see pykka.Actor" speaks of pykka'),
        (
            "class A:\n    def _create_future(self): ...",
            "warning: _create_future() brings a runtime of its own to Pykka's actors; here nothing calls it",
        ),
        (
            "def f(x: 'pykka.ActorProxy[int]'): ...",
            "note: the annotation pykka.ActorProxy[int]: to a type checker an ActorProxy "
            "has no members but its own here",
        ),
    ],
)
def test_what_is_not_certain_is_reported_and_left(rewrite: Rewrite, line: str, remark: str) -> None:
    text, remarks = rewrite(f"# pykka\n{line}\n")

    assert text == f"# pykka\n{line}\n"
    assert [each.partition(": ")[2] for each in remarks] == [remark]


def test_requirements_and_configuration_are_reported_with_their_line(code_base: CodeBase) -> None:
    files = {
        "pyproject.toml": '[project]\nname = "app"\ndependencies = [\n  "pykka>=4",\n]\n',
        "requirements.txt": "# pykka\nrequests\nPykka==4.0\n",
        "logging.ini": "[logger_pykka]\nqualname = pykka\n",
        "notes.md": "pykka\n",
        "mopidy.toml": 'x = "mopidy-pykka"\n',
    }
    code_base.write(files)

    result = code_base.migrate()

    assert result.status == 0
    assert {name: code_base.read(name) for name in files} == files
    places = [line.partition(": note")[0] for line in result.stderr.splitlines() if ": note" in line]
    assert places == ["logging.ini:2", "pyproject.toml:4", "requirements.txt:3"]
