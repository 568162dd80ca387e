"""What becomes of actors when the process is forked: in the child there are none.

Of all threads only the one that forks goes on in the child, so no actor does; not even one that forks itself, which
ends with the handler that it is in. The refs, proxies and futures that the child has inherited say so: a tell, an ask
or a wait for an answer that is still to come raises `ActorDeadError`. Messages in the mailboxes are left alone, since
the actors in the parent handle them. The registry is empty, and the child may start actors of its own.

Imports `_deadlock`, `_loop` and `_registry`.
"""

from __future__ import annotations

import os
import threading
from _thread import allocate_lock
from typing import TYPE_CHECKING

from typedactors import _deadlock
from typedactors._loop import ending
from typedactors._registry import ActorRegistry

if TYPE_CHECKING:
    from typedactors._mailbox import SendingEnd

__all__ = ["watch_forks"]


def watch_forks() -> None:
    """See to it that children of this process know that they have no actors. To be called once."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_disown_actors)


def _disown_actors() -> None:
    # A thread that is not here may have held one of these.
    ActorRegistry._lock = threading.RLock()
    _deadlock._confirmation = allocate_lock()
    refs = list(ActorRegistry._refs.values())
    ActorRegistry._refs.clear()
    ActorRegistry._snapshot = None
    mailboxes: dict[SendingEnd, None] = dict.fromkeys(ref._mailbox for ref in refs) | dict.fromkeys(ending)
    ending.clear()
    reason = f"it runs in the process {os.getppid()}, from which this one was forked"
    for mailbox in mailboxes:
        _deadlock.forked[mailbox.activity] = reason
        mailbox.disown(reason)
