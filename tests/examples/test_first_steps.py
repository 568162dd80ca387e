"""The first examples: one file each."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator
from typing import IO

import pytest

from tests.examples._runner import Runner, expected, normalised

PROJECT = "first_steps"


@pytest.mark.parametrize("program", ["plain_actor", "cooperation"])
def test_a_program_without_races_prints_exactly_what_is_recorded(runner: Runner, program: str) -> None:
    assert normalised(runner.run(PROJECT, f"{program}.py")) == expected(program)


def test_the_proxy_program_prints_the_threads_lines_in_order(runner: Runner) -> None:
    lines = runner.run(PROJECT, "actor_with_proxy.py").splitlines()
    main = [line for line in lines if line.startswith("MainThread: ")]
    assert "\n".join([*main, ""]) == expected("actor_with_proxy")
    # The actor's line may come at any time between the call and the result of the next call.
    assert len(lines) == len(main) + 3
    rounds = re.findall(r"calling proc\(\)(.*?)MainThread: the result", "\n".join(lines), flags=re.DOTALL)
    assert ["AnActor-1: this is proc()" in each for each in rounds] == [True, True, True]


@pytest.mark.parametrize(
    ("arguments", "recorded"),
    [([], "resolver"), (["3", "192.0.2.1", "192.0.2.2", "192.0.2.10"], "resolver_of_three")],
)
def test_the_resolver_resolves_all(runner: Runner, arguments: list[str], recorded: str) -> None:
    output = runner.run(PROJECT, "resolver.py", *arguments)
    # The pool's lines come in any order, and before the result.
    progress, bracket, result = output.partition("[")
    assert "".join(sorted(progress.splitlines(keepends=True))) + bracket + result == expected(recorded)


def test_the_resolver_can_ask_the_real_system(runner: Runner) -> None:
    # Whether this address has a name is up to the machine; no network is asked for it.
    output = runner.run(PROJECT, "resolver.py", "--dns", "1", "127.0.0.1")
    assert re.fullmatch(
        r"(Finished resolving 127\.0\.0\.1\n\[\('127\.0\.0\.1', '.+'\)\]|"
        r"Failed resolving 127\.0\.0\.1\n\[\('127\.0\.0\.1', None\)\])\n",
        output,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the example is about a signal that Windows does not have")
def test_the_deadlock_is_named_and_a_signal_shows_where_the_threads_are(runner: Runner) -> None:
    process = runner.start(PROJECT, "deadlock_debugging.py")
    try:
        output = "".join(lines_until(process.stdout, r"2\) kill"))
        errors = "".join(lines_until(process.stderr, "DEBUG:root:wait_for"))
        process.send_signal(signal.SIGUSR1)
        # One for each of the three actors, and one for the main thread.
        errors += "".join(line for _ in range(4) for line in lines_until(process.stderr, "CRITICAL"))
        process.send_signal(signal.SIGTERM)
        rest_of_output, rest_of_errors = process.communicate()
    finally:
        process.kill()
        process.communicate()
    output = normalised(output + rest_of_output, [(str(process.pid), "PID")])
    errors = normalised(errors + rest_of_errors)
    assert process.returncode == 0, errors
    assert output == expected("deadlock_debugging")
    assert without_details(errors) == expected("deadlock_debugging_log")
    assert re.search(r"Current state of Waiter-3 ((?!CRITICAL)[\s\S])* in wait_for\n", errors)


def lines_until(stream: IO[str] | None, pattern: str) -> Iterator[str]:
    """Read lines up to the first that matches; the test's own timeout is the limit."""
    assert stream is not None
    for line in stream:
        yield line
        if re.match(pattern, line):
            return
    raise AssertionError(f"the process ended without a line that begins with {pattern!r}")


def without_details(log: str) -> str:
    """Return the log's own lines, without tracebacks, and those that threads write in any order sorted."""
    lines = [
        re.sub(r" \(ident: \d+\)", "", line)
        for line in log.splitlines(keepends=True)
        if re.match(r"(DEBUG|INFO|WARNING|ERROR|CRITICAL):", line)
    ]
    return "".join(sorted(lines))
