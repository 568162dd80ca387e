"""How messages, results and exceptions become bytes that another process can read.

Pickle does it, with one addition: a ref travels as the address of its actor, and becomes a ref of
whatever kind is right where it arrives. Proxies hold refs and travel with them.

Imports `_ref` and `runtimes._codec`.
"""

from __future__ import annotations

import io
import pickle
from typing import TYPE_CHECKING, Any

from typedactors._ref import ActorRef
from typedactors.runtimes._codec import PLAIN, Codec, decode, decode_exception, is_plain

if TYPE_CHECKING:
    from typedactors.runtimes._codec import ReduceRef

__all__ = ["decode", "decode_exception", "encode", "encode_exception", "encode_message", "encode_result"]


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, reduce_ref: ReduceRef) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._reduce_ref = reduce_ref

    def reducer_override(self, obj: object) -> Any:  # what pickle asks for
        if isinstance(obj, ActorRef):
            # isinstance() says nothing of the actor's class.
            return self._reduce_ref(obj)  # pyright: ignore[reportUnknownArgumentType]  # of any class
        return NotImplemented


def encode(value: object, reduce_ref: ReduceRef) -> bytes:
    """Return a value as bytes.

    Raises:
        Exception: whatever pickle raises, or a method of the value's that pickle calls.
    """
    if type(value) in PLAIN:
        return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    file = io.BytesIO()
    _Pickler(file, reduce_ref).dump(value)
    return file.getvalue()


_codec = Codec(encode, "to another process")
encode_result = _codec.encode_result
encode_exception = _codec.encode_exception


def encode_message(addressee: str | type, message: object, reduce_ref: ReduceRef) -> bytes:
    """Return a message and the URN of the actor that it is for, or the class of one to be started.

    Raises:
        UnsendableError: it names the part of the message that cannot be pickled.
    """
    if type(addressee) is str and is_plain(message):
        return pickle.dumps((addressee, message), pickle.HIGHEST_PROTOCOL)
    return _codec.encode_message(message, reduce_ref, addressee=addressee)
