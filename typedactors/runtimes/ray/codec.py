"""How messages, results and exceptions become bytes that another process of a Ray cluster can read.

Ray's pickler does it, which takes along the classes of a program's ``__main__``. A ref to an actor on
Ray travels as the actor's handle; any other ref is refused, because its actor cannot be reached from elsewhere.

Imports `_ref`, `engine`, `exceptions` and `runtimes.process.codec`.
"""

from __future__ import annotations

import io
import pickle
import traceback
from typing import TYPE_CHECKING, Any

from typedactors._ref import ActorRef
from typedactors.exceptions import UnsendableError
from typedactors.runtimes.process.codec import decode, decode_exception, message_parts
from typedactors.runtimes.ray.engine import CloudPickler

if TYPE_CHECKING:
    from typedactors.runtimes.process.codec import ReduceRef

__all__ = ["decode", "decode_exception", "encode", "encode_exception", "encode_message", "encode_result"]


class _Pickler(CloudPickler):  # type: ignore[misc]  # Ray's, without types
    def __init__(self, file: io.BytesIO, reduce_ref: ReduceRef) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)  # pyright: ignore[reportUnknownMemberType]  # Ray's
        self._reduce_ref = reduce_ref

    def reducer_override(self, obj: object) -> Any:  # what pickle asks for
        if isinstance(obj, ActorRef):
            # isinstance() says nothing of the actor's class.
            return self._reduce_ref(obj)  # pyright: ignore[reportUnknownArgumentType]
        return super().reducer_override(obj)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # Ray's


def encode(value: object, reduce_ref: ReduceRef) -> bytes:
    """Return a value as bytes.

    Raises:
        Exception: whatever pickle raises, or a method of the value's that pickle calls.
    """
    file = io.BytesIO()
    _Pickler(file, reduce_ref).dump(value)
    return file.getvalue()


def encode_message(message: object, reduce_ref: ReduceRef) -> bytes:
    """Return a message, or a request to start an actor.

    Raises:
        UnsendableError: it names the part of the message that cannot be sent.
    """
    try:
        return encode(message, reduce_ref)
    except Exception as error:
        what, culprit = f"the message {type(message).__name__}", message
        for name, part in message_parts(message):
            try:
                encode(part, reduce_ref)
            except Exception:  # noqa: BLE001 - this one is it
                what, culprit = name, part
                break
        raise UnsendableError(
            f"{what} cannot be sent by Ray: {type(culprit).__name__} cannot be pickled ({error}). "
            "Send what it is made of, or have the actor make it."
        ) from error


def encode_result(result: object, what: str, reduce_ref: ReduceRef) -> bytes:
    """Return the result of a request.

    Raises:
        UnsendableError: it names the request.
    """
    try:
        return encode(result, reduce_ref)
    except Exception as error:
        raise UnsendableError(
            f"the result of {what} cannot be sent by Ray: "
            f"{type(result).__name__} cannot be pickled ({error}). Return what it is made of."
        ) from error


def encode_exception(exception: BaseException, reduce_ref: ReduceRef) -> bytes:
    """Return an exception with its traceback in words; never raises. One that cannot be sent is replaced."""
    trace = "".join(traceback.format_exception(exception))
    try:
        payload = encode((exception, trace), reduce_ref)
        decode(payload)
    except Exception as error:  # noqa: BLE001 - of the exception's own methods
        substitute = UnsendableError(
            f"{type(exception).__qualname__} was raised, which cannot be sent by Ray ({error}). "
            f"What it said: {exception}"
        )
        payload = encode((substitute, trace), reduce_ref)
    return payload
