"""Runs the Python blocks of one page, one after the other, in one module: a program of its own.

Each request is a line of JSON on standard input, each answer one on standard output. ``_session`` starts it. Imports
nothing of the folder.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import traceback
import types
from pathlib import Path
from typing import TextIO


def run(code: str, filename: str, line: int, module: types.ModuleType) -> dict[str, object]:
    """Run a block, with its own line numbers of the page; return what it printed and raised."""
    printed = io.StringIO()
    raised: str | None = None
    where = ""
    with contextlib.redirect_stdout(printed):
        try:
            program = compile("\n" * (line - 1) + code, filename, "exec", dont_inherit=True)
            exec(program, module.__dict__)
        except BaseException as exception:  # noqa: BLE001 - it is reported
            raised = "".join(traceback.format_exception_only(exception))
            where = "".join(traceback.format_exception(exception))
    return {"printed": printed.getvalue(), "raised": raised, "traceback": where}


def imported_files(project: Path) -> list[str]:
    """Which files of the project the blocks have imported."""
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return [Path(file).relative_to(project).as_posix() for file in files if file and Path(file).is_relative_to(project)]


def main() -> None:
    """Answer requests until there are no more; then stop the actors that are left."""
    # What a block writes past sys.stdout must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    with answers:
        answer_requests(answers)


def answer_requests(answers: TextIO) -> None:
    """Do what `main` says, once the streams are as they must be."""
    project = Path.cwd()
    sys.path.insert(0, str(project))
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    for text in sys.stdin:
        request = json.loads(text)
        answer = run(request["code"], request["filename"], request["line"], module)
        print(json.dumps(answer), file=answers, flush=True)
    import typedactors  # noqa: PLC0415 - a page without actors does not need it

    typedactors.ActorRegistry.stop_all(timeout=10)
    print(json.dumps(imported_files(project)), file=answers, flush=True)


if __name__ == "__main__":
    main()
