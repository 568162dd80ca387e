"""A program whose main thread ends at once, and whose actor is asked, told and ended after that."""

from __future__ import annotations

import json
import logging
import sys
import threading
from typing import Any

from tests.runtime.race import race_against
from tests.runtime.race_ends import ENDS


def main(library: Any, name: str) -> None:  # any library like Pykka
    """Race against an end, when the main thread has ended; print the counts as JSON."""
    (end,) = (end for end in ENDS if end.name == name)
    logging.getLogger(library.__name__).setLevel(logging.CRITICAL + 1)
    all_started = threading.Event()

    def wait_for_the_end_of_the_main_thread() -> None:
        all_started.set()
        threading.main_thread().join()

    def run() -> None:
        # No thread can be started after the end of the main thread, so that all are before it.
        tally = race_against(library, end, after=100, before=wait_for_the_end_of_the_main_thread)
        counts = {
            "asks": tally.asks,
            "faults": tally.faults,
            "after the end of the main thread": not threading.main_thread().is_alive(),
        }
        sys.stdout.write(json.dumps(counts) + "\n")

    threading.Thread(target=run, name="the race").start()
    all_started.wait()
