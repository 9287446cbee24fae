"""Parts of an article by their function: headline, byline, dateline, caption, agency tag, boilerplate, body.

Nothing is deleted: every non-blank character of the text lies in exactly one segment, and events are later
read from `headline` and `body` only. When in doubt a paragraph is body.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.model import Segment, Span
from dragoman.reading.segment_rules import SegmentRule, count_words, segment_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.draft import Draft
    from dragoman.model import SegmentKind

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BREAKS = re.compile(r"\r\n|\r|\n|\u2028|\u2029")
# A paragraph as the rules look at it is at most this long; longer ones can only have a head and a tail.
_LONGEST_WHOLE = 1200
_BOTTOM_PARAGRAPHS = 6
_LONGEST_HEADLINE_WORDS = 25
_LONGEST_HEADLINE = 200
# Lines broken by hand or by a mail program are shorter than this.
_WIDEST_WRAPPED_LINE = 130
_SENTENCE_END = re.compile(r"[.!?…:;,。！？؟。][\"”’'»)\]]*$")
_FULL_STOP = re.compile(r"[.!?…。！？؟][\"”’'»)\]]*$")
_TWO_SENTENCES = re.compile(r"[^\W\d_]{2,}[.!?][\"”’]?\s+[\"“‘]?[A-Z]")
_UNFINISHED = re.compile(
    r"(?:,|\b(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|but|that|which|who|its|his|her|their|as|than|was|were"
    r"|is|are|has|have|had|will|would|be|been|not))$"
)


@dataclass(frozen=True, slots=True)
class DatelineParts:
    """Where a dateline names its place, its date and its agency, as offsets into the text."""

    place: Span | None = None
    date: Span | None = None
    agency: Span | None = None


@dataclass(slots=True)
class _Page:
    """One text on its way through the rules."""

    text: str
    paragraphs: list[tuple[int, int]]
    in_body: bool = False
    has_headline: bool = False

    def zone_fits(self, rule: SegmentRule, index: int) -> bool:
        if rule.zone == "top":
            return not self.in_body
        return rule.zone == "any" or index >= len(self.paragraphs) - _BOTTOM_PARAGRAPHS

    def rules(self, index: int, where: str) -> Iterator[SegmentRule]:
        for rule in segment_rules():
            if rule.where == where and self.zone_fits(rule, index):
                yield rule


def segment(text: str) -> list[Segment]:
    """Divide a text into segments: ordered, not overlapping, covering every non-blank character."""
    page = _Page(text, paragraphs_of(text))
    found: list[Segment] = []
    for index, (start, end) in enumerate(page.paragraphs):
        for part in _read_paragraph(page, index, start, end):
            if found and part.kind == "body" == found[-1].kind:
                found[-1] = Segment("body", found[-1].start, part.end)
            else:
                found.append(part)
    return found


def dateline_parts(text: str, dateline: Segment) -> DatelineParts:
    """Return where a dateline segment names its place, date and agency."""
    for rule in segment_rules():
        if rule.kind != "dateline":
            continue
        match = rule.pattern.match(text, dateline.start)
        if match is None or match.end() != dateline.end:
            continue
        spans: dict[str, Span] = {}
        for name in match.groupdict():
            if match[name]:
                spans.setdefault(name.rpartition("_")[0], Span(match.start(name), match.end(name)))
        return DatelineParts(spans.get("place"), spans.get("date"), spans.get("agency"))
    return DatelineParts()


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """Return the paragraphs as (start, end): lines, or blocks of lines where a text is broken by hand."""
    paragraphs: list[tuple[int, int]] = []
    block: list[tuple[int, int]] = []
    before = 0
    for match in _LINE.finditer(text):
        start, end = _trim(text, match.start(), match.end())
        if start == end:
            continue
        if block and len(_BREAKS.findall(text, before, start)) > 1:
            paragraphs.extend(_join_wrapped(text, block))
            block = []
        block.append((start, end))
        before = end
    paragraphs.extend(_join_wrapped(text, block))
    return paragraphs


def _join_wrapped(text: str, block: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Make one paragraph of lines that were broken inside sentences."""
    if len(block) < 2 or any(end - start > _WIDEST_WRAPPED_LINE for start, end in block[:-1]):
        return block
    broken = sum(
        1
        for (start, end), (following, _) in itertools.pairwise(block)
        if _runs_on(text[start:end], text[following])
    )
    return [(block[0][0], block[-1][1])] if broken * 3 >= len(block) - 1 and broken else block


def _runs_on(line: str, following: str) -> bool:
    """Tell whether a sentence goes on from a line to the next one, which begins with `following`."""
    if len(line) < 35 or _FULL_STOP.search(line):
        return False
    return following.islower() or _UNFINISHED.search(line) is not None


def _read_paragraph(page: _Page, index: int, start: int, end: int) -> Iterator[Segment]:
    """Divide one paragraph: what it begins with, what it is, what it ends with."""
    kind = _whole(page, index, start, end)
    if kind is not None:
        yield Segment(kind, start, end)
        return
    while (head := _head(page, index, start, end)) is not None:
        yield head
        start = _trim(page.text, head.end, end)[0]
        if start >= end:
            return
    tails: list[Segment] = []
    while (tail := _tail(page, index, start, end)) is not None:
        tails.append(tail)
        end = _trim(page.text, start, tail.start)[1]
        if start >= end:
            break
    if start < end:
        yield from _middle(page, index, start, end)
    yield from reversed(tails)


def _middle(page: _Page, index: int, start: int, end: int) -> Iterator[Segment]:
    """Divide what is neither head nor tail: headline, or body with what was run together with it."""
    kind = _headline_or_body(page, index, start, end)
    if kind == "body":
        for inner in _inside(page, index, start, end):
            if start < inner.start:
                yield Segment("body", start, _trim(page.text, start, inner.start)[1])
            yield inner
            start = _trim(page.text, inner.end, end)[0]
    if start < end:
        yield Segment(kind, start, end)


def _inside(page: _Page, index: int, start: int, end: int) -> list[Segment]:
    """Find sentences of boilerplate in the middle of a paragraph, as in texts without line breaks."""
    lowered = page.text[start:end].lower()
    found: list[Segment] = []
    for rule in page.rules(index, "end"):
        if rule.inside and any(cue in lowered for cue in rule.cues):
            found.extend(Segment(rule.kind, s, e) for s, e in rule.sentences_inside(page.text, start, end))
    found.sort(key=lambda part: (part.start, part.end))
    return [part for n, part in enumerate(found) if not n or found[n - 1].end <= part.start]


def _whole(page: _Page, index: int, start: int, end: int) -> SegmentKind | None:
    if end - start > _LONGEST_WHOLE:
        return None
    lowered = page.text[start:end].lower()
    for rule in page.rules(index, "whole"):
        if rule.cues and not any(cue in lowered for cue in rule.cues):
            continue
        if rule.fits_whole(page.text, start, end):
            return rule.kind
    return None


def _head(page: _Page, index: int, start: int, end: int) -> Segment | None:
    for rule in page.rules(index, "start"):
        stop = rule.end_of_start(page.text, start, end)
        if stop is not None and not (rule.once and _repeated(page, rule)):
            return Segment(rule.kind, start, _trim(page.text, start, stop)[1])
    if not page.in_body:
        for rule in page.rules(index, "whole"):
            if rule.head and (stop := rule.end_of_head(page.text, start, end)) is not None:
                return Segment(rule.kind, start, stop)
    return None


def _repeated(page: _Page, rule: SegmentRule) -> bool:
    """Tell whether more than one paragraph begins as this rule says (as in a transcript)."""
    hits = (rule.pattern.match(page.text, start, end) for start, end in page.paragraphs)
    return sum(hit is not None for hit in hits) > 1


def _tail(page: _Page, index: int, start: int, end: int) -> Segment | None:
    lowered = page.text[max(start, end - 1200) : end].lower()
    for rule in page.rules(index, "end"):
        if rule.cues and not any(cue in lowered for cue in rule.cues):
            continue
        at = rule.start_of_end(page.text, start, end)
        if at is not None:
            return Segment(rule.kind, at, end)
    return None


def _headline_or_body(page: _Page, index: int, start: int, end: int) -> SegmentKind:
    first = not page.in_body and not page.has_headline
    if first and _is_headline(page, index, start, end):
        page.has_headline = True
        return "headline"
    page.in_body = True
    return "body"


def _is_headline(page: _Page, index: int, start: int, end: int) -> bool:
    """Tell whether the first paragraph is a headline: short, without a final stop, and a body follows."""
    words = page.text[start:end]
    if (start, end) != page.paragraphs[index] or end - start > _LONGEST_HEADLINE:
        return False
    number = count_words(page.text, start, end, _LONGEST_HEADLINE_WORDS)
    if number > _LONGEST_HEADLINE_WORDS or (number < 2 and words.isascii()):
        return False
    closing = words.rstrip("\"”’'»)] ")
    if closing.endswith("?"):
        closing = closing[:-1]
    if _SENTENCE_END.search(closing) or _TWO_SENTENCES.search(words) or words[0].islower():
        return False
    return any(_is_prose(page.text[s:e]) for s, e in page.paragraphs[index + 1 : index + 8])


def _is_prose(paragraph: str) -> bool:
    if len(paragraph) < 40:
        return False
    return _FULL_STOP.search(paragraph) is not None or _TWO_SENTENCES.search(paragraph) is not None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


class SegmentStep:
    """Fills `segments` from the raw text."""

    needs: tuple[str, ...] = ()
    gives: tuple[str, ...] = ("segments",)

    def __call__(self, draft: Draft) -> None:
        """Divide the text into segments."""
        draft.segments = segment(draft.text)
