"""The loggers of the package, which import `logging` when there is something to log.

Importing it costs more than the rest of the package, and a program that has not imported it cannot
have asked for any of the messages that are of no interest otherwise.

Imports nothing of the package.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import logging

__all__ = ["dead_letters", "logger"]


class _Logger:
    """Stands for a logger until it is needed."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._logger: logging.Logger | None = None

    def __getattr__(self, attribute: str) -> Any:  # of the logger
        # Its methods are not kept: a program may have put others in their place, for a test.
        logger = self._logger
        if logger is None:
            if attribute in ("debug", "info") and "logging" not in sys.modules:
                return _ignore
            logger = self._logger = _get_logger(self._name)
        return getattr(logger, attribute)


def _ignore(*_args: object, **_kwargs: object) -> None:
    """Log nothing: nobody has asked for it."""


def _get_logger(name: str) -> logging.Logger:
    import logging  # noqa: PLC0415 - see the module's docstring

    package = logging.getLogger("typedactors")
    if not package.handlers:
        # A library's messages go nowhere unless the program says where to.
        package.addHandler(logging.NullHandler())
    return logging.getLogger(name)


# They have whatever the loggers have.
logger = cast("logging.Logger", _Logger("typedactors"))
dead_letters = cast("logging.Logger", _Logger("typedactors.dead_letters"))
