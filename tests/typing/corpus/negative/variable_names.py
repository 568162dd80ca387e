from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proxies.variable_names import ForemanProxy, LabelsProxy, OwnerProxy, UnderscoresProxy, WorkerProxy


def upper(text: str) -> str:
    return text.upper()


def of_a_base_class(worker: WorkerProxy[int], foreman: ForemanProxy[int]) -> None:
    worker.map(upper)  # error: not a function of an int
    worker.map.defer(upper)  # error: not a function of an int
    worker.content = "x"  # error: a str for an int
    worker.map(str).get()[0].real  # error: a str, not an int
    foreman.map(upper)  # error: not a function of an int
    foreman.replace("x")  # error: a str for an int


def of_a_part(owner: OwnerProxy[int]) -> None:
    owner.box.map(upper)  # error: not a function of an int
    owner.box.map(str).get()[0].real  # error: a str, not an int


def of_a_decorator(labels: LabelsProxy) -> None:
    labels.repeat("x", True, "y")  # error: a str for an int
    labels.repeat("x", True, 2).get()[1][0].upper()  # error: a bool, not a str


def of_names_with_underscores(proxy: UnderscoresProxy[int]) -> None:
    proxy.both("x", "y")  # error: a str for an int
    proxy.both(1, "y").get()[1].real  # error: a str, not an int
    proxy.bounded("x")  # error: a str for a float
