"""Two actors that work together: one holds the proxy of the other."""

from __future__ import annotations

from typedactors import ActorRegistry, ThreadingActor

from proxies import AdderProxy, BookkeeperProxy


class Adder(ThreadingActor):
    """Can add one."""

    def add_one(self, number: int) -> int:
        """Return the next number."""
        print(f"{self} is increasing {number}")
        return number + 1


class Bookkeeper(ThreadingActor):
    """Counts, with the help of an adder."""

    def __init__(self, adder: AdderProxy) -> None:
        super().__init__()
        self._adder = adder

    def count_to(self, target: int) -> None:
        """Count from 0 to ``target``."""
        number = 0
        while number < target:
            number = self._adder.add_one(number).get()
            print(f"{self} got {number} back")


def main() -> None:
    adder = Adder.start().proxy(AdderProxy)
    bookkeeper = Bookkeeper.start(adder).proxy(BookkeeperProxy)
    bookkeeper.count_to(10).get()
    ActorRegistry.stop_all()


if __name__ == "__main__":
    main()
