"""A package with packages in it, relative imports and names that are exported again."""

from .devices import Lamp as Lamp
from .hub import Hub as Hub

__all__ = ["Hub", "Lamp"]
