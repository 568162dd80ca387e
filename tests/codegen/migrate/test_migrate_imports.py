"""Import lines, and the uses of what they bind: before and after."""

from __future__ import annotations

import ast
import importlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import typedactors
from tests.codegen.migrate.conftest import CodeBase, Rewrite
from typedactors_codegen.migrate import names
from typedactors_codegen.migrate.run import migrate


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import pykka\npykka.Future\n", "import typedactors\ntypedactors.Future\n"),
        ("import pykka as p  # why\np.Future\n", "import typedactors as p  # why\np.Future\n"),
        ("import os, pykka\npykka.get_all([])\n", "import os, typedactors\ntypedactors.get_all([])\n"),
        ("from pykka import ActorRef as R, get_all\n", "from typedactors import ActorRef as R, get_all\n"),
        ("from pykka.messages import ProxyCall\n", "from typedactors.messages import ProxyCall\n"),
        (
            "import pykka.debug\npykka.debug.log_thread_tracebacks\npykka.Actor\n",
            "import typedactors.debug\ntypedactors.debug.log_thread_tracebacks\ntypedactors.Actor\n",
        ),
        ("import pykka.debug as d\nd\n", "import typedactors.debug as d\nd\n"),
        ("from pykka import debug\n", "from typedactors import debug\n"),
        (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pykka import Future\n\nx: 'Future[int]'\n",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from typedactors import Future\n\n"
            "x: 'Future[int]'\n",
        ),
        (
            "def f():\n    import pykka\n    return pykka.Actor\n",
            "def f():\n    import typedactors\n    return typedactors.Actor\n",
        ),
        ("import pykka\nx: 'pykka.Future[int]'\n", "import typedactors\nx: 'typedactors.Future[int]'\n"),
        ("import pykka\nf'{pykka.Actor!r:>{9}}'\n", "import typedactors\nf'{typedactors.Actor!r:>{9}}'\n"),
        # Not what is called the same and is something else.
        ("import pykka\na.pykka, f(pykka=pykka.Actor)\n", "import typedactors\na.pykka, f(pykka=typedactors.Actor)\n"),
        ("import pykkax\npykkax.y\n", "import pykkax\npykkax.y\n"),
        # The name is more than the import: it stays, and means the new package.
        (
            "try:\n    import pykka\nexcept ImportError:\n    pykka = None\nprint(pykka)\n",
            "try:\n    import typedactors as pykka\nexcept ImportError:\n    pykka = None\nprint(pykka)\n",
        ),
        ("import pykka\ntypedactors = 1\npykka.Actor\n", "import typedactors as pykka\ntypedactors = 1\npykka.Actor\n"),
        (
            "import pykka.debug\ndef f(pykka): return pykka.x\n",
            "import typedactors.debug, typedactors as pykka\ndef f(pykka): return pykka.x\n",
        ),
        ("from pykka.gevent import GeventActor\n", "from typedactors.gevent import GeventActor\n"),
        ("import pykka.eventlet\n", "import typedactors.eventlet\n"),
        # Older homes of public names.
        ("from pykka.registry import ActorRegistry\n", "from typedactors import ActorRegistry\n"),
        # Formatting, comments, tabs and odd line ends stay as they are.
        (
            "# first\nfrom pykka import (  # a\n\tFuture,  # b\n\n\tActor\t, # c\n)\r\nx = [ 1,2 ]\n",
            "# first\nfrom typedactors import (  # a\n\tFuture,  # b\n\n\tActor\t, # c\n)\r\nx = [ 1,2 ]\n",
        ),
        ("import pykka; x = 1;\npykka . Actor", "import typedactors; x = 1;\ntypedactors . Actor"),
    ],
)
def test_what_is_here_is_renamed(rewrite: Rewrite, before: str, after: str) -> None:
    assert rewrite(before) == (after, [])


def test_a_star_brings_what_pykka_has_and_no_more(rewrite: Rewrite) -> None:
    text, remarks = rewrite("from pykka import *\n")

    assert text == f"from typedactors import {', '.join(names.PUBLIC)}\n"
    assert remarks == []


@pytest.mark.parametrize(
    ("before", "after", "remark"),
    [
        (
            "import pykka\npykka.Actor\npykka.__version__\n",
            "import pykka, typedactors\ntypedactors.Actor\npykka.__version__\n",
            "3: warning: pykka.__version__: it is the version of Pykka",
        ),
        (
            "from pykka import (\n    Actor,  # one\n    GeventActor,  # two\n)  # three\n",
            "from typedactors import (\n    Actor,  # one\n)  # three\n"
            "from pykka import (\n    GeventActor,  # two\n)\n",
            "1: warning: from pykka import GeventActor: it is in typedactors.gevent",
        ),
        (
            "import pykka._envelope\n",
            "import pykka._envelope\n",
            "1: warning: import pykka._envelope: it is private in Pykka, and not here",
        ),
        (
            "from pykka._envelope import Envelope\n",
            "from pykka._envelope import Envelope\n",
            "1: warning: from pykka._envelope import Envelope: it is private in Pykka, and not here",
        ),
        (
            "import pykka\nx: 'pykka.GeventActor'\n",
            "import pykka\nx: 'pykka.GeventActor'\n",
            "2: warning: pykka.GeventActor: it is in typedactors.gevent",
        ),
    ],
)
def test_what_is_not_here_is_left_with_its_reason(rewrite: Rewrite, before: str, after: str, remark: str) -> None:
    text, remarks = rewrite(before)

    assert text == after
    assert len(remarks) == 1
    assert remarks[0].startswith(f"program.py:{remark}")


def test_the_name_stays_where_another_file_takes_it_from_this_one(code_base: CodeBase) -> None:
    code_base.write(
        {
            "app/__init__.py": "",
            "app/core.py": "import pykka\n\nActor = pykka.ThreadingActor\n",
            "app/other.py": "import pykka\n\nActor = pykka.ThreadingActor\n",
            "test_app.py": 'from unittest import mock\n\nmock.patch("app.core.pykka.ActorRegistry")\n',
        }
    )

    assert code_base.migrate().status == 0
    assert code_base.read("app/core.py") == "import typedactors as pykka\n\nActor = pykka.ThreadingActor\n"
    assert code_base.read("app/other.py") == "import typedactors\n\nActor = typedactors.ThreadingActor\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "latin-1"])
def test_the_encoding_of_a_file_stays(code_base: CodeBase, encoding: str) -> None:
    text = f"# -*- coding: {'utf-8' if encoding.startswith('utf') else encoding} -*-\r\nimport pykka  # é\r\n"
    (code_base.path / "program.py").write_bytes(text.encode(encoding))

    assert code_base.migrate().status == 0
    assert (code_base.path / "program.py").read_bytes() == text.replace("import pykka", "import typedactors").encode(
        encoding
    )


def test_the_tables_of_names_are_true_of_the_runtime() -> None:
    assert set(names.PUBLIC) <= set(typedactors.__all__)
    for submodule, exported in names.SUBMODULES.items():
        module = importlib.import_module(f"typedactors.{submodule}")
        assert [name for name in exported if not hasattr(module, name)] == []


IMPORTS = st.sampled_from(
    [
        "import pykka",
        "import pykka as p",
        "import pykka.debug, os",
        "from pykka import Actor, GeventActor",
        "from pykka import (Future as F,\n  get_all)",
        "from pykka.typing import proxy_field",
        "from pykka.gevent import GeventActor",
        "import typedactors",
        "pykka = None",
        "def f(pykka): return pykka.Actor",
        "pykka.Actor; pykka.gevent",
        "x: 'pykka.Future[pykka.Unknown]' = pykka",
        "class A(pykka.ThreadingActor):\n\timport pykka\n\ty = pykka.Actor",
        "del pykka",
        "print(pykka.debug.log_thread_tracebacks)",
    ]
)


@given(st.lists(IMPORTS, max_size=6), st.sampled_from(["\n", "\n\n# comment\n", "\r\n"]))
@settings(max_examples=30, deadline=None)
def test_a_second_run_changes_nothing_whatever_a_file_has(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], separator: str
) -> None:
    folder = tmp_path_factory.mktemp("idempotence")
    path = folder / "program.py"
    path.write_bytes(separator.join([*lines, ""]).encode())

    first = migrate([path], replace_classes=False)
    for file in first.files:
        file.path.write_bytes(file.content)
        ast.parse(file.content)
    second = migrate([path], replace_classes=False)

    assert second.files == ()
    if not any("pykka" in remark.message for remark in first.remarks):
        assert b"import pykka" not in path.read_bytes().replace(b"as pykka", b"")
