"""No hot path costs several times what it costs above the floor: what is written in C and cannot be counted.

What is compared is the time that the processor works for this process, and of several samples, taken in turns, the
least: what else the machine does changes it little. The limits are about twice what is measured.
"""

from __future__ import annotations

import queue
from time import process_time

import pytest

from benchmarks.libraries import THREADS
from benchmarks.runtime import floor, messages
from benchmarks.runtime.actors import declared_proxy
from benchmarks.runtime.row import Sample
from typedactors import ThreadingActor

pytestmark = pytest.mark.usefixtures("without_greenlets")

SAMPLES = 7

OURS: dict[str, tuple[Sample, Sample, int, float]] = {
    "ask": (messages.ask(THREADS), floor.ask, 500, 4),
    "call": (messages.through(declared_proxy, messages.call)(THREADS), floor.call, 500, 4),
    # So many that a mailbox with a lock is contended; see `messages.PATIENCE`.
    "tell": (messages.tell(THREADS), floor.tell, 20_000, 12),
    "four senders": (messages.tell_from(4)(THREADS), floor.tell_from(4), 10_000, 10),
    "pipelined ask": (messages.pipeline(3000)(THREADS), floor.pipeline(3000), 3000, 8),
    "future": (messages.settle(THREADS), floor.settle, 10_000, 4),
}


def processor_time(sample: Sample, loops: int) -> float:
    started = process_time()
    sample(loops)
    return process_time() - started


@pytest.mark.parametrize("name", OURS)
def test_a_hot_path_is_not_far_above_the_floor(name: str) -> None:
    ours, bare, loops, limit = OURS[name]
    pairs = [(processor_time(ours, loops), processor_time(bare, loops)) for _ in range(SAMPLES)]
    own, least = (min(times) for times in zip(*pairs, strict=True))
    assert own / least < limit


def test_a_slow_mailbox_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def make_queue(runtime: object) -> queue.Queue[object]:
        return queue.Queue()

    monkeypatch.setattr(type(ThreadingActor._typedactors_runtime), "make_queue", make_queue)
    with pytest.raises(AssertionError):
        test_a_hot_path_is_not_far_above_the_floor("tell")
