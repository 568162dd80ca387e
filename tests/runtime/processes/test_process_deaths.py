"""What happens when a process dies: everybody hears of it, and nothing is left behind."""

from __future__ import annotations

import multiprocessing
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.runtime.processes.actors import Counter, CounterProxy
from tests.runtime.support import LIMIT, Beside, wait_until
from typedactors import ActorDeadError, ActorRegistry
from typedactors.process import when_process_ended
from typedactors.runtimes.process.child import _is_dead
from typedactors.runtimes.process.link import Link
from typedactors.runtimes.process.node import current_node

ROOT = Path(__file__).parents[3]


@contextmanager
def watched(process_id: int) -> Generator[int]:
    """Yield a descriptor that becomes readable when the process ends."""
    descriptor = os.pidfd_open(process_id)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def ends(descriptor: int) -> bool:
    """Wait for the end of a watched process; False if it does not come."""
    return bool(select.select([descriptor], [], [], LIMIT)[0])


def test_a_link_that_is_cut_before_it_has_connected_ends() -> None:
    """As that of a start whose arguments cannot be sent: its process would stay, and the program wait for it."""
    ours, theirs = socket.socketpair()
    ended: list[bool] = []
    link = Link("nobody")
    link.close()
    link.run(lambda: ours, lambda kind, number, payload: None, lambda: ended.append(True))
    assert ended
    with theirs:
        assert theirs.recv(1) == b""


def test_whoever_sees_the_end_of_an_actor_does_not_find_it_in_the_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    ref = Counter.start()
    event = ref.actor_stopped
    found: list[object] = []
    set_it = event.set

    def look_and_set() -> None:
        found.append(ActorRegistry.get_by_urn(ref.actor_urn))
        set_it()

    monkeypatch.setattr(event, "set", look_and_set)
    ref.stop(timeout=LIMIT)
    assert event.wait(LIMIT)
    # The actor tells its end, and its process's end, which may have been seen already, tells it again.
    assert set(found) == {None}


def test_when_a_process_is_killed_every_pending_future_fails_and_the_rest_goes_on(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    victim, witness = Counter.start().proxy(CounterProxy), Counter.start().proxy(CounterProxy)
    process_id = victim.process_id().get(timeout=LIMIT)
    # The sibling waits for the victim too.
    asked = witness.call_other(victim, 1).get(timeout=LIMIT)
    assert asked == 1
    pending = [victim.hang(str(pipe)), *(victim.add() for _ in range(100))]
    assert pipe.read_text(encoding="utf-8") == "it hangs"  # or else the sibling's call might be handled before
    through_sibling = witness.call_other(victim, 1)

    with watched(process_id) as descriptor:
        os.kill(process_id, signal.SIGKILL)
        assert ends(descriptor)

    for future in [*pending, through_sibling]:
        with pytest.raises(ActorDeadError):
            future.get(timeout=LIMIT)
    assert victim.actor_ref.actor_stopped.wait(LIMIT)
    assert not victim.actor_ref.is_alive()
    assert ActorRegistry.get_all() == [witness.actor_ref]
    assert witness.add().get(timeout=LIMIT) == 1


def test_an_actor_that_ends_its_process_fails_the_call() -> None:
    counter = Counter.start().proxy(CounterProxy)
    with pytest.raises(ActorDeadError, match="its process ended before the answer came"):
        counter.leave().get(timeout=LIMIT)


PARENT = """
import sys
from tests.runtime.processes.actors import Counter, CounterProxy, Forgetful

if __name__ == "__main__":
    if sys.argv[1] == "daemon":
        print(Forgetful.start().proxy(CounterProxy).process_id().get(), flush=True)
        sys.stdin.readline()  # until the actor's process is watched
    else:
        idle, busy = Counter.start().proxy(CounterProxy), Counter.start().proxy(CounterProxy)
        print(idle.process_id().get(), busy.process_id().get(), flush=True)
        busy.hang()
        sys.stdin.read()
"""


def parent(directory: Path, kind: str) -> subprocess.Popen[str]:
    """Start a program that has process actors, and prints the numbers of their processes."""
    program = directory / "parent.py"
    program.write_text(PARENT)
    return subprocess.Popen(
        [sys.executable, str(program), kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), "TMPDIR": str(directory)},
    )


def test_when_the_parent_is_killed_its_children_leave_and_take_their_sockets_along(tmp_path: Path) -> None:
    with parent(tmp_path, "orphans") as program:
        assert program.stdout is not None
        idle, busy = map(int, program.stdout.readline().split())
        with watched(idle) as idle_descriptor, watched(busy) as busy_descriptor:
            program.kill()
            assert ends(idle_descriptor)
            assert ends(busy_descriptor), "a busy orphan is cut off after the grace period"
    assert list(tmp_path.glob("typedactors-*")) == []


@contextmanager
def listening(directory: Path) -> Generator[tuple[str, socket.socket]]:
    """Give an address, and the socket that listens there."""
    address = str(directory / "socket")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        yield address, listener


def test_a_parent_that_ceases_to_listen_after_its_links_have_ended_is_dead(tmp_path: Path) -> None:
    with listening(tmp_path) as (address, listener):
        asking = Beside(lambda: _is_dead(address))
        assert select.select([listener], [], [], LIMIT)[0], "nobody asks"
        listener.close()
        assert asking.result() is True


def test_a_parent_that_begins_with_the_handshake_is_not_dead(tmp_path: Path) -> None:
    with listening(tmp_path) as (address, listener):
        asking = Beside(lambda: _is_dead(address))
        with listener.accept()[0] as connection:
            connection.sendall(b"a challenge")
            assert asking.result() is False


def test_a_parent_whose_socket_was_removed_is_left_to_who_removed_it(tmp_path: Path) -> None:
    assert _is_dead(str(tmp_path / "socket")) is False


def test_a_daemon_actor_ends_with_the_program_that_started_it(tmp_path: Path) -> None:
    with parent(tmp_path, "daemon") as program:
        assert program.stdout is not None
        assert program.stdin is not None
        with watched(int(program.stdout.readline())) as descriptor:
            program.stdin.write("\n")
            program.stdin.flush()
            assert program.wait(LIMIT) == 0
            assert ends(descriptor)
    assert list(tmp_path.glob("typedactors-*")) == []


def start_and_stop() -> None:
    ref = Counter.start()
    ended = threading.Event()
    when_process_ended(ref, ended.set)
    ref.stop(timeout=LIMIT)
    assert ended.wait(LIMIT)


def server() -> Path:
    """Return the folder that the system shows of the process from which those of actors are forked."""
    ref = Counter.start()
    process_id = ref.proxy(CounterProxy).process_id().get(timeout=LIMIT)
    status = Path(f"/proc/{process_id}/status").read_text()
    ref.stop(timeout=LIMIT)
    return Path("/proc", status.partition("PPid:")[2].split()[0])


def children(process: Path) -> set[str]:
    """Return the children of a process, those among them that nobody has reaped too."""
    return set((process / "task" / process.name / "children").read_text().split())


@pytest.mark.parametrize("starts", [20, pytest.param(1000, marks=[pytest.mark.soak, pytest.mark.timeout(600)])])
def test_nothing_is_left_of_those_that_have_stopped(starts: int) -> None:
    forker = server()
    start_and_stop()  # what is made once
    wait_until(lambda: not multiprocessing.active_children())
    descriptors, threads = len(os.listdir("/proc/self/fd")), threading.active_count()
    of_forker, siblings = len(os.listdir(forker / "fd")), children(forker)
    directory = current_node().directory
    for _ in range(starts):
        start_and_stop()

    # The thread of the last one's link has still to end.
    wait_until(lambda: threading.active_count() <= threads)
    wait_until(lambda: len(os.listdir("/proc/self/fd")) <= descriptors)
    assert multiprocessing.active_children() == []
    # It closes what it has of a process after it has told its end.
    wait_until(lambda: len(os.listdir(forker / "fd")) <= of_forker)
    assert children(forker) <= siblings
    assert [path.name for path in directory.iterdir()] == ["0"]
