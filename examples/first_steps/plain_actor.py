"""An actor that takes plain messages: no proxy, only ``tell`` and ``ask``."""

from __future__ import annotations

from typedactors import ThreadingActor


class GetMessages:
    """The message that asks for all the others."""


class PlainActor(ThreadingActor):
    """Keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self._stored_messages: list[object] = []

    def on_receive(self, message: object) -> list[object] | None:
        if isinstance(message, GetMessages):
            # A copy: an actor does not share its own list with others.
            return list(self._stored_messages)
        self._stored_messages.append(message)
        return None


def main() -> None:
    actor = PlainActor.start()
    actor.tell({"no": "Norway", "se": "Sweden"})
    actor.tell({"a": 3, "b": 4, "c": 5})
    # The answer to a plain message may be anything, so it is the asker who says what is expected.
    stored: list[object] = actor.ask(GetMessages())
    print(stored)
    actor.stop()


if __name__ == "__main__":
    main()
