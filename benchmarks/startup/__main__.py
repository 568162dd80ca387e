"""Measures in processes of their own what a program of actors imports, beside what of Python that needs.

``python -m benchmarks.startup [--rounds N] [--modules]``. The least of all rounds counts: whatever else the machine
does only adds to the others. Processor time, so that waiting does not count.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Without a name of it, `import typedactors` imports next to nothing.
USED = "from typedactors import ThreadingActor"
# What any program of threads with type annotations imports anyway, and nothing that typedactors does not import.
NEEDED = "import contextvars, queue, threading, typing, weakref"
PROGRAM = """\
import sys, time
sys.path.insert(0, {root!r})
before = time.process_time()
{code}
print((time.process_time() - before) * 1000)
"""


def milliseconds(code: str, rounds: int) -> float:
    """The processor time that some imports take in a fresh interpreter."""
    program = PROGRAM.format(root=str(ROOT), code=code)
    # Without `site`, which may import anything.
    command = [sys.executable, "-S", "-E", "-c", program]
    runs = [subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(rounds)]
    return min(map(float, runs))


def own_modules() -> list[tuple[float, str]]:
    """How long each module takes by itself, the slowest first: `-X importtime`, the least of several runs."""
    best: dict[str, float] = {}
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); {USED}"
    for _ in range(5):
        done = subprocess.run(
            [sys.executable, "-S", "-E", "-X", "importtime", "-c", code], check=True, capture_output=True, text=True
        )
        for line in done.stderr.splitlines()[1:]:
            own, _total, name = line.removeprefix("import time:").split("|")
            best[name.strip()] = min(best.get(name.strip(), float("inf")), int(own) / 1000)
    return sorted(((time, name) for name, time in best.items()), reverse=True)


def main() -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.startup", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--modules", action="store_true", help="also show what each module takes by itself")
    options = parser.parse_args()
    python = milliseconds("pass", options.rounds)
    package = milliseconds("import typedactors", options.rounds) - python
    needed = milliseconds(NEEDED, options.rounds) - python
    total = milliseconds(USED, options.rounds) - python
    print(f"Python {sys.version.split()[0]}, the least of {options.rounds} runs, processor time")
    print(f"import typedactors                      {package:6.1f} ms over bare Python")
    print(f"{USED}  {total:6.1f} ms over bare Python")
    print(f"of which: Python's own modules          {needed:6.1f} ms, which such a program imports anyway")
    print(f"          the modules of typedactors    {total - needed:6.1f} ms")
    print(f"ratio to Python's own modules           {total / needed:6.2f}")
    if options.modules:
        for time, name in own_modules()[:20]:
            print(f"{time:8.2f} ms  {name}")


if __name__ == "__main__":
    main()
