"""``python -m typedactors``: the same as the command ``typedactors``. Nothing imports it.

Imports `_command`.
"""

from __future__ import annotations

import sys

from typedactors._command import main

if __name__ == "__main__":
    sys.exit(main())
