from collections.abc import Callable
from typing import Self


class Pong:
    def use(self, function: Callable[[Self], int]) -> int:
        return function(self)

    def play(self) -> int:
        return self.use(count)  # false alarm


def count(pong: Pong) -> int:
    return pong.use(count)
