"""The generator of typed proxies: reads actor classes, writes ``.py`` and ``.pyi`` pairs.

The way through the package, each arrow an import that goes one way::

    cli -> pipeline -> config, targets        what is asked for
                    -> skeleton               what stands for the outputs before they exist
                    -> frontend               mypy and ast, gives the model
                    -> naming                 what each generated class is called
                    -> render                 model to text:
                         -> runtime_view, stub_view -> views, lineage, formatting
                         -> imports           local names and import lines
        -> writer, check                      text to files, or to a diff
        -> initialize -> inspection           the configuration for a package
    model, errors                             spoken by all of them

Users run ``typedactors generate``; the Python interface of this package is not public.
"""

from __future__ import annotations
