"""Messages between the run and its workers: length-prefixed bytes over pipes."""

from __future__ import annotations

import pickle
import struct
from typing import TYPE_CHECKING, Literal

import msgspec

from dragoman.running.records import ErrorDetail  # noqa: TC001 (msgspec reads the annotations)

if TYPE_CHECKING:
    from typing import BinaryIO

    from dragoman.model import Article

_LENGTH = struct.Struct(">Q")


class Reply(msgspec.Struct, frozen=True):
    """What a worker says: it is ready, it cannot start (`data` is the pickled error), or one result."""

    kind: Literal["ready", "refused", "coded", "failed"]
    data: bytes = b""
    error: ErrorDetail | None = None


_encode = msgspec.msgpack.Encoder().encode
_reply = msgspec.msgpack.Decoder(Reply)


def send(pipe: BinaryIO, message: bytes) -> None:
    """Write one message and flush; raises `OSError` when the other side is gone."""
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def receive(pipe: BinaryIO) -> bytes:
    """Read one message; raises `EOFError` when the other side is gone, also in mid-message."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError("the pipe was closed")
    (length,) = _LENGTH.unpack(head)
    body = pipe.read(length)
    if len(body) < length:
        raise EOFError("the pipe was closed in the middle of a message")
    return body


def send_articles(pipe: BinaryIO, articles: list[Article]) -> None:
    """Send a chunk of articles to a worker."""
    # Pickled, because a text may hold lone surrogates, which no other encoding here lets through.
    send(pipe, pickle.dumps(articles))


def receive_articles(pipe: BinaryIO) -> list[Article]:
    """Receive a chunk of articles in a worker."""
    articles: list[Article] = pickle.loads(receive(pipe))
    return articles


def send_reply(pipe: BinaryIO, reply: Reply) -> None:
    """Send a worker's answer about one article."""
    send(pipe, _encode(reply))


def receive_reply(pipe: BinaryIO) -> Reply:
    """Receive a worker's answer about one article."""
    return _reply.decode(receive(pipe))
