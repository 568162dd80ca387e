"""What is used of Ray. The type checkers need not have Ray, whose own types say little.

Imports nothing of the package.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["CloudPickler", "errors", "exit_actor", "ray"]

# Any: modules and classes of Ray's, see above.
ray: Any = import_module("ray")
errors: Any = import_module("ray.exceptions")
CloudPickler: Any = import_module("ray.cloudpickle").CloudPickler
exit_actor: Any = import_module("ray.actor").exit_actor
