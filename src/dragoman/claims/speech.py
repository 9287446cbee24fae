"""Quotations: who speaks, also over several sentences and paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.language.quotes import quoted_spans

if TYPE_CHECKING:
    from dragoman.claims.findings import Finding
    from dragoman.draft import DraftAttribution, Sentence

_MARKS = frozenset('"“”„«»')
_DOUBLED = ("''", "``")
_EDGES = "\"“”„«»'` "
# A quotation of fewer words is a word in quotation marks, not speech.
SPEECH_WORDS = 4


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch with its marks; `open_end` when its paragraph leaves it open."""

    start: int
    end: int
    open_end: bool
    words: int

    def overlap(self, start: int, end: int) -> int:
        """Return how many characters a span shares with the quotation."""
        return max(0, min(self.end, end) - max(self.start, start))


def quotations(text: str) -> list[Quotation]:
    """Return the quotations of a text with their marks, in order."""
    found = []
    for start, end in quoted_spans(text):
        first = start - _mark_size(text[max(0, start - 2) : start][::-1])
        # A mark that opens the next quotation does not close this one ("„... “" is closed by it, though).
        mark = text[end : end + 1]
        opens_next = mark in ("„", "«") or (mark == "“" and text[first] != "„")
        closing = 0 if opens_next else _mark_size(text[end : end + 2])
        inner = text[start:end]
        found.append(Quotation(first, end + closing, not closing, len(inner.split())))
    return found


def _mark_size(beside: str) -> int:
    """Return how many characters the quotation mark has that these begin with, 0 for none."""
    if beside[:1] in _MARKS and beside:
        return 1
    return 2 if beside in _DOUBLED else 0


def _holds_mark(gap: str) -> bool:
    return not _MARKS.isdisjoint(gap) or any(mark in gap for mark in _DOUBLED)


def is_speech(quotation: Quotation, text: str) -> bool:
    """Tell speech from a word in quotation marks: several words, or a comma or stop inside the marks."""
    inner = text[quotation.start : quotation.end].strip(_EDGES)
    if quotation.words >= SPEECH_WORDS:
        return True
    if is_embedded(quotation, text):
        return inner.endswith((",", "?", "!")) and not _is_title(inner)
    return inner.endswith((",", "?", "!")) or (quotation.words > 1 and inner.endswith("."))


def _is_title(words: str) -> bool:
    """Tell whether all longer words are capitalised, as in the name of a programme or a book."""
    return all(not w[:1].islower() or len(w) < 4 for w in words.split())


def is_embedded(quotation: Quotation, text: str) -> bool:
    """Tell whether quoted words are a part of the sentence around them: no mark stands before them."""
    before = text[: quotation.start].rstrip(" ")[-1:]
    return before.isalnum() or before in ("'", "’")


def is_mention(quotation: Quotation, text: str) -> bool:
    """Tell whether a few quoted words that end no sentence are a title or a name, unless somebody's cue claims them."""
    inner = text[quotation.start : quotation.end].strip(_EDGES)
    return quotation.words < SPEECH_WORDS and inner.endswith(",")


def quoted_share(start: int, end: int, quotes: list[Quotation]) -> float:
    """Return which part of a span stands inside quotation marks."""
    if end <= start:
        return 0.0
    return sum(q.overlap(start, end) for q in quotes) / (end - start)


@dataclass(slots=True, eq=False)
class Speaker:
    """A cue of speech at its place in the text, from which a quotation may take its speaker."""

    sentence: Sentence
    finding: Finding
    start: int
    end: int
    attribution: DraftAttribution | None = None


def cue_of(quotation: Quotation, speakers: list[Speaker], text: str) -> Speaker | None:
    """Return the cue that a quotation hangs on by its place: right after it, right before it, or none.

    Cues inside the quotation are the quoted person's own. After wins over before, unless a colon or comma
    leads in.
    """
    after = before = None
    for speaker in speakers:
        if quotation.start <= speaker.start < quotation.end:
            continue
        if speaker.start >= quotation.end:
            if speaker.sentence.start >= quotation.end and (
                speaker.attribution is not None or _opens_speech(text, speaker.end)
            ):
                # '"It is old." To which she said, "I know."': a sentence of its own with a content of its own.
                continue
            gap = text[quotation.end : speaker.start]
            if after is None and _close(gap, 90, speaker.sentence.start <= quotation.end):
                after = speaker
        else:
            gap = text[speaker.end : quotation.start]
            if _leads_in(gap):
                before = speaker
    if after is not None and after.attribution is None:
        return after
    if before is not None and before.attribution is None:
        return before
    return after or before


def _opens_speech(text: str, at: int) -> bool:
    """Tell whether a quotation opens right here."""
    after = text[at : at + 4].lstrip(" ,:")
    return after[:1] in _MARKS and after != ""


def _close(gap: str, limit: int, one_sentence: bool) -> bool:
    """Tell whether a cue follows its quotation closely, with no other speech between."""
    stops = ("\n", ";", ":") if one_sentence else (". ", "! ", "? ", "\n", ";", ":")
    return len(gap) <= limit and not any(stop in gap for stop in stops) and not _holds_mark(gap)


def _leads_in(gap: str) -> bool:
    """Tell whether what stands between a cue and a quotation leads into it: `said on Monday: "`."""
    bare = gap.rstrip()
    if _holds_mark(gap) or len(gap) > 120:
        return False
    if bare.endswith(":"):
        return ". " not in gap
    if "\n" in gap or ". " in gap:
        return False
    return bare.endswith(",") or len(gap) <= 30
