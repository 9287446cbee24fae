"""Rows of tables and JSON objects to articles: which column is what, dates, ids, languages."""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from dragoman.errors import ArticleError
from dragoman.model import Article
from dragoman.reading.dates import read_date
from dragoman.reading.decoding import text_warnings, without_surrogates
from dragoman.reading.languages import detect_language, language_code
from dragoman.reading.limits import MOST_CHARACTERS, too_large

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PARTS = ("text", "id", "date", "source", "title", "url", "language")
NO_DATE = "no publication date: relative dates stay unresolved; --date sets one"


@functools.cache
def field_names() -> dict[str, tuple[str, ...]]:
    """Return, for each part of an article, the names under which inputs have it (`article_fields.yaml`)."""
    path = importlib.resources.files("dragoman") / "data" / "lexicons" / "article_fields.yaml"
    data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return {part: tuple(data[part]) for part in PARTS}


def plain_name(name: str) -> str:
    """Return a column's name without what makes no difference: case, blanks, `-`, `_`."""
    return re.sub(r"[\s_-]+", "", name.strip().lower())


@functools.cache
def _plain_names(part: str) -> tuple[str, ...]:
    return tuple(plain_name(name) for name in field_names()[part])


@dataclass(frozen=True)
class Columns:
    """Which columns of an input hold which part of an article, the preferred first."""

    of_part: dict[str, tuple[str, ...]]

    @classmethod
    def find(
        cls, names: Iterable[str], text_field: str | None = None, id_field: str | None = None
    ) -> Columns:
        """Find the columns among `names`; `text_field` and `id_field` say it themselves."""
        by_plain: dict[str, str] = {}
        known = list(names)
        for name in known:
            by_plain.setdefault(plain_name(name), name)
        found = {part: tuple(by_plain[p] for p in _plain_names(part) if p in by_plain) for part in PARTS}
        for part, chosen in (("text", text_field), ("id", id_field)):
            if chosen is not None:
                found[part] = (chosen,) if chosen in known else ()
        return cls(found)

    @property
    def has_text(self) -> bool:
        """Tell whether any column holds a text."""
        return bool(self.of_part["text"])

    def used(self) -> list[str]:
        """Return the names of all columns that are read."""
        return list(dict.fromkeys(name for names in self.of_part.values() for name in names))

    def value(self, row: Mapping[str, object], part: str) -> object:
        """Return the first value of a part that is not blank, or None."""
        for name in self.of_part[part]:
            value = row.get(name)
            if value is not None and not (isinstance(value, str) and not value.strip()):
                return value
        return None


def no_text_column(names: Iterable[str], what: str = "column", wanted: str | None = None) -> tuple[str, str]:
    """Return message and advice for an input without a column of texts, or without that wanted."""
    shown = [repr(name) for name in names]
    more = f" and {len(shown) - 30} more" if len(shown) > 30 else ""
    found = ", ".join(shown[:30]) + more if shown else "none"
    if wanted is not None:
        return f"there is no {what} {wanted!r}; {what}s found: {found}", "name one of these as the text field"
    return (
        f"no {what} holds the text of the articles; {what}s found: {found}",
        f"name it one of: {', '.join(field_names()['text'])}",
    )


@dataclass(slots=True)
class ArticleMaker:
    """Makes articles of one run: fills in dates and languages, and keeps ids unique where that is wanted.

    Memory grows by the eight bytes of a hash an article, nothing else.
    """

    date: str | None = None
    text_field: str | None = None
    id_field: str | None = None
    unique_ids: bool = True
    _seen: set[int] = field(default_factory=set)
    _repeats: dict[str, int] = field(default_factory=dict)

    def from_row(
        self, row: Mapping[str, object], columns: Columns, origin: str, warnings: Iterable[str]
    ) -> Article:
        """Make an article of a row. Raises `ArticleError` when it has no text."""
        text = columns.value(row, "text")
        if text is None:
            message, advice = "the text is empty", ""
            if not columns.has_text:
                message, advice = no_text_column(row, "field", self.text_field)
            raise ArticleError(message, where=origin, advice=advice or None)
        if not isinstance(text, str):
            raise ArticleError(f"the text is not a string but {type(text).__name__}", where=origin)
        given = {
            part: _as_string(columns.value(row, part))
            for part in ("id", "source", "title", "url", "language")
        }
        if self.id_field is not None and not columns.of_part["id"]:
            warnings = (*warnings, f"there is no field {self.id_field!r}; the id is a hash of the content")
        return self.make(text, origin, warnings, given=given, date=columns.value(row, "date"))

    def make(
        self,
        text: str,
        origin: str,
        warnings: Iterable[str] = (),
        *,
        given: Mapping[str, str | None] | None = None,
        date: object = None,
    ) -> Article:
        """Make an article of a text and what is given beside it.

        Raises `ArticleError` when it is blank or too large.
        """
        if len(text) > MOST_CHARACTERS:
            message, advice = too_large(len(text), "characters")
            raise ArticleError(message, where=origin, advice=advice)
        if not text.strip():
            raise ArticleError("the text is empty", where=origin)
        given = given or {}
        notes = list(warnings)
        clean = without_surrogates(text)
        if clean != text:
            notes.append("halves of surrogate pairs are shown as U+FFFD")
        notes.extend(text_warnings(clean))
        day, why_not = read_date(date)
        if why_not is not None:
            notes.append(why_not)
        if day is None:
            day = self.date
        if day is None:
            notes.append(NO_DATE)
        language = given.get("language")
        identifier = self._unique(given.get("id") or content_id(clean, day, given.get("url")), notes)
        return Article(
            id=identifier,
            text=clean,
            date=day,
            source=given.get("source"),
            title=given.get("title"),
            url=given.get("url"),
            language=language_code(language) if language else detect_language(clean),
            origin=origin,
            warnings=tuple(notes),
        )

    def _unique(self, identifier: str, notes: list[str]) -> str:
        """Return the id, or the id with the next free number when it was used before in this run."""
        if not self.unique_ids or self._claim(identifier):
            return identifier
        number = self._repeats.get(identifier, 1) + 1
        while not self._claim(f"{identifier}-{number}"):
            number += 1
        self._repeats[identifier] = number
        notes.append(f"the id {identifier!r} came before in this run; this article is {identifier}-{number}")
        return f"{identifier}-{number}"

    def _claim(self, identifier: str) -> bool:
        key = int.from_bytes(hashlib.blake2b(identifier.encode(), digest_size=8).digest(), "big")
        if key in self._seen:
            return False
        self._seen.add(key)
        return True


def content_id(text: str, date: str | None, url: str | None) -> str:
    """Return a stable id for an article without one: a hash of its text, date and address."""
    digest = hashlib.sha256()
    for part in (text, date or "", url or ""):
        encoded = part.encode("utf-8", errors="replace")
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    return digest.hexdigest()[:16]


def _as_string(value: object) -> str | None:
    """Return a value beside the text as a string; nested ones and not-a-number are left out."""
    if isinstance(value, str):
        return without_surrogates(value).strip() or None
    if isinstance(value, bool) or value is None or isinstance(value, list | dict):
        return None
    if isinstance(value, float):
        if value != value:
            return None
        return str(int(value)) if value.is_integer() else str(value)
    return str(value)
