"""The loggers of the package, which import `logging` when there is something to log.

Importing it costs more than the rest of the package, and a program that has not imported it cannot
have asked for any of the messages that are of no interest otherwise.

What a program's logging handlers raise would come out of the midst of an actor's life. It goes where exceptions
of threads go that nobody catches; only in the main thread, where signal handlers raise too, to who logs.

Imports nothing of the package.
"""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import logging

__all__ = ["dead_letters", "logger"]


class _Logger:
    """Stands for a logger until it is needed.

    Args:
        name: the logger's.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._logger: logging.Logger | None = None

    def debug(self, text: str, *args: object) -> None:
        """See `logging.Logger.debug`."""
        self._log("debug", text, args, None)

    def info(self, text: str, *args: object, exc_info: bool = False) -> None:
        """See `logging.Logger.info`."""
        self._log("info", text, args, exc_info)

    def warning(self, text: str, *args: object) -> None:
        """See `logging.Logger.warning`."""
        self._log("warning", text, args, None)

    def error(self, text: str, *args: object, exc_info: BaseException | None = None) -> None:
        """See `logging.Logger.error`."""
        self._log("error", text, args, exc_info)

    def critical(self, text: str, *args: object) -> None:
        """See `logging.Logger.critical`."""
        self._log("critical", text, args, None)

    def exception(self, text: str, *args: object) -> None:
        """See `logging.Logger.exception`."""
        self._log("error", text, args, True)

    def _log(self, level: str, text: str, args: tuple[object, ...], exc_info: BaseException | bool | None) -> None:
        logger = self._logger
        if logger is None:
            if level in ("debug", "info") and "logging" not in sys.modules:
                return  # nobody has asked for it
            logger = self._logger = _get_logger(self._name)
        try:
            # Its methods are not kept: a program may have put others in their place, for a test.
            getattr(logger, level)(text, *args, exc_info=exc_info, stacklevel=3)
        except Exception as exception:
            current = threading.current_thread()
            if current is threading.main_thread():
                raise  # it may be a signal handler's, which is for whom it interrupts
            raised = type(exception), exception, exception.__traceback__
            threading.excepthook(threading.ExceptHookArgs((*raised, current)))


def _get_logger(name: str) -> logging.Logger:
    import logging  # noqa: PLC0415 - see the module's docstring

    package = logging.getLogger("typedactors")
    if not package.handlers:
        # A library's messages go nowhere unless the program says where to.
        package.addHandler(logging.NullHandler())
    return logging.getLogger(name)


logger = _Logger("typedactors")
dead_letters = _Logger("typedactors.dead_letters")
