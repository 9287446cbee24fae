"""Sentence boundaries by rule, on the untouched text.

A statistical splitter costs a third of a parse; news prose with its paragraphs, abbreviations and
quotations is regular enough for rules, and rules give the same bounds whatever is parsed later.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from dragoman.draft import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.draft import Draft
    from dragoman.model import Segment

# A full stop (or ?, !, …, ideographic stops), closing marks that belong to it, then space.
_BOUNDARY = re.compile(r"[.!?…]+[\"”’')\]»]*(?=\s)|[。！？؟۔]+[”」』\"]*")
_LINE_BREAK = re.compile(r"\r\n?|\n|\u2028|\u2029")
# Hard-wrapped text has lines of some 60 to 100 characters; a headline or list item is seldom as long.
_WRAPPED = 60
_WORD_BEFORE = re.compile(r"([^\s(\[\"“‘']+)$")
_INITIALS = re.compile(r"^(?:[A-Za-z]\.)+$")
_NEXT_WORD = re.compile(r"\s*[\"“‘'(\[«]*(\S+)")


@dataclass(frozen=True, slots=True)
class BoundaryRules:
    """Abbreviations that never end a sentence, those that may, and words that begin one after them."""

    never: frozenset[str]
    maybe: frozenset[str]
    starters: frozenset[str]


@functools.cache
def rules() -> BoundaryRules:
    """Return the rules of `data/lexicons/abbreviations.yaml`."""
    path = importlib.resources.files("dragoman") / "data" / "lexicons" / "abbreviations.yaml"
    data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return BoundaryRules(
        frozenset(data["before_a_name"]),
        frozenset(data["may_end_a_sentence"]),
        frozenset(data["begins_a_sentence"]),
    )


def split_sentences(text: str, segments: list[Segment]) -> list[Sentence]:
    """Split the segments of a text into sentences.

    A sentence never crosses a segment, nor a line break unless the line was only wrapped. Offsets are
    code points into `text`; leading and trailing white space is left out. Every non-blank character of a
    segment is in exactly one sentence.
    """
    sentences: list[Sentence] = []
    paragraph = 0
    for segment in segments:
        for line_start, line_end in _lines(text, segment.start, segment.end):
            for start, end in _split_line(text, line_start, line_end):
                sentences.append(
                    Sentence(len(sentences), start, end, text[start:end], segment.kind, paragraph)
                )
            paragraph += 1
    return sentences


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between line breaks; lines that were only wrapped are one stretch."""
    at = start
    for match in _LINE_BREAK.finditer(text, start, end):
        if _is_wrapped(text, at, match.start(), match.end(), end):
            continue
        if text[at : match.start()].strip():
            yield at, match.start()
        at = match.end()
    if text[at:end].strip():
        yield at, end


def _is_wrapped(text: str, start: int, stop: int, after: int, end: int) -> bool:
    """Tell whether a line break stands inside a sentence: the line is left open and the next goes on with it.

    A line is left open when it ends in a word or comma; the next goes on when it begins in lower case, or
    with anything but a list mark when the line was as long as wrapped lines are.
    """
    before = text[start:stop].rstrip()
    line = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]
    if not line or not (line[-1].isalnum() or line[-1] in ",-–("):
        return False
    following = text[after : min(end, after + 1)]
    if following.islower():
        return True
    goes_on = following.isalnum() or (following != "" and following in "\"“‘'(")
    return goes_on and (line[-1] == "," or len(line) >= _WRAPPED)


def _split_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _BOUNDARY.finditer(text, start, end):
        if match.end() < end and _ends_sentence(text, at, match.start(), match.end(), end):
            yield from _trimmed(text, at, match.end())
            at = match.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end


def _ends_sentence(text: str, start: int, stop: int, after: int, end: int) -> bool:
    """Tell whether the stop at `stop` (closing marks up to `after`) ends the sentence begun at `start`."""
    following = _NEXT_WORD.match(text, after, min(end, after + 80))
    if following is None:
        return False
    first = following.group(1)[0]
    if text[stop] != ".":
        return not first.islower()
    if first.islower():
        return False
    before = _WORD_BEFORE.search(text, max(start, stop - 40), stop)
    word = before.group(1) if before else ""
    if text[stop:after].strip(".") == "":
        if word in rules().never or (len(word) == 1 and word.isupper() and word != "I"):
            return False
        if word in rules().maybe:
            return first.isupper() and _starts_afresh(following.group(1))
        if _INITIALS.match(word + "."):
            return _starts_afresh(following.group(1))
    return True


def _starts_afresh(word: str) -> bool:
    """Tell whether a word after "U.S." begins a sentence and does not go on with a name."""
    return word.rstrip(",.;:") in rules().starters


class SentenceStep:
    """Fills `sentences` from `segments`."""

    needs = ("segments",)
    gives = ("sentences",)

    def __call__(self, draft: Draft) -> None:
        """Split every segment into sentences."""
        draft.sentences = split_sentences(draft.text, draft.segments)
