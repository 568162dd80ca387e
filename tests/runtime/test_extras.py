"""A runtime whose library is not installed can be imported; a start says how to install it."""

from __future__ import annotations

import pytest

from tests.runtime.support import run_python

# Whether the library is installed here or not, the program does not find it.
PROGRAM = """
import importlib
import importlib.util
import sys

library, *names = sys.argv[1:]


class Without:
    def __init__(self, finder):
        self.finder = finder

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == library:
            return None
        return self.finder.find_spec(name, path, target)


sys.meta_path[:] = map(Without, sys.meta_path)

runtime = importlib.import_module(f"typedactors.{library}")
from typedactors import ThreadingActor


class Plain(ThreadingActor):
    pass


class OnIt(getattr(runtime, f"{library.capitalize()}Actor")):
    pass


uses = [OnIt.start, lambda: runtime.start(Plain)]
if library == "ray":
    uses += [lambda: runtime.Options(name="hub").start(Plain), lambda: runtime.lookup("hub", Plain)]
for name in names:
    uses.append(lambda: getattr(runtime, name))
for use in uses:
    try:
        use()
    except ModuleNotFoundError as error:
        print(error.name, error)
print(library in sys.modules, Plain.start().stop())
"""


@pytest.mark.parametrize(
    ("library", "others", "uses"),
    [("gevent", ["GeventFuture"], 3), ("eventlet", ["EventletEvent"], 3), ("ray", [], 4)],
    ids=["gevent", "eventlet", "ray"],
)
def test_starting_says_what_to_install_and_importing_does_not_fail(library: str, others: list[str], uses: int) -> None:
    says = (
        f"{library} actors on {library} need {library}, which is not installed. "
        f"Run: python -m pip install 'typedactors[{library}]'"
    )
    assert run_python("-c", PROGRAM, library, *others) == [*[says] * uses, "False True"]


def test_ray_is_not_imported_before_an_actor_starts() -> None:
    program = """
import sys, typedactors.ray
class OnRay(typedactors.ray.RayActor): pass
print("ray" in sys.modules, "typedactors.runtimes.ray" in sys.modules)
"""
    assert run_python("-c", program) == ["False False"]
