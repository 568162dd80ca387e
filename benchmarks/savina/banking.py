"""Banking: a teller has accounts transfer money; the account that pays waits until the other one has it."""

from __future__ import annotations

from random import Random

from benchmarks.libraries import Behavior, Library, Ref
from benchmarks.savina.outcome import Outcome, expect, finish

BALANCE = 1000.0


class Account(Behavior):
    """Has money. Asks the account that it pays to, and so is busy until that one has answered."""

    def __init__(self) -> None:
        super().__init__()
        self._balance = BALANCE

    def on_receive(self, message: tuple[str, float, Ref | None, Ref | None]) -> float:
        kind, amount, receiver, teller = message
        if kind == "pay" and receiver is not None and teller is not None:
            self._balance -= amount
            receiver.ask(("take", amount, None, None))
            teller.tell(("done", amount))
        elif kind == "take":
            self._balance += amount
        return self._balance


class Teller(Behavior):
    """Has all transfers made, and counts those that are done."""

    def __init__(self, accounts: list[Ref], transfers: int, outcome: Outcome[tuple[int, float]]) -> None:
        super().__init__()
        self._accounts = accounts
        self._transfers = transfers
        self._done = 0
        self._volume = 0.0
        self._outcome = outcome

    def on_receive(self, message: tuple[str, float]) -> None:
        kind, amount = message
        if kind == "done":
            self._done += 1
            self._volume += amount
            if self._done >= self._transfers:
                self._outcome.put((self._done, self._volume))
            return
        for sender, receiver, volume in transfers(len(self._accounts), self._transfers):
            self._accounts[sender].tell(("pay", volume, self._accounts[receiver], self.actor_ref))


def transfers(accounts: int, number: int) -> list[tuple[int, int, float]]:
    """Who pays whom how much, the same each time. Payers come before receivers, so that no two wait for each other."""
    random = Random(accounts)
    found: list[tuple[int, int, float]] = []
    for _ in range(number):
        sender = random.randrange(accounts - 1)
        # Whole numbers of money: their sums are exact.
        found.append((sender, random.randrange(sender + 1, accounts), float(random.randrange(1, 100))))
    return found


def run(library: Library, *, accounts: int, number: int) -> None:
    outcome: Outcome[tuple[int, float]] = Outcome()
    all_accounts = [library.start(Account) for _ in range(accounts)]
    library.start(Teller, all_accounts, number, outcome).tell(("begin", 0.0))
    right = [BALANCE] * accounts
    volume = 0.0
    for sender, receiver, amount in transfers(accounts, number):
        right[sender] -= amount
        right[receiver] += amount
        volume += amount
    expect("transfers, and their volume", outcome.get(), (number, volume))
    expect("balances", [account.ask(("balance", 0.0, None, None)) for account in all_accounts], right)
    finish(library, outcome)
