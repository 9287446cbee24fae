"""Quoted stretches of a text, also those that newspapers leave open at the end of a paragraph."""

from __future__ import annotations

import re

# Straight and curly double quotes, guillemets, low-high quotes, doubled apostrophes of agency texts.
# Single quotes only when curly and paired around more than one word: an apostrophe looks the same.
_MARK = re.compile(r"""["“”„«»]|''|``|\n""")
_OPENING = "“„«"
_CLOSING = "”»"


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return `[start, end)` of what stands inside double quotation marks, without the marks.

    A quotation that its paragraph leaves open ends with the paragraph, as English newspapers do when
    the same speaker goes on in the next one. Offsets are code points into `text`.
    """
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for match in _MARK.finditer(text):
        mark, at = match.group(), match.start()
        if mark == "\n":
            if opened is not None:
                _keep(spans, text, opened, at)
            opened = None
        elif opened is None:
            if mark not in _CLOSING and not _is_inch(text, at):
                opened = match.end()
        elif mark in _OPENING and not (mark == "“" and text[opened - 1] == "„"):
            _keep(spans, text, opened, at)
            opened = match.end()
        else:
            _keep(spans, text, opened, at)
            opened = None
    if opened is not None:
        _keep(spans, text, opened, len(text))
    return spans


def _is_inch(text: str, at: int) -> bool:
    """Tell whether a straight mark after a digit is the sign for inches (`6'2"`)."""
    return text[at] == '"' and at > 0 and text[at - 1].isdigit()


def _keep(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))
