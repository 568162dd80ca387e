"""Exports what a private module defines."""

from ._values import Mode as Mode
from ._values import Reading

__all__ = ["Mode", "Reading"]
