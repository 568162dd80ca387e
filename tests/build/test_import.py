"""What typedactors brings into a program: what is used, what that needs, and nothing else."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import typedactors

# Each module of Python's that the runtime imports itself, with the reason. What these import is their own affair.
NEEDED = {
    "collections.abc": "the kinds of what users pass",
    "contextvars": "a message carries the context of its sender",
    "copyreg": "a reference can be pickled",
    "functools": "reduce",
    "itertools": "the numbers in the names of threads",
    "queue": "the exceptions Empty and Full, and the inbox",
    "sys": "",
    "threading": "an actor is a thread",
    "time": "deadlines",
    "types": "the type of coroutines",
    "typing": "generic classes",
    "weakref": "references that keep no actor alive",
}
# Modules of the runtime that a program imports by name, or the command does.
LATER = (
    "__main__",
    "_command",
    "asyncio",
    "debug",
    "eventlet",
    "gevent",
    "pactor",
    "process",
    "runtimes.asyncio",
    "runtimes.process",
    "typing",
)
# Costly, and of use to some programs only: these are imported when they are first used.
UNWANTED = (
    "asyncio",
    "ast",
    "logging",
    "concurrent",
    "dataclasses",
    "difflib",
    "dis",
    "importlib.metadata",
    "inspect",
    "pickle",
)
PROGRAM = """
import sys
{first}
before = set(sys.modules)
{then}
print("\\n".join(sorted(set(sys.modules) - before)))
"""


def imported(first: str, then: str) -> set[str]:
    """The modules that a second import adds to the first, in a fresh interpreter without `site`."""
    done = subprocess.run(
        # The environment's packages, without what its .pth files import.
        [sys.executable, "-S", "-c", PROGRAM.format(first=first, then=then)],
        env={"PYTHONPATH": ":".join(path for path in sys.path if path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


EVERYTHING = "from typedactors import *"


def test_the_import_of_the_package_alone_imports_nothing() -> None:
    assert imported("import sys", "import typedactors") == {"typedactors"}


def test_what_is_imported_is_what_is_used() -> None:
    errors = imported("import typing", "from typedactors import ActorDeadError")
    assert {name for name in errors if name.startswith("typedactors.")} == {"typedactors.exceptions"}

    threads = imported("import typing", "from typedactors import ThreadingActor")
    assert "typedactors.runtimes.threading" in threads
    assert "typedactors.runtimes.pool" not in threads


def test_everything_adds_nothing_but_itself_to_what_it_needs() -> None:
    added = imported("\n".join(f"import {name}" for name in NEEDED), EVERYTHING)

    others = {name for name in added if name.partition(".")[0] != "typedactors"}
    # Each of these is a part of one above that is loaded by itself: no module of its own.
    assert others <= {"__future__", "_contextvars", "_thread"}
    assert not added & {f"typedactors.{name}" for name in LATER}
    assert added >= {"typedactors", "typedactors.exceptions", "typedactors.messages", "typedactors.runtimes.threading"}


@pytest.mark.parametrize("name", UNWANTED)
def test_it_does_not_import_what_few_programs_need(name: str) -> None:
    assert name not in imported("pass", EVERYTHING)


def test_each_name_is_there_when_it_is_used_and_is_what_the_checkers_see() -> None:
    tree = ast.parse(Path(typedactors.__file__).read_text(encoding="utf-8"))
    declared = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module != "sys"
        for alias in node.names
    }

    assert sorted(declared) == sorted(typedactors.__all__)
    for name, home in declared.items():
        assert home is not None
        assert getattr(typedactors, name) is getattr(importlib.import_module(home), name)
    assert set(dir(typedactors)) >= {*typedactors.__all__, "exceptions", "messages", "runtimes"}


def test_the_modules_that_everybody_needs_are_there_without_an_import() -> None:
    used = "import typedactors; typedactors.messages.ProxyCall, typedactors.exceptions.Timeout, typedactors.runtimes"
    assert imported("import typing", used) >= {"typedactors.messages", "typedactors.exceptions", "typedactors.runtimes"}


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'typedactors' has no attribute 'ThreadedActor'"):
        getattr(typedactors, "ThreadedActor")  # noqa: B009 - a checker knows that it is not there
