"""The entry point: ``python -m benchmarks.runtimes``. Measures, prints the ratios, writes its section of the page."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.runtime import machine, store
from benchmarks.runtime.results import Results
from benchmarks.runtimes import environments, page
from benchmarks.runtimes.contenders import CONTENDERS
from benchmarks.runtimes.measure import FULL, ROOT, SHORT, measure


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m benchmarks.runtimes", description=__doc__)
    parser.add_argument(
        "--short",
        action="store_true",
        help="a quick run without peers, which downloads nothing, to see that all works; its figures mean nothing",
    )
    parser.add_argument("--contenders", nargs="+", choices=CONTENDERS, metavar="NAME", help="whom to compare")
    parser.add_argument("--environments", type=Path, metavar="FOLDER", help="install the peers here, and keep them")
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep the samples in this file, which pyperf reads")
    parser.add_argument("--page", action="store_true", help="write the section of docs/site/benchmarks.md")
    options = parser.parse_args(arguments)
    if options.page and options.short:
        parser.error("the figures of a short run are not for the page")
    everybody = [name for name, entry in CONTENDERS.items() if entry.is_own or not options.short]
    names: list[str] = options.contenders or everybody
    with tempfile.TemporaryDirectory() as folder:
        paths = environments.install(names, options.environments or Path(folder))
        target: Path = options.save or Path(folder) / "run.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        store.save(target, measure(names, paths, SHORT if options.short else FULL), machine.facts())
        run = Results(target)
        print(page.text(run))
        if options.page:
            page.write(run, ROOT / "docs" / "site")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
