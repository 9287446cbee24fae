"""The attribution step: who says what, over a whole article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.claims.blocks import blocks, labels
from dragoman.claims.chains import SELF, nest, telling
from dragoman.claims.cues import find_cues
from dragoman.claims.lexicon import lexicon, trigger_forms
from dragoman.claims.owners import entity_of
from dragoman.claims.speech import (
    Quotation,
    Speaker,
    cue_of,
    is_embedded,
    is_mention,
    is_speech,
    quotations,
    quoted_share,
)
from dragoman.draft import DraftAttribution
from dragoman.language import edges, grammar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.claims.findings import Finding
    from dragoman.draft import Draft, DraftEntity, Sentence
    from dragoman.model import AttributionKind
    from dragoman.syntax import Token

DIRECT_SHARE = 0.85


class AttributionStep:
    """Fills `attributions` from the parsed sentences.

    Args:
        levels: which cues count; the default keeps claims only, so that what somebody merely wants, praises
            or talks about is not taken for what they assert.
    """

    needs = ("sentences", "mentions")
    gives = ("attributions",)

    def __init__(self, levels: Iterable[str] = ("claim",)) -> None:
        self._levels = frozenset(levels)

    @property
    def trigger_forms(self) -> frozenset[str]:
        """Lower-case word forms of cues: a sentence with one is worth a parse."""
        return trigger_forms()

    def __call__(self, draft: Draft) -> None:
        """Find all attributions, link quotations to speakers, and nest them."""
        draft.attributions = attributions_of(draft, self._levels)


def attributions_of(draft: Draft, levels: frozenset[str]) -> list[DraftAttribution]:
    """Return the attributions of a draft whose sentences are parsed, in order of their content."""
    quotes = quotations(draft.text)
    found: list[DraftAttribution] = []
    speakers: list[Speaker] = []
    for sentence in draft.sentences:
        if sentence.parse is None:
            continue
        for finding in find_cues(sentence.parse):
            _add(draft, sentence, finding, levels, quotes, found, speakers)
    _quotations(draft, quotes, found, speakers)
    blocks(draft, found, speakers)
    labels(draft, found)
    _kinds(found, quotes)
    found = _distinct(found)
    _owners(draft, found)
    nest(found)
    found = telling(draft, found)
    nest(found)
    return sorted(found, key=lambda a: (a.content[0], -a.content[1], a.cue or a.content))


def _span(sentence: Sentence, tokens: list[Token]) -> tuple[int, int]:
    return sentence.start_of(tokens[0]), sentence.end_of(tokens[-1])


def _add(
    draft: Draft,
    sentence: Sentence,
    finding: Finding,
    levels: frozenset[str],
    quotes: list[Quotation],
    found: list[DraftAttribution],
    speakers: list[Speaker],
) -> None:
    cue = _span(sentence, finding.cue_tokens)
    speaker = Speaker(sentence, finding, *cue)
    if finding.content and finding.level in levels:
        content = _span(sentence, finding.content)
        holder = next((q for q in quotes if q.start <= cue[0] < q.end), None)
        if holder is not None:
            # What quoted words govern stands in the same quotation, whatever the parser makes of it.
            content = max(content[0], holder.start), min(content[1], holder.end)
            own = draft.text[slice(*_span(sentence, finding.source_tokens))] if finding.source_tokens else ""
            if own.lower() in SELF or not draft.text[slice(*content)].strip(" \"“”,.'"):
                return
        if content[0] < cue[1] and cue[0] < content[1]:
            return
        made = _made(draft, sentence, finding, cue, content)
        speaker.attribution = made
        found.append(made)
    if finding.takes_quote:
        speakers.append(speaker)


def _made(
    draft: Draft, sentence: Sentence, finding: Finding, cue: tuple[int, int] | None, content: tuple[int, int]
) -> DraftAttribution:
    source = _span(sentence, finding.source_tokens) if finding.source_tokens else None
    return DraftAttribution(
        sentence=sentence,
        content=content,
        kind="indirect",
        stance=finding.stance,
        source=source,
        source_entity=entity_of(draft, sentence, finding.source) if finding.source is not None else None,
        cue=cue,
        cue_token=finding.cue,
        medium=_medium(sentence, finding),
        rule=f"{finding.entry}/{finding.place}",
    )


# ---- quotations ---------------------------------------------------------------------------------------


def _quotations(
    draft: Draft, quotes: list[Quotation], found: list[DraftAttribution], speakers: list[Speaker]
) -> None:
    """Give every quotation its speaker: widen contents that hold its beginning or end, or make new ones."""
    last: tuple[int, DraftAttribution, bool] | None = None
    for quote in quotes:
        holder = _holder(quote, found)
        if holder is not None:
            _widen(holder, quote)
            if holder.cue is not None and is_speech(quote, draft.text):
                last = (quote.end, holder, quote.open_end)
            continue
        if not is_speech(quote, draft.text):
            continue
        speaker = cue_of(quote, [s for s in speakers if s.start < quote.start - 200 or True], draft.text)
        if speaker is not None:
            if speaker.attribution is None:
                cue = (speaker.start, speaker.end)
                made = _made(draft, speaker.sentence, speaker.finding, cue, (quote.start, quote.end))
                made.rule = f"{speaker.finding.entry}/quote"
                speaker.attribution = made
            else:
                made = _again(speaker.attribution, quote)
            found.append(made)
            last = (quote.end, made, quote.open_end)
        elif is_embedded(quote, draft.text) or is_mention(quote, draft.text):
            continue
        else:
            implied = _implied(draft, quote, found, last[0] if last is not None else 0)
            if implied is None and last is not None and _goes_on(draft, last, quote):
                implied = last[1]
            if implied is not None:
                made = _again(implied, quote)
                found.append(made)
                last = (quote.end, made, quote.open_end)


def _implied(
    draft: Draft, quote: Quotation, found: list[DraftAttribution], since: int
) -> DraftAttribution | None:
    """Return the last thing told of a speaker in the sentence right before a quotation without a cue, or None.

    'Benin dismissed the charge. "It is an old story."': who dismissed it speaks. Only what stands after the
    last quotation (`since`) counts, and only in the same paragraph.
    """
    here = draft.sentence_at(quote.start)
    if here is None or quote.start > here.start + 1 or here.index == 0:
        return None
    before = draft.sentences[here.index - 1]
    if before.paragraph != here.paragraph:
        return None
    told = [
        a
        for a in found
        if a.cue is not None
        and a.source is not None
        and a.stance != "silent"
        and max(before.start, since) <= a.cue[0] < before.end
        and a.cue_token is not None
        and a.cue_token.dep_ in ("ROOT", "conj", "ccomp", "parataxis")
        and grammar.clause_of(a.cue_token).dep_ == "ROOT"
    ]
    return max(told, key=lambda a: a.cue or (0, 0), default=None)


def _holder(quote: Quotation, found: list[DraftAttribution]) -> DraftAttribution | None:
    """Return the attribution whose content already holds part of a quotation, its cue outside; or None."""
    best, size = None, 0
    for attribution in found:
        shared = quote.overlap(*attribution.content)
        cue = attribution.cue
        outside = cue is None or cue[1] <= quote.start or cue[0] >= quote.end
        if outside and shared > size:
            best, size = attribution, shared
    return best


def _widen(holder: DraftAttribution, quote: Quotation) -> None:
    """Stretch a content over the whole quotation that it holds a part of, but never over cue or source."""
    start, end = min(holder.content[0], quote.start), max(holder.content[1], quote.end)
    for span in (holder.cue, holder.source):
        if span is not None and span[0] < end and start < span[1]:
            return
    holder.content = (start, end)


def _again(first: DraftAttribution, quote: Quotation) -> DraftAttribution:
    """Return a further quotation of a speaker who was named before; it has no cue of its own."""
    return DraftAttribution(
        sentence=first.sentence,
        content=(quote.start, quote.end),
        kind="direct",
        stance="asserts",
        source=first.source,
        source_entity=first.source_entity,
        cue=None,
        cue_token=None,
        medium=first.medium,
        rule="quotation-goes-on",
    )


def _goes_on(draft: Draft, last: tuple[int, DraftAttribution, bool], quote: Quotation) -> bool:
    """Tell whether a quotation without a cue goes on with what the last speaker said.

    It does in the same paragraph after only the words that name the speaker, and in the next one when the
    quotation before was left open or stood right before it.
    """
    between = draft.text[last[0] : quote.start]
    breaks = between.strip(" \t").count("\n") and len(re.findall(r"\n\s*", between))
    if breaks > 1:
        return False
    if last[2]:
        return len(between.strip()) == 0
    if breaks:
        tail = between.strip()
        return len(tail) < 120
    sentence = draft.sentence_at(quote.start)
    begins = sentence is not None and quote.start <= sentence.start + 1
    return len(between) < 250 and (begins or not re.search(r"[.!?;]\s", between))


def _kinds(found: list[DraftAttribution], quotes: list[Quotation]) -> None:
    for attribution in found:
        if attribution.rule in ("label", "block"):
            continue
        share = quoted_share(*attribution.content, quotes)
        cue = attribution.cue
        if cue is not None and any(q.start <= cue[0] < q.end for q in quotes):
            # The cue stands inside somebody's quotation: what it governs is not quoted once more.
            attribution.kind = "indirect"
            continue
        kind: AttributionKind = "indirect"
        if share >= DIRECT_SHARE:
            kind = "direct"
        elif share > 0:
            kind = "mixed"
        attribution.kind = kind


def _distinct(found: list[DraftAttribution]) -> list[DraftAttribution]:
    """Drop repeats: the same content from the same source."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for attribution in found:
        key = (attribution.content, attribution.source)
        if key not in seen:
            seen.add(key)
            kept.append(attribution)
    return kept


# ---- sources -------------------------------------------------------------------------------------------


def _owners(draft: Draft, found: list[DraftAttribution]) -> None:
    """Resolve "the statement", "it" and the like to the last one that issued something."""
    last: DraftEntity | None = None
    for attribution in sorted(found, key=lambda a: (a.cue or a.content)[0]):
        if attribution.source_entity is None and attribution.source is not None and last is not None:
            words = draft.text[slice(*attribution.source)].lower().split()
            noun = words[-1] if words else ""
            owned = words[:1] in (["the"], ["this"], ["that"], ["its"], ["their"]) and any(
                w in lexicon().media for w in words
            )
            if owned or noun == "it":
                attribution.source_entity = last
        if attribution.source_entity is not None and attribution.source_entity.kind != "place":
            last = attribution.source_entity


def _medium(sentence: Sentence, finding: Finding) -> tuple[int, int] | None:
    """Return the words that name where it was said ("in a statement", "in an interview with ...")."""
    cue = finding.cue
    nodes = [cue]
    if cue.dep_ in ("advcl", "conj", "xcomp") and cue.head.pos_ == "VERB":
        nodes.append(cue.head)
    inside = {t.i for t in finding.content}
    for clause in [t for t in cue.subtree if t.dep_ == "ccomp" and t.head.i == cue.i]:
        nodes.append(clause)
    for node in nodes:
        for preposition, noun in grammar.all_prepositions(node):
            if (
                preposition.lower_ not in lexicon().media_governors
                or noun.lemma_.lower() not in lexicon().media
            ):
                continue
            quoted = preposition.i in inside and node.i in inside and preposition.i < cue.i
            if quoted or noun.i == cue.i:
                continue
            content = (
                (lambda c: c.dep_ in ("acl", "ccomp") and c.i in inside)
                if node.i not in inside
                else (lambda c: False)
            )
            first, last = edges.subtree_edges(noun, content)
            return sentence.start_of(first), sentence.end_of(last)
    return None
