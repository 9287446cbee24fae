"""HTML: main text, title and date of a page, found by trafilatura. Offsets refer to the text it returns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dragoman.errors import ArticleError
from dragoman.reading.decoding import Decoded, binary_kind, decode, unicode_form
from dragoman.reading.plain_text import read_all

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from dragoman.model import Article
    from dragoman.reading.fields import ArticleMaker

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_HEAD = 8192
# What calls itself Latin-1 is Windows-1252, as the HTML standard has it.
_AS_BROWSERS_DO = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030"}
# Only dates that the page declares, the first publication before a later change, and no clock: without
# `max_date` the result would depend on the day on which it is computed.
_DATE_OPTIONS = {"extensive_search": False, "original_date": True, "max_date": "2200-12-31"}


def read_html(stream: io.BufferedReader, name: str, make: ArticleMaker) -> Iterator[Article]:
    """Yield the one article of a page. Raises `ArticleError` when it holds no text."""
    decoded = _decode(read_all(stream, name))
    page = _extract(decoded.text)
    if page is None or not (page.text or "").strip():
        advice = "the page may be built by scripts, or be a list of links; save the text itself"
        raise ArticleError("the page holds no main text", where=name, advice=advice)
    given = {"title": page.title, "source": page.sitename or page.hostname, "url": page.url}
    yield make.make(page.text, name, decoded.warnings, given=given, date=page.date)


def _extract(html: str) -> Any:
    import logging

    import trafilatura

    # What it logs about a page without text is said by our own message.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return trafilatura.bare_extraction(
        html, with_metadata=True, include_comments=False, date_extraction_params=_DATE_OPTIONS
    )


def _decode(data: bytes) -> Decoded:
    """Decode a page: a byte order mark, else UTF-8, else what the page declares, else what it looks like."""
    declared = _DECLARED.search(data[:_HEAD])
    if declared is not None and unicode_form(data) is None and binary_kind(data[:_HEAD]) is None:
        encoding = declared[1].decode("ascii").lower()
        try:
            return Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
        encoding = _AS_BROWSERS_DO.get(encoding, encoding)
        try:
            return Decoded(data.decode(encoding), encoding)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data)
