from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import Article
from dragoman.reading import read

# Any text with a word in it; without surrogates, which no encoding can write.
CHARACTERS = st.characters(codec="utf-8")
TEXTS = st.builds(
    "{}word{}".format, st.text(CHARACTERS, max_size=40), st.text(CHARACTERS, max_size=40)
).filter(lambda t: not t.startswith("\ufeff") and t.count("\x00") * 40 < len(t))


def _texts(name: str, data: bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        found = list(read([path]))
    assert all(isinstance(a, Article) for a in found), found
    return [a.text for a in found if isinstance(a, Article)]


def _prose(text: str) -> str:
    # A file of nothing but control characters is rightly taken for binary: give it some prose.
    return (
        "The ministers met in Lima on Monday and parted on Tuesday without a word to anybody at all. " * 9
        + text
    )


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_plain_text_survives_exactly_packed_or_not(text: str) -> None:
    text = _prose(text)
    assert _texts("a.txt", text.encode()) == [text]
    assert _texts("a.txt.gz", gzip.compress(text.encode(), 1)) == [text]
    assert _texts("a.txt", text.encode("utf-16")) == [text]


@given(st.lists(TEXTS, min_size=1, max_size=4), st.booleans())
@settings(max_examples=60, deadline=None)
def test_json_lines_survive_exactly(texts: list[str], escaped: bool) -> None:
    data = "\n".join(json.dumps({"text": t}, ensure_ascii=escaped) for t in texts).encode()
    assert _texts("a.jsonl", data) == texts
    assert _texts("a.jsonl.gz", gzip.compress(data, 1)) == texts


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_csv_survives_exactly(texts: list[str]) -> None:
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    texts = [_prose(t) for t in texts]
    writer.writerows([["id", "text"], *([str(n), t] for n, t in enumerate(texts))])
    assert _texts("a.csv", table.getvalue().encode()) == texts


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_parquet_survives_exactly(texts: list[str]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = io.BytesIO()
    pq.write_table(pa.table({"text": texts}), table)
    assert _texts("a.parquet", table.getvalue()) == texts
