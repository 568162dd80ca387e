"""Programs of one Ray cluster: they find each other's actors, leave, and are let in by the token alone."""

from __future__ import annotations

import os
import re
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.runtime.ray_cluster import ROOT, RayCluster
from tests.runtime.rays.actors import Counter, Recorder
from typedactors.ray import Options, lookup

LIMIT = 30

pytestmark = [pytest.mark.ray, pytest.mark.filterwarnings("default"), pytest.mark.timeout(120)]

OTHER = """
import sys
from tests.runtime.rays.actors import Counter
from typedactors.ray import Options, lookup

print(lookup("hub", Counter).proxy().add(7).get(timeout=30))
Options(name="survivor", detached=True).start(Counter, 42)
Options(name="mortal").start(Counter)
print("ready", flush=True)
sys.stdin.read()  # waits for the test
"""


def test_another_program_finds_an_actor_and_leaves_a_detached_one(ray_cluster: RayCluster) -> None:
    hub = Options(name="hub").start(Counter, 1)
    with ray_cluster.start_program(OTHER) as running:
        assert running.stdout is not None
        # No line comes of a program that has failed, and the error of that is shown instead.
        printed = [running.stdout.readline(), running.stdout.readline()]
        mortal = lookup("mortal", Counter) if printed[1] else hub
        _, errors = running.communicate(timeout=50)
    assert (printed, running.returncode) == (["8\n", "ready\n"], 0), errors
    assert mortal.actor_stopped.wait(LIMIT)
    assert hub.proxy().count.get(timeout=LIMIT) == 8
    survivor = lookup("survivor", Counter)
    assert survivor.proxy().count.get(timeout=LIMIT) == 42
    with pytest.raises(TypeError, match="no Recorder"):
        lookup("survivor", Recorder)
    survivor.stop(timeout=LIMIT)
    hub.stop(timeout=LIMIT)


LEAVING = """
import ray
from tests.runtime.rays.actors import Counter
from typedactors import ActorDeadError
from typedactors.ray import Options, lookup

ray.init()
counter, stays = Counter.start(), Options(name="stays", detached=True).start(Counter, 3)
pending = counter.proxy().wait()
ray.shutdown()
for use in (pending.get, lambda: counter.ask("too late"), lambda: stays.tell("too late")):
    try:
        use()
    except ActorDeadError as error:
        print("dead")
        last = str(error)
# The others may be known to be dead for another reason: they end with this program.
print("this program has left the Ray cluster" in last)
print(ray.is_initialized())
ray.init()
found = lookup("stays", Counter)
print(stays.is_alive(), found == stays, found.proxy().count.get(timeout=30), found.stop(timeout=30))
"""


def test_a_program_that_leaves_the_cluster_is_told_and_may_come_back(ray_cluster: RayCluster) -> None:
    assert ray_cluster.run_program(LEAVING) == [*["dead"] * 3, "True", "False", "False True 3 True"]


def test_the_guide_moves_its_program_to_ray_by_one_line(ray_cluster: RayCluster) -> None:
    page = (ROOT / "docs" / "site" / "ray.md").read_text(encoding="utf-8")
    program, output, changed_line, names = re.findall(
        r"^```(?:python|text)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL
    )[:4]
    first_line, _, rest = program.partition("\n")
    assert changed_line.startswith("from typedactors.ray import")
    assert changed_line.count("\n") == first_line.count("from") == 1
    assert "\n".join(ray_cluster.run_program(changed_line + rest)) + "\n" == output

    ending = "\nprint(same is hub, same.proxy().add().get())\nhub.stop()\n"
    assert ray_cluster.run_program(changed_line + rest + names + ending) == [*output.split(), "True 41"]


JOINING = """
import ray
ray.init(logging_level="ERROR")
print("joined")
"""


def test_who_has_the_token_is_let_in_and_nobody_else(ray_cluster: RayCluster, tmp_path: Path) -> None:
    """As the page says: by either variable, and not without the mode."""
    token, home = tmp_path / "token", tmp_path / "home"
    token.write_text(os.environ["RAY_AUTH_TOKEN"], encoding="ascii")
    environments: dict[str, dict[str, str | None]] = {
        "the token": {},
        "its file": {"RAY_AUTH_TOKEN": None, "RAY_AUTH_TOKEN_PATH": str(token)},
        "another token": {"RAY_AUTH_TOKEN": "0" * 32},
        "no token": {"RAY_AUTH_TOKEN": None, "HOME": str(home)},
        "no mode": {"RAY_AUTH_MODE": None},
        "disabled": {"RAY_AUTH_MODE": "disabled"},
    }
    # Ray tries for twenty seconds, unless it is told not to.
    with ExitStack() as stack:
        programs = {
            name: stack.enter_context(
                ray_cluster.start_program(JOINING, {"RAY_NUM_REDIS_GET_RETRIES": "1", **environment})
            )
            for name, environment in environments.items()
        }
        results = {name: program.communicate(timeout=60) for name, program in programs.items()}
    assert [name for name, (output, _) in results.items() if output == "joined\n"] == ["the token", "its file"]
    for name in ("another token", "no token", "no mode", "disabled"):
        output, errors = results[name]
        assert (output, programs[name].returncode) == ("", 1)
        assert re.search("^(ray.exceptions.AuthenticationError|ConnectionError): ", errors, re.MULTILINE), errors
