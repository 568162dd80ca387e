"""Help for finding out why a program stands still."""

from __future__ import annotations

import logging
import signal
import threading

import pytest

from tests.runtime.support import Beside, Gate, Gated, handled_signal, signal_main_thread
from typedactors import ThreadingFuture
from typedactors.debug import log_thread_tracebacks


def reports(caplog: pytest.LogCaptureFixture) -> dict[str, str]:
    """Return what was logged at the level of the debug helpers, by the thread's name."""
    found: dict[str, str] = {}
    for record in caplog.records:
        if record.levelno == logging.CRITICAL:
            assert record.name == "typedactors"
            text = record.getMessage()
            assert text.startswith("Current state of ")
            found[text.removeprefix("Current state of ").partition(" (ident: ")[0]] = text
    return found


def test_each_threads_place_is_logged(caplog: pytest.LogCaptureFixture, gate: Gate) -> None:
    Gated.start(gate).proxy().hold()
    gate.wait_until_entered()
    log_thread_tracebacks()
    gate.open()

    logged = reports(caplog)
    (of_actor,) = (text for name, text in logged.items() if name.startswith("Gated-"))
    assert "in pass_through" in of_actor
    assert "test_each_threads_place_is_logged" in logged["MainThread"]


def test_any_arguments_are_taken() -> None:
    log_thread_tracebacks(1, "two", three=3)


def test_it_is_a_signal_handler_that_works_while_the_main_thread_waits(caplog: pytest.LogCaptureFixture) -> None:
    future: ThreadingFuture[str] = ThreadingFuture()
    logged = threading.Event()

    def handler(*args: object) -> None:
        log_thread_tracebacks(*args)
        logged.set()

    def interrupt_and_settle() -> None:
        signal_main_thread(signal.SIGUSR1, logged)
        future.set("arrived")

    with handled_signal(handler):
        helper = Beside(interrupt_and_settle)
        assert future.get() == "arrived"
        helper.result()

    assert "MainThread" in reports(caplog)
