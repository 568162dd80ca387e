"""``python -m greenhouse``: run the simulated day and print its report."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from typedactors import ActorRegistry

from greenhouse.day import run_day
from greenhouse.station import Station


def main() -> None:
    """Run one day in a temporary directory."""
    with tempfile.TemporaryDirectory() as directory:
        try:
            station = Station(Path(directory))
            asyncio.run(run_day(station))
        finally:
            # The last started first: each can rely to its end on those that it was given. Without
            # this the program would not end, because the actors would wait for more to do.
            ActorRegistry.stop_all()
        lines = station.journal.read_text(encoding="utf-8").splitlines()
        print(f"The journal has {len(lines)} lines; its columns are: {lines[0]}")


if __name__ == "__main__":
    main()
