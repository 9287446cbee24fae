"""Wire copies: articles that print the text of another one, with another headline, an edited lead, or cut.

Whether two articles are copies depends on the two alone, and groups are what such pairs connect; so the
result is the same in whatever order and in however many pieces articles are added. Sketches (MinHash, from
datasketch) only choose which pairs are looked at.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from dragoman.corpus.inserting import insert
from dragoman.corpus.statements import dicts

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from duckdb import DuckDBPyConnection

    from dragoman.corpus.rows import Row
    from dragoman.model import Document

SHINGLE = 3
FEWEST_WORDS = 25  # in shorter texts a common phrase is most of it
LEAD_WORDS = 100
BANDS, BAND_ROWS = 42, 3  # finds pairs that share half of their shingles in 996 of 1,000 cases
MOST_DAYS = 14  # between a text and its copies
# A copy has most of the shorter text, and hardly any word of its own ...
LEAST_CONTAINMENT = 0.5
MOST_NEW_WORDS = 0.15
# ... least of all names and numbers: two reports off one pattern differ in these.
MOST_NEW_NAMES = 0.2
# Of the longer text as much counts as the shorter one has words, for ends are cut. What copies leave out of that is new
# to them as well; but what stands before the shared text is no copy's lead.
MOST_LEFT_OUT = 0.25
MOST_WORDS_BEFORE = 30
RUN = 5  # shingles

_WORD = re.compile(r"[^\W_]+(?:[.,’'-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?:;\n\"“”‘(\[]\s*$")


class Pair(NamedTuple):
    """How much two texts share.

    `containment` is the share of the shorter text that the longer one has. `new_words` and `new_names` are
    the shares of words, and of names and numbers, that only the shorter one has; `left_out` of words that
    only the longer one has as far as the shorter one goes, `new_names_there` likewise of names. `before`
    counts the words that the longer one puts before what they share.
    """

    containment: float
    new_words: float
    new_names: float
    left_out: float
    new_names_there: float
    before: int

    @property
    def is_copy(self) -> bool:
        """Tell whether the one is a copy of the other."""
        return (
            self.containment >= LEAST_CONTAINMENT
            and self.new_words <= MOST_NEW_WORDS
            and self.new_names <= MOST_NEW_NAMES
            and self.left_out <= MOST_LEFT_OUT
            and self.new_names_there <= MOST_NEW_NAMES
            and self.before <= MOST_WORDS_BEFORE
        )


class Words(NamedTuple):
    """The words of a body: in lower case, and which of them are names or numbers."""

    words: tuple[str, ...]
    named: tuple[bool, ...]


def words_of(text: str, body: Sequence[tuple[int, int]]) -> Words:
    """Return the words of the stretches of a text that are its body."""
    words: list[str] = []
    named: list[bool] = []
    for start, end in body:
        for found in _WORD.finditer(text, start, end):
            word = found[0]
            words.append(word.casefold())
            named.append(word[0].isdigit() or (word[0].isupper() and not _begins(text, start, found.start())))
    return Words(tuple(words), tuple(named))


def _begins(text: str, start: int, at: int) -> bool:
    """Tell whether a word begins a sentence or a quotation: its capital then says nothing."""
    return at == start or _SENTENCE_END.search(text[max(start, at - 4) : at]) is not None


def body_of(document: Document) -> list[tuple[int, int]]:
    """Return the stretches of a text that tell the news, without headline, bylines and boilerplate."""
    return [(s.start, s.end) for s in document.segments if s.kind == "body"]


def shingles_of(words: Sequence[str]) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """Return a hash of each run of three words, in order."""
    if len(words) < SHINGLE:
        return np.zeros(0, dtype=np.uint64)
    hashes = np.fromiter((_hash(word) for word in words), dtype=np.uint64, count=len(words))
    mixed = hashes[: len(words) - SHINGLE + 1].copy()
    for at in range(1, SHINGLE):
        mixed *= np.uint64(0x9E3779B97F4A7C15)  # overflow wraps around, which is what mixes
        mixed ^= hashes[at : len(words) - SHINGLE + 1 + at]
    return mixed ^ (mixed >> np.uint64(29))


@functools.lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
    )


def fingerprint_row(document: Document, date: datetime.date | None) -> Row:
    """Return the row of an article in `fingerprints`."""
    body = body_of(document)
    words = words_of(document.text, body).words
    bands: list[int] = []
    if len(words) >= FEWEST_WORDS:
        bands = [*_bands(words, 0), *_bands(words[:LEAD_WORDS], BANDS)]
    return {
        "article": document.id,
        "date": date,
        "words": len(words),
        "body": [offset for span in body for offset in span],
        "same": hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest(),
        "bands": sorted(set(bands)),
        "compared": False,
    }


def _bands(words: Sequence[str], number: int) -> list[int]:
    """Return a hash of each band of the sketch of some words; `number` tells kinds of sketches apart."""
    sketch = _empty().copy()
    sketch.update_batch(set(shingles_of(words).tolist()))
    values = np.ascontiguousarray(sketch.hashvalues, dtype="<u4").reshape(BANDS, BAND_ROWS)
    return [
        int.from_bytes(
            hashlib.blake2b(row.tobytes(), digest_size=4, salt=(number + at).to_bytes(2, "big")).digest(),
            "big",
        )
        for at, row in enumerate(values)
    ]


@functools.cache
def _empty() -> Any:
    """Return a sketch of nothing; a copy of it is cheaper than another one."""
    from datasketch import MinHash

    # The shingles are hashes of 64 bits already; the scheme takes 32 of them.
    return MinHash(num_perm=BANDS * BAND_ROWS, hashfunc=_low_bits, scheme="affine32")


def _low_bits(shingle: int) -> int:
    return shingle & 0xFFFFFFFF


def compared(one: Words, other: Words) -> Pair:
    """Say how much two texts share. The order of the two makes no difference."""
    short, long = sorted((one, other), key=lambda w: (len(w.words), w.words))
    ours, theirs = (shingles_of(w.words).tolist() for w in (short, long))
    shared = set(ours) & set(theirs)
    if not shared:
        return Pair(0.0, 1.0, 1.0, 1.0, 1.0, 0)
    size = len(short.words)
    start = Words(long.words[:size], long.named[:size])
    return Pair(
        len(shared) / len(set(ours)),
        *_new(short, frozenset(long.words)),
        *_new(start, frozenset(short.words)),
        max(0, _first(theirs, shared) - _first(ours, shared)),
    )


def _first(shingles: list[int], shared: set[int]) -> int:
    """Return where the shared text begins: with some words in a row, since three alone may be shared by chance."""
    inside = [shingle in shared for shingle in shingles]
    for at in range(len(inside)):
        if all(inside[at : at + RUN]):
            return at
    return len(inside)


def _new(text: Words, other: frozenset[str]) -> tuple[float, float]:
    """Return the shares of content words, and of names and numbers, that another text does not have."""
    content = {w for w, n in zip(text.words, text.named, strict=True) if n or len(w) > 3}
    names = {w for w, n in zip(text.words, text.named, strict=True) if n}
    return _share(content, other), _share(names, other)


def _share(words: set[str], other: frozenset[str]) -> float:
    return len(words - other) / len(words) if words else 0.0


def mark(connection: DuckDBPyConnection) -> None:
    """Compare the articles that were added since the last time with all others, and mark the copies.

    Runs inside the caller's transaction.
    """
    pairs = _candidates(connection)
    links = [*_identical(connection), *_verified(connection, pairs)]
    insert(connection, "wire_links", links)
    connection.execute("UPDATE fingerprints SET compared = true WHERE NOT compared")
    if links:
        _mark_groups(connection)


def _candidates(connection: DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return the pairs whose sketches agree in a band, one of them new, not of quite the same words."""
    return connection.execute(
        "WITH every AS (SELECT article, date, same, compared, unnest(bands) AS band FROM fingerprints), "
        "fresh AS (SELECT * FROM every WHERE NOT compared) "
        "SELECT DISTINCT least(n.article, o.article) AS one, greatest(n.article, o.article) AS other "
        "FROM fresh AS n JOIN every AS o USING (band) WHERE n.article <> o.article AND n.same <> o.same "
        "AND coalesce(abs(date_diff('day', n.date, o.date)), 0) <= ? ORDER BY ALL",
        [MOST_DAYS],
    ).fetchall()


def _identical(connection: DuckDBPyConnection) -> list[Row]:
    """Link texts of the same words, each to the next by date: the pairs of all would be too many."""
    # All texts of these words are chained anew, since a new one may come between two old ones.
    found = connection.execute(
        "SELECT article, date, same FROM fingerprints WHERE words >= ? AND same IN "
        "(SELECT same FROM fingerprints WHERE NOT compared) ORDER BY same, date NULLS FIRST, article",
        [FEWEST_WORDS],
    ).fetchall()
    known = set(connection.execute("SELECT article, other FROM wire_links WHERE similarity = 1").fetchall())
    links = []
    undated: str | None = None
    for (one, first, same), (other, second, again) in itertools.pairwise(found):
        undated = one if first is None else (undated if same == again else None)
        if same != again:
            undated = None
            continue
        near = first is None or second is None or (second - first).days <= MOST_DAYS
        # A text without a date may be of any day, and connects those of all days.
        for start in {one} if near else ({undated} if undated else set()):
            pair = (min(start, other), max(start, other))
            if pair not in known:
                links.append({"article": pair[0], "other": pair[1], "similarity": 1.0})
    return links


def _verified(connection: DuckDBPyConnection, pairs: list[tuple[str, str]]) -> list[Row]:
    if not pairs:
        return []
    looking = _Looking(connection, {name for pair in pairs for name in pair})
    links = []
    for one, other in pairs:
        pair = compared(looking.words(one), looking.words(other))
        if pair.is_copy:
            links.append({"article": one, "other": other, "similarity": round(pair.containment, 3)})
    return links


class _Looking:
    """Reads the words of articles as they are asked for, and keeps those read last."""

    def __init__(self, connection: DuckDBPyConnection, names: Iterable[str]) -> None:
        self._names = set(names)
        self._connection = connection
        self.words = functools.lru_cache(maxsize=20_000)(self._read)

    def _read(self, name: str) -> Words:
        found = self._connection.execute(
            "SELECT text, body FROM fingerprints JOIN articles USING (article) WHERE article = ?", [name]
        ).fetchall()
        text, body = found[0]
        return words_of(text, list(zip(body[::2], body[1::2], strict=True)))


def _mark_groups(connection: DuckDBPyConnection) -> None:
    """Write group, original and similarity of every article that has copies, where they changed."""
    groups = _groups(connection.execute("SELECT article, other FROM wire_links").fetchall())
    names = sorted(name for group in groups for name in group)
    about = {
        row["article"]: row
        for row in dicts(
            connection.execute(
                "SELECT f.article, f.date, f.words, f.same, a.copy_of, a.similarity, a.wire FROM fingerprints AS f "
                "JOIN articles AS a USING (article) WHERE f.article IN (SELECT unnest(?::TEXT[]))",
                [names],
            )
        )
    }
    direct = {
        (one, other): similarity
        for one, other, similarity in connection.execute("SELECT * FROM wire_links").fetchall()
    }
    looking = _Looking(connection, names)
    changed: list[Row] = []
    for group in groups:
        original = min(group, key=lambda name: _earliness(about[name]))
        for name in sorted(group):
            old = about[name]
            if name == original:
                copy_of, similarity = None, None
            else:
                copy_of = original
                pair = (min(name, original), max(name, original))
                similarity = 1.0 if old["same"] == about[original]["same"] else direct.get(pair)
                if similarity is None and (old["copy_of"], old["wire"]) == (original, original):
                    similarity = old["similarity"]
                if similarity is None:
                    similarity = round(compared(looking.words(name), looking.words(original)).containment, 3)
            if (old["copy_of"], old["similarity"], old["wire"]) != (copy_of, similarity, original):
                changed.append(
                    {"article": name, "copy_of": copy_of, "similarity": similarity, "wire": original}
                )
    _update(connection, changed)


def _earliness(row: Row) -> tuple[Any, ...]:
    """Order articles: the earliest first, those without a date last; of one day the longest first."""
    return (row["date"] is None, row["date"], -row["words"], row["article"])


def _groups(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """Return what pairs connect."""
    top: dict[str, str] = {}

    def find(name: str) -> str:
        top.setdefault(name, name)
        while top[name] != name:
            top[name] = top[top[name]]
            name = top[name]
        return name

    for one, other in pairs:
        top[find(one)] = find(other)
    groups: dict[str, set[str]] = {}
    for name in top:
        groups.setdefault(find(name), set()).add(name)
    return list(groups.values())


def _update(connection: DuckDBPyConnection, changed: list[Row]) -> None:
    if not changed:
        return
    connection.execute("CREATE OR REPLACE TEMP TABLE wire_changes AS "
                       "SELECT article, copy_of, similarity, wire FROM articles LIMIT 0")  # fmt: skip
    insert(connection, "wire_changes", changed)
    connection.execute(
        "UPDATE articles SET copy_of = c.copy_of, similarity = c.similarity, wire = c.wire "
        "FROM wire_changes AS c WHERE articles.article = c.article"
    )
    connection.execute("DROP TABLE wire_changes")
