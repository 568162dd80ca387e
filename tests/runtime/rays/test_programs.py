"""Programs of one Ray cluster: they find each other's actors, leave, and are let in by the token alone."""

from __future__ import annotations

import re

import pytest

from tests.runtime.ray_cluster import ROOT, RayCluster
from tests.runtime.rays.actors import Counter, Recorder
from typedactors.ray import Options, lookup

LIMIT = 30

pytestmark = [pytest.mark.ray, pytest.mark.filterwarnings("default"), pytest.mark.timeout(120)]

OTHER = """
from tests.runtime.rays.actors import Counter
from typedactors.ray import Options, lookup

print(lookup("hub", Counter).proxy().add(7).get(timeout=30))
Options(name="survivor", detached=True).start(Counter, 42)
Options(name="mortal").start(Counter)
"""


def test_another_program_finds_an_actor_and_leaves_a_detached_one(ray_cluster: RayCluster) -> None:
    hub = Options(name="hub").start(Counter, 1)
    assert ray_cluster.run_program(OTHER) == ["8"]
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
for ask in (pending.get, lambda: counter.ask("too late"), lambda: stays.tell("too late")):
    try:
        ask()
    except ActorDeadError as error:
        print("this program has left the Ray cluster" in str(error))
print(ray.is_initialized())
ray.init()
found = lookup("stays", Counter)
print(stays.is_alive(), found == stays, found.proxy().count.get(timeout=30), found.stop(timeout=30))
"""


def test_a_program_that_leaves_the_cluster_is_told_and_may_come_back(ray_cluster: RayCluster) -> None:
    assert ray_cluster.run_program(LEAVING) == ["True", "True", "True", "False", "False True 3 True"]


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


def test_who_has_not_the_token_is_not_let_in(ray_cluster: RayCluster) -> None:
    quickly = {"RAY_gcs_rpc_server_reconnect_timeout_s": "3"}
    programs = [
        ray_cluster.start_program(JOINING, environment=environment)
        for environment in ({}, {"RAY_AUTH_TOKEN": "0" * 32, **quickly}, {"RAY_AUTH_MODE": "disabled", **quickly})
    ]
    results = [program.communicate(timeout=60) for program in programs]
    assert [program.returncode == 0 for program in programs] == [True, False, False]
    assert [output for output, _ in results] == ["joined\n", "", ""]
    assert all("token" in errors for _, errors in results[1:])
