"""Speech set off as paragraphs of its own: transcripts ("NAME: words") and blocks after a colon."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from dragoman.claims.lexicon import lexicon
from dragoman.claims.owners import entity_of
from dragoman.draft import DraftAttribution

if TYPE_CHECKING:
    from dragoman.claims.speech import Speaker
    from dragoman.draft import Draft, Sentence

# "NAME: words" at the start of a paragraph, as in transcripts and headlines.
_LABEL = re.compile(r"[\"“]?((?:[A-Z][\w.’'-]*)(?: [A-Z][\w.’'-]*){0,3}): (?=[\"“A-Z‘'])")
# "NAME on the vote: words" and "NAME slams NAME: 'words'" in headlines.
_HEADLINE = re.compile(
    r"((?:[A-Z][\w.’'-]*)(?: [A-Z][\w.’'-]*){0,2}) "
    r"(?:on [^:.]{3,50}: (?=[\"“A-Z‘'])|[A-Z][a-z]+s [^:.]{3,50}: (?=[\"“‘']))"
)
_QUOTED = ('"', "“", "„", "«", "''", "``")


def _paragraphs(draft: Draft) -> dict[int, list[Sentence]]:
    paragraphs: dict[int, list[Sentence]] = {}
    for sentence in draft.sentences:
        if sentence.segment in ("body", "headline"):
            paragraphs.setdefault(sentence.paragraph, []).append(sentence)
    return paragraphs


def blocks(draft: Draft, found: list[DraftAttribution], speakers: list[Speaker]) -> None:
    """Give the paragraph after "The minister added:" to the minister, also without quotation marks."""
    waiting = {id(s.sentence): s for s in speakers if s.attribution is None and s.finding.source is not None}
    if not waiting:
        return
    paragraphs = list(_paragraphs(draft).values())
    for before, after in itertools.pairwise(paragraphs):
        speaker = waiting.get(id(before[-1]))
        if speaker is None or not before[-1].text.rstrip().endswith(":"):
            continue
        start, end = after[0].start, after[-1].end
        tail = draft.text[speaker.end : before[-1].end]
        if len(tail) > _TAIL or draft.text.startswith(_QUOTED, start):
            continue
        if any(a.content[0] < end and start < a.content[1] and a.cue is None for a in found):
            continue
        words = speaker.finding.source_tokens
        source = speaker.finding.source
        speaker.attribution = DraftAttribution(
            sentence=speaker.sentence,
            content=(start, end),
            kind="direct",
            stance=speaker.finding.stance,
            source=(speaker.sentence.start_of(words[0]), speaker.sentence.end_of(words[-1]))
            if words
            else None,
            source_entity=entity_of(draft, speaker.sentence, source) if source is not None else None,
            cue=(speaker.start, speaker.end),
            cue_token=speaker.finding.cue,
            rule="block",
        )
        found.append(speaker.attribution)


# How much may stand between a cue and the colon that opens a block.
_TAIL = 80


def labels(draft: Draft, found: list[DraftAttribution]) -> None:
    """Find "NAME: words" at the start of headlines and of paragraphs of a transcript."""
    for held in _paragraphs(draft).values():
        match = _LABEL.match(held[0].text) or (_HEADLINE.match(held[0].text) if len(held) < 3 else None)
        if match is None or held[0].parse is None:
            continue
        if held[0].parse[0].pos_ in ("VERB", "AUX") and not match.group(1).isupper():
            continue
        if match.group(1).lower().split()[0] in lexicon().no_speakers:
            continue
        start, end = held[0].start + match.end(), held[-1].end
        source = (held[0].start + match.start(1), held[0].start + match.end(1))
        if end <= start or any(
            a.content[0] < end and source[0] < a.content[1] and a.cue is None for a in found
        ):
            continue
        head = held[0].tokens_in(*source)
        found.append(
            DraftAttribution(
                sentence=held[0],
                content=(start, end),
                kind="direct",
                stance="asserts",
                source=source,
                source_entity=entity_of(draft, held[0], head[-1]) if head else None,
                cue=(start - 2, start - 1),
                rule="label",
            )
        )
