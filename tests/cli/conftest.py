from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# Whatever actors file the person has who runs the tests.
NO_OWN_ACTORS = {"DRAGOMAN_ACTORS": "no-actors-of-my-own.csv"}
TESTS = str(Path(__file__).parent.parent)


@pytest.fixture
def dragoman(tmp_path):
    """Run the command line with a fake coder in a process of its own."""

    def run(*args, stdin=b"", **environment):
        return subprocess.run(
            [sys.executable, "-m", "cli.fake_dragoman", *map(str, args)],
            input=stdin,
            capture_output=True,
            timeout=60,
            cwd=tmp_path,
            env={
                **os.environ,
                "PYTHONPATH": TESTS,
                "NO_COLOR": "1",
                "MARKS": str(tmp_path),
                **NO_OWN_ACTORS,
                **environment,
            },
            check=False,
        )

    return run


@pytest.fixture
def news(tmp_path):
    """A file of articles: told to hold `texts`, or some that are plain."""

    def write(*texts, name="news.jsonl"):
        lines = [
            json.dumps({"id": f"a{n}", "date": "2020-07-14", "text": text}) for n, text in enumerate(texts)
        ]
        (tmp_path / name).write_text("\n".join(lines) + "\n")
        return tmp_path / name

    return write
