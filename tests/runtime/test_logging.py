"""What is logged, on which logger, and at which level."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from tests.runtime.support import LIMIT, Gate, Gated, Plain, run_python, wait_for, wait_for_end
from typedactors import ActorDeadError, ActorRef, ActorRegistry, ThreadingActor

LIBRARY = "typedactors"


@pytest.fixture(autouse=True)
def _everything(caplog: pytest.LogCaptureFixture) -> None:  # pyright: ignore[reportUnusedFunction]  # pytest calls it
    caplog.set_level(logging.DEBUG, LIBRARY)


def texts(caplog: pytest.LogCaptureFixture, level: int) -> list[str]:
    """Return what was logged at exactly this level."""
    return [record.getMessage() for record in caplog.records if record.levelno == level]


def end_of(ref: ActorRef[object]) -> None:
    """Wait until an actor has logged the last of its life."""
    ref.stop(timeout=LIMIT)


def test_all_is_logged_on_the_librarys_logger_or_one_below_it(caplog: pytest.LogCaptureFixture) -> None:
    ref = Plain.start()
    with pytest.raises(KeyError):
        ref.ask(KeyError("asked"), timeout=LIMIT)
    ref.tell(KeyError("told"))
    wait_for(ref.actor_stopped)
    end_of(ref)

    assert {record.name.partition(".")[0] for record in caplog.records} == {LIBRARY}


def test_debug_tells_of_starts_stops_and_registrations(caplog: pytest.LogCaptureFixture) -> None:
    ref = Plain.start()
    ref.stop(timeout=LIMIT)

    logged = texts(caplog, logging.DEBUG)
    assert [text for text in logged if str(ref) in text] == [
        f"Registered {ref}",
        f"Starting {ref}",
        f"Unregistered {ref}",
        f"Stopped {ref}",
    ]


def test_debug_tells_of_the_end_of_an_actor_that_failed_too(caplog: pytest.LogCaptureFixture) -> None:
    ref = Plain.start()
    ref.tell(KeyError("told"))
    wait_for(ref.actor_stopped)
    end_of(ref)

    assert {f"Unregistered {ref}", f"Stopped {ref}"} <= set(texts(caplog, logging.DEBUG))


def test_debug_tells_of_an_unregistration_of_a_stranger(caplog: pytest.LogCaptureFixture) -> None:
    ref = Plain().actor_ref
    ActorRegistry.unregister(ref)

    assert f"Unregistered {ref} (not found in registry)" in texts(caplog, logging.DEBUG)


@pytest.mark.parametrize("exception", [KeyError("asked"), SystemExit("asked"), KeyboardInterrupt("asked")])
def test_an_exception_that_an_asker_gets_is_logged_at_info_with_its_traceback(
    caplog: pytest.LogCaptureFixture, exception: BaseException
) -> None:
    ref = Plain.start()
    with pytest.raises(type(exception)):
        ref.ask(exception, timeout=LIMIT)
    end_of(ref)

    (record,) = (record for record in caplog.records if record.levelno == logging.INFO)
    assert record.getMessage() == f"Exception returned from {ref} to caller:"
    assert record.exc_info is not None
    assert record.exc_info[1] is exception
    assert texts(caplog, logging.ERROR) == []


@pytest.mark.parametrize("exception", [KeyError("told"), SystemExit("told")])
def test_an_exception_that_nobody_gets_is_logged_at_error_with_its_traceback(
    caplog: pytest.LogCaptureFixture, exception: BaseException
) -> None:
    ref = Plain.start()
    ref.tell(exception)
    wait_for(ref.actor_stopped)
    end_of(ref)

    (record,) = (record for record in caplog.records if record.levelno == logging.ERROR)
    assert record.getMessage() == f"Unhandled exception in {ref}:"
    assert record.exc_info is not None
    assert record.exc_info[1] is exception


@pytest.mark.parametrize("hook", ["on_start", "on_stop", "on_failure"])
def test_an_exception_of_a_hook_is_logged_at_error(caplog: pytest.LogCaptureFixture, hook: str) -> None:
    def fail(*_args: object) -> None:
        raise LookupError(f"{hook} fails")

    failing: Any = type("Failing", (Plain,), {hook: fail})
    ref: ActorRef[Plain] = failing.start()
    if hook == "on_failure":
        ref.tell(KeyError("told"))
        wait_for(ref.actor_stopped)
    end_of(ref)

    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert str(errors[-1].exc_info and errors[-1].exc_info[1]) == f"{hook} fails"
    assert len(errors) == (2 if hook == "on_failure" else 1)


def test_a_message_that_nobody_handles_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    class Deaf(ThreadingActor):
        pass

    ref = Deaf.start()
    ref.ask({"unhandled": "message"}, timeout=LIMIT)

    assert texts(caplog, logging.WARNING) == [f"Unexpected message received by {ref}: {{'unhandled': 'message'}}"]


def test_a_told_message_that_an_actor_leaves_unhandled_is_a_dead_letter(
    caplog: pytest.LogCaptureFixture, gate: Gate
) -> None:
    ref = Gated.start(gate)
    ref.proxy().hold.defer()
    gate.wait_until_entered()
    stopping = ref.stop(block=False)
    ref.tell("left behind")
    pending = ref.ask("an ask is answered", block=False)
    gate.open()
    stopping.get(timeout=LIMIT)

    letters = [record for record in caplog.records if record.name == f"{LIBRARY}.dead_letters"]
    assert [record.levelno for record in letters] == [logging.INFO]
    assert letters[0].getMessage() == f"{ref} stopped before handling the message: 'left behind'"
    with pytest.raises(ActorDeadError):
        pending.get(timeout=LIMIT)


def test_an_orderly_life_logs_nothing_above_debug(caplog: pytest.LogCaptureFixture) -> None:
    class Orderly(Plain):
        def work(self) -> None:
            pass

    ref = Orderly.start()
    ref.ask("question", timeout=LIMIT)
    ref.proxy().work().get(timeout=LIMIT)
    ref.proxy().stop().get(timeout=LIMIT)
    ref.stop(timeout=LIMIT)

    assert [record for record in caplog.records if record.levelno > logging.DEBUG] == []


def test_a_program_that_does_not_set_up_logging_sees_nothing() -> None:
    program = """
import typedactors
class Failing(typedactors.ThreadingActor):
    def on_receive(self, message): raise ValueError(message)
ref = Failing.start()
ref.tell("boom")
ref.actor_stopped.wait()
"""

    assert run_python("-c", program) == []


def test_a_handler_that_looks_at_the_threads_name_finds_the_actor(caplog: pytest.LogCaptureFixture) -> None:
    ref = Plain.start()
    ref.tell(KeyError("told"))
    wait_for(ref.actor_stopped)
    end_of(ref)

    (record,) = (record for record in caplog.records if record.levelno == logging.ERROR)
    assert record.threadName is not None
    assert record.threadName.startswith("Plain-")


def test_the_end_is_logged_before_the_thread_ends(caplog: pytest.LogCaptureFixture) -> None:
    import threading  # noqa: PLC0415 - here alone

    ref = Plain.start()
    (thread,) = (thread for thread in threading.enumerate() if thread.name.startswith("Plain-"))
    ref.stop(block=False)
    wait_for_end(thread)

    assert f"Stopped {ref}" in texts(caplog, logging.DEBUG)


def test_a_method_of_the_logger_may_be_replaced_and_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def logged_of_a_failure() -> int:
        ref = Plain.start()
        ref.tell(KeyError("told"))
        wait_for(ref.actor_stopped)
        end_of(ref)
        return len(replaced)

    def error(*args: object, exc_info: object, **_others: object) -> None:
        replaced.append((args, exc_info))

    replaced: list[object] = []
    with monkeypatch.context() as patch:
        patch.setattr(logging.getLogger(LIBRARY), "error", error)
        assert logged_of_a_failure() == 1
    assert logged_of_a_failure() == 1
