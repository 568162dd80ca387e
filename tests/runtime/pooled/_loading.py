"""Loads a test module a second time, with `PooledActor` wherever it says `ThreadingActor`.

So whatever holds for an actor with a thread of its own is tested on the pool as well. What a thread of
one's own is needed for is left out by name, and nothing else.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.runtime import support, waiter

DIRECTORY = Path(__file__).resolve().parent.parent


def on_the_pool(module_name: str, *, without: tuple[str, ...] = ()) -> dict[str, Any]:  # tests, fixtures, ...
    """Return the names that a test module of the runtime defines when its actors are on the pool.

    Args:
        module_name: the module's, without its package.
        without: the tests that need an actor with a thread of its own, each with its reason beside it.

    Raises:
        LookupError: there is no such test to leave out.
    """
    sys.modules[support.__name__] = _pooled_support()
    sys.modules[waiter.__name__] = _load("waiter")
    try:
        names = vars(_load(module_name)).copy()
    finally:
        sys.modules[support.__name__] = support
        sys.modules[waiter.__name__] = waiter
    for name in without:
        class_name, _, method_name = name.rpartition(".")
        if class_name:
            delattr(names[class_name], method_name)
        elif names.pop(name, None) is None:
            raise LookupError(f"{module_name} has no {name}")
    return {name: value for name, value in names.items() if not name.startswith("__")}


def _pooled_support() -> ModuleType:
    pooled = _load("support")
    for name in ("Beside", "Gate"):  # the fixtures use these, and they are no actors
        setattr(pooled, name, getattr(support, name))
    return pooled


def _load(module_name: str) -> ModuleType:
    # By a name of its own, so that what is pickled is found again.
    full_name = f"tests.runtime.pooled.{module_name}_source"
    if full_name in sys.modules:
        return sys.modules[full_name]
    path = DIRECTORY / f"{module_name}.py"
    source = path.read_text(encoding="utf-8").replace("ThreadingActor", "PooledActor")
    module = ModuleType(full_name)
    module.__file__ = str(path)
    sys.modules[full_name] = module
    exec(compile(source, path, "exec"), vars(module))
    return module
