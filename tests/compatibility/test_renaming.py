"""The renaming changes what it must, and nothing else."""

from __future__ import annotations

import pytest

from tests.compatibility.renaming import rename_everywhere, rename_imports


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import pykka\n", "import typedactors as pykka\n"),
        ("import os, pykka  # both\n", "import os; import typedactors as pykka  # both\n"),
        ("import pykka as p\n", "import typedactors as p\n"),
        ("import pykka.debug\n", "import typedactors.debug; import typedactors as pykka\n"),
        ("import pykka.debug as d\n", "import typedactors.debug as d\n"),
        ("from pykka import Actor\n", "from typedactors import Actor\n"),
        ("from pykka.typing import (\n    proxy_field,\n)\n", "from typedactors.typing import proxy_field\n\n\n"),
        ("if True:\n    from pykka import Actor\n", "if True:\n    from typedactors import Actor\n"),
        ('log = logging.getLogger("pykka")\n', 'log = logging.getLogger("typedactors")\n'),
        ('log = logging.getLogger("pykka._actor")\n', 'log = logging.getLogger("typedactors._actor")\n'),
        ('"é"; import pykka\n', '"é"; import typedactors as pykka\n'),
    ],
)
def test_imports_and_logger_names_are_renamed(before: str, after: str) -> None:
    assert rename_imports(before) == after


@pytest.mark.parametrize(
    "source",
    [
        "import pykkala\n",
        "from .pykka import Actor\n",
        "from pykka_tools import Actor\n",
        'text = "import pykka"  # import pykka\n',
        "class A(pykka.Actor):\n    pykka_traversable = True\n",
        'log = logging.getLogger("pykkala")\n',
    ],
)
def test_nothing_but_imports_and_logger_names_is_renamed(source: str) -> None:
    assert rename_imports(source) == source


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import pykka.debug", "import typedactors.debug"),
        ("@pykka.traversable", "@typedactors.traversable"),
        ('__slots__ = ["pykka_traversable"]', '__slots__ = ["typedactors_traversable"]'),
        ('"<pykka.Future>"  # of pykka', '"<typedactors.Future>"  # of typedactors'),
        ("def test_named_after_pykka_actor(): PykkaHandler(pykkala)", None),
    ],
)
def test_every_word_is_renamed(before: str, after: str | None) -> None:
    assert rename_everywhere(before) == (before if after is None else after)
