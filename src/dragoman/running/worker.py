"""What a worker process does: builds a coder from its plan, then codes articles until its input ends.

A worker is a fresh interpreter that imports this module, not the user's script: it needs no
`if __name__ == "__main__"` guard and works from notebooks. Its parent's death closes its input, which
ends it.
"""

from __future__ import annotations

import os
import pickle
import sys
from typing import TYPE_CHECKING

from dragoman.running import wire
from dragoman.running.records import detail_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from dragoman.model import Article

BOOT = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from dragoman.running.worker import main; main()"
)


def main() -> None:
    """Serve articles from standard input until it ends."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    # Whatever prints in the coder must not get into the replies.
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    try:
        work: Callable[[Article], bytes] = pickle.loads(wire.receive(requests))()
    except EOFError:
        return
    except Exception as error:
        wire.send_reply(replies, wire.Reply("refused", data=_pickled(error)))
        return
    wire.send_reply(replies, wire.Reply("ready"))
    try:
        serve(requests, replies, work)
    except (EOFError, BrokenPipeError):
        return


def serve(requests: BinaryIO, replies: BinaryIO, work: Callable[[Article], bytes]) -> None:
    """Answer each article of each chunk at once, so that a death is known to be the next article's."""
    while True:
        for article in wire.receive_articles(requests):
            wire.send_reply(replies, answer(work, article))


def answer(work: Callable[[Article], bytes], article: Article) -> wire.Reply:
    """Code one article; whatever it raises becomes a failed reply."""
    try:
        return wire.Reply("coded", data=work(article))
    except Exception as error:
        return wire.Reply("failed", error=detail_of(error))


def _pickled(error: Exception) -> bytes:
    try:
        return pickle.dumps(error)
    except Exception:
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
