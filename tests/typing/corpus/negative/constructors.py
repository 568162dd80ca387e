from __future__ import annotations

from actors.constructors import Calling, Heir, Holding, HoldingText, Keywords, OfAnyType, Overloaded
from typedactors import start


def measure(text: str, *, times: int = 1) -> int:
    return len(text) * times


def by_method() -> None:
    Overloaded.start(b"")  # error: no overload takes bytes
    Overloaded.start(1, exact=True)  # error: two overloads at once
    Keywords.start("x", width="y")  # error: a str for an int
    Keywords.start(name="x")  # error: by keyword
    OfAnyType.start(1, 2)  # error: not a list
    HoldingText.start(1)  # error: an int for a str
    Heir.start("x")  # error: a str among the ints


def by_function() -> None:
    start(Overloaded, b"")  # error: no overload takes bytes
    start(Overloaded, 1, exact=True)  # error: two overloads at once
    start(Keywords, "x", width="y")  # error: a str for an int
    start(OfAnyType, 1, 2)  # error: not a list
    start(Calling, measure, 1)  # error: an int for the function's str
    start(Holding[bytes], "x")  # error: a str for bytes
    start(Heir, "x")  # error: a str among the ints
    start(1)  # error: not a class
