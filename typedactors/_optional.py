"""Runtimes that need a library which may not be installed: it is looked for when an actor starts.

Imports nothing of the package.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from types import ModuleType

    from typedactors._runtime import LocalRuntime

__all__ = ["load", "optional_runtime"]


def load(name: str) -> ModuleType:
    """Return the module of a runtime.

    Args:
        name: of the runtime, of the library that it needs, and of the extra that installs it.

    Raises:
        ModuleNotFoundError: the library is not installed; it says how to install it.
    """
    if find_spec(name) is None:
        raise ModuleNotFoundError(
            f"actors on {name} need {name}, which is not installed. Run: python -m pip install 'typedactors[{name}]'",
            name=name,
        )
    return import_module(f"typedactors.runtimes.{name}")


def optional_runtime(name: str) -> LocalRuntime:
    """Return a runtime whose library is asked for when the first actor starts.

    Args:
        name: see `load`; the module has the runtime as ``RUNTIME``.
    """
    return cast("LocalRuntime", _Deferred(name))  # it has whatever the runtime has


class _Deferred:
    """Stands for a runtime until it is needed."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:  # of the runtime
        # A runtime's are all public. Others look for marks of theirs on whatever a class has, before any actor starts.
        if attribute.startswith("_"):
            raise AttributeError(f"the runtime of {self._name} has no {attribute!r}", name=attribute, obj=self)
        found = getattr(load(self._name).RUNTIME, attribute)
        setattr(self, attribute, found)  # so that it is looked for once
        return found
