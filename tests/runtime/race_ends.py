"""The ends that askers and tellers are raced against.

Each is brought about with what every library like Pykka has.
"""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from tests.runtime.race import LIMIT, End


def _by_two_at_once(_library: Any, ref: Any) -> object:  # any library's ref
    second = threading.Thread(target=lambda: ref.stop(timeout=LIMIT), daemon=True)
    second.start()
    stopped = ref.stop(timeout=LIMIT)
    second.join(LIMIT)
    return stopped


ENDS = [
    End("stop, not waited for", lambda _library, ref: ref.stop(block=False)),
    End("stop, waited for", lambda _library, ref: ref.stop(timeout=LIMIT)),
    End("stop, by two at once", _by_two_at_once),
    End("the actor's own stop", lambda _library, ref: ref.proxy().end_itself.defer()),
    End("the proxy's stop", lambda _library, ref: ref.proxy().stop()),
    End("stop_all", lambda library, _ref: library.ActorRegistry.stop_all(block=False)),
    End("stop_all, waited for", lambda library, _ref: library.ActorRegistry.stop_all(timeout=LIMIT)),
    End("crash", lambda _library, ref: ref.tell(ValueError("told to fail"))),
    End("SystemExit, told", lambda _library, ref: ref.tell(SystemExit(3))),
    End("SystemExit, asked", lambda _library, ref: ref.ask(SystemExit(3), block=False)),
    End("KeyboardInterrupt, told", lambda _library, ref: ref.tell(KeyboardInterrupt())),
    End("KeyboardInterrupt, asked", lambda _library, ref: ref.ask(KeyboardInterrupt(), block=False)),
    End("CancelledError, told", lambda _library, ref: ref.tell(asyncio.CancelledError())),
    End("CancelledError, asked", lambda _library, ref: ref.ask(asyncio.CancelledError(), block=False)),
    End("on_start fails", in_on_start=OSError("no such device")),
    End("on_start raises SystemExit", in_on_start=SystemExit(3)),
    End("stop, with a backlog", lambda _library, ref: ref.stop(block=False), held=True),
    End("crash, with a backlog", lambda _library, ref: ref.tell(ValueError("told to fail")), held=True),
    End("SystemExit, with a backlog", lambda _library, ref: ref.ask(SystemExit(3), block=False), held=True),
]
