"""What is used of Ray. The type checkers need not have Ray, whose own types say little.

Imports nothing of the package.
"""

from __future__ import annotations

import weakref
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CloudPickler", "errors", "exit_actor", "ray", "when_left"]

# Any: modules and classes of Ray's, see above.
ray: Any = import_module("ray")
errors: Any = import_module("ray.exceptions")
CloudPickler: Any = import_module("ray.cloudpickle").CloudPickler
exit_actor: Any = import_module("ray.actor").exit_actor


def when_left(func: Callable[[], None]) -> None:
    """Have ``func`` called when this program leaves the cluster, by ``ray.shutdown()``.

    Ray forgets then who waits for what, and says so to nobody. But it drops this object of its own. A release that has
    it not works as well, but for this.
    """
    try:
        dropped: Any = import_module("ray._private.worker").global_worker.function_actor_manager
    except (ImportError, AttributeError):
        return
    weakref.finalize(dropped, func).atexit = False
