from typing import TypedDict, Unpack


class Options(TypedDict):
    width: int


def draw(**options: Unpack[Options]) -> None: ...


draw(width=1, tilte="x")  # silent
