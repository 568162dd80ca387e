"""The console command's entry: hands over to the generator, or says how to install it.

Imported by ``__main__`` and by the console script alone. It is the one place of the runtime that knows
the generator, which comes with the extra ``codegen`` and its own dependencies.

Imports nothing of the package.
"""

from __future__ import annotations

import importlib.util
import sys

_NEEDED = ("typedactors_codegen", "click", "jinja2", "mypy", "tomlkit")


def main() -> int:
    """Run ``typedactors`` with the arguments of this process, and return its exit status.

    Returns:
        The generator's status, or 2 when the extra ``codegen`` is not installed.
    """
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        print(
            f"typedactors: error: the generator is not installed (missing: {', '.join(missing)})\n"
            '  hint: pip install "typedactors[codegen]"',
            file=sys.stderr,
        )
        return 2
    from typedactors_codegen.cli import main as generator_main  # noqa: PLC0415  # not there without the extra

    return generator_main()
