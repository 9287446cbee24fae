"""The `dragoman` command with a fake coder, for tests that need a process of its own."""

from __future__ import annotations

import os

from dragoman.cli import coding, main
from running.fake import Fake

PLAN = Fake(
    marks=os.environ.get("MARKS", ""),
    delay=float(os.environ.get("DELAY", "0")),
    refuse=bool(os.environ.get("REFUSE")),
)
coding.prepared = lambda request: (PLAN, PLAN.build() if request.workers == 1 else None)

coding.coder_settings = lambda request: {"codebook": "fake"}

if __name__ == "__main__":
    main.main()
