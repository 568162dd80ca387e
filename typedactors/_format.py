"""Which formats of generated code this version reads. ``typing`` imports it.

A format is a promise about what a generated module asks of this package: the names that it imports, and
what it calls them with. Its number changes when a module of the one before would no longer do.

Imports `exceptions`.
"""

from __future__ import annotations

from typedactors.exceptions import GeneratedFormatError

OLDEST, NEWEST = 1, 1


def proxy_format(number: int, module: str) -> None:
    """Say in which format a generated module is written; generated modules call it when they are imported.

    Args:
        number: the format.
        module: the module's name.

    Raises:
        GeneratedFormatError: this version of typedactors does not read the format.
    """
    if OLDEST <= number <= NEWEST:
        return
    read = f"format {NEWEST}" if OLDEST == NEWEST else f"the formats {OLDEST} to {NEWEST}"
    remedy = 'run "typedactors generate"'
    if number > NEWEST:
        remedy = f"install the typedactors that generated it, or a newer one; or, to stay with this one, {remedy}"
    raise GeneratedFormatError(
        f"the module {module} is generated code of format {number}, and this typedactors reads {read}: {remedy}",
        name=module,
    )
