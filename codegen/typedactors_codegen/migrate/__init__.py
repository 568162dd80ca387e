"""``typedactors migrate``: rewrites a code base that was written for Pykka.

The way through the package, each arrow an import that goes one way::

    command -> run -> proxies, casts       what XProxy is, and where it is asked for
                   -> generation           the generator over the rewritten sources, in a copy
                   -> configuration        the line in pyproject.toml
                   -> imports, strings     one file at a time
                   -> handwritten -> index      what all files together define and import
                   -> editing -> sources, names, report

Text is rewritten with LibCST, so that all that is not rewritten stays as it is, byte for byte; questions
about the code are answered with ``ast``, and questions about types by the generator itself.
"""

from __future__ import annotations
