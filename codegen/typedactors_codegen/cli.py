"""The command ``typedactors``: how a process begins and ends, and what an error looks like.

``typedactors._command`` imports it; it imports the package ``commands``, which knows what there is to do.

Exit status: 0 all is well, 1 refused or drift, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import traceback
from collections.abc import Generator, Sequence
from typing import NoReturn

from typedactors_codegen import writer
from typedactors_codegen.commands import application, terminal
from typedactors_codegen.commands.findings import report_error
from typedactors_codegen.errors import CodegenError

# Windows has no SIGHUP.
_ENDING: set[int] = {getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)}
OK, REFUSED, USAGE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status; never raises, and prints what goes wrong.

    Without ``arguments``, those of the process are taken, which then ends here if mypy was loaded.
    """
    if arguments is not None:
        return _main(list(arguments))
    loaded_before = "mypy.build" in sys.modules
    gc.disable()  # the process ends before there is garbage worth looking for
    with _ends_as_if_interrupted():
        status = _main(sys.argv[1:])
    if "mypy.build" in sys.modules and not loaded_before:
        _leave(status)
    return status


@contextlib.contextmanager
def _ends_as_if_interrupted() -> Generator[None, None, None]:
    """Have a cancelled job or a closed terminal undo what is half done, as an interrupt does."""

    def interrupt(number: int, frame: object) -> NoReturn:
        raise KeyboardInterrupt

    # An ignored one, as under nohup, stays ignored.
    numbers = {number for number in _ENDING if signal.getsignal(number) is signal.SIG_DFL}
    with contextlib.suppress(ValueError):  # signals are the main thread's
        for number in numbers:
            signal.signal(number, interrupt)
    try:
        yield
    finally:
        with contextlib.suppress(ValueError):
            for number in numbers:
                signal.signal(number, signal.SIG_DFL)


def _leave(status: int) -> NoReturn:
    """End the process, as mypy's own command does: taking all its objects apart would take long."""
    for stream in (sys.stdout, sys.stderr):
        # It is None where the descriptor was closed, whatever its type says.
        with contextlib.suppress(OSError, AttributeError):
            stream.flush()
    os._exit(status)


def _main(words: list[str]) -> int:
    terminal.show_every_character(sys.stdout)
    show_traceback = "--traceback" in words
    watched = writer.Watched()
    try:
        status = application.run(words, watched)
        terminal.flush()
    except BrokenPipeError:
        # The reader, such as a pager, has seen enough.
        terminal.discard_output()
        return REFUSED
    except CodegenError as error:
        if show_traceback:
            traceback.print_exc()
        report_error(error)
        return error.exit_status
    except KeyboardInterrupt:
        terminal.report(f"interrupted: {watched.result()}")
        return INTERRUPTED
    except terminal.OutputError as error:
        terminal.discard_output()
        terminal.report(f"error: the standard output cannot be written: {error}; {watched.result()}")
        return REFUSED
    # A bug of ours, or of mypy, which raises SystemExit as well. The user gets one line.
    except (Exception, SystemExit) as error:  # noqa: BLE001
        if show_traceback:
            traceback.print_exc()
        text = " ".join(str(error).split()) or "no message"
        terminal.report(f"error: typedactors itself failed, {watched.result()}: {type(error).__name__}: {text}")
        if not show_traceback:
            terminal.report("  hint: this is a bug; run again with --traceback and report what it prints")
        return REFUSED
    return status
