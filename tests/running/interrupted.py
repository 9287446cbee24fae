"""A run to be killed by a test: writes articles to a resumable output. Arguments: out, delay, articles."""

from __future__ import annotations

import sys
from pathlib import Path

from dragoman.model import Document
from dragoman.running import encoded, resuming
from running.fake import Fake, article


def write(out, articles, delay=0.0, again=False):
    settings = {"format": "documents"}
    part = resuming.resume(out, settings) if again else resuming.begin(out, settings)
    try:
        for done, data in encoded(Fake(delay=delay), part.skip_done(articles), Document.to_json):
            part.write(done, data + b"\n", events=1)
    except BaseException:
        part.close()
        raise
    part.finish()
    return part.counts


if __name__ == "__main__":
    write(Path(sys.argv[1]), [article(n) for n in range(int(sys.argv[3]))], float(sys.argv[2]))
