"""Renames a program written for Pykka to typedactors, in the two ways that people do it.

Imported by ``pykka_suite`` and by its own test.
"""

from __future__ import annotations

import re

from tests.corpus._imports import NEW, OLD, map_imports

_LOGGER = re.compile(rf"""(getLogger\(\s*["']){OLD}(?=["'.])""")


def rename_imports(source: str) -> str:
    """Rename only import lines and the logger's name: what the documentation says is enough.

    The name ``pykka`` stays bound, to the renamed package, so that the rest of the program is as it was.
    """
    return _LOGGER.sub(rf"\1{NEW}", map_imports(source))


def rename_everywhere(source: str) -> str:
    """Rename each word ``pykka``, also as the first part of a longer name, as a search-and-replace over a project does.

    Strings and comments are renamed too, and so is the marker ``pykka_traversable``.
    """
    return re.sub(rf"\b{OLD}(?=\b|_)", NEW, source)
