"""What `import typedactors` brings into a program: what it needs, and nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest

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
    "uuid": "the URN of an actor",
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


def test_it_adds_nothing_but_itself_to_what_it_needs() -> None:
    added = imported("\n".join(f"import {name}" for name in NEEDED), "import typedactors")

    others = {name for name in added if name.partition(".")[0] != "typedactors"}
    # Each of these is a part of one above that is loaded by itself: no module of its own.
    assert others <= {"__future__", "_contextvars", "_thread"}
    assert not added & {f"typedactors.{name}" for name in LATER}
    assert added >= {"typedactors", "typedactors.exceptions", "typedactors.messages", "typedactors.runtimes.threading"}


@pytest.mark.parametrize("name", UNWANTED)
def test_it_does_not_import_what_few_programs_need(name: str) -> None:
    assert name not in imported("pass", "import typedactors")
