"""Answer for marked words and single texts: `dragoman status` and `dragoman claims`."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from dragoman.claims.attribution import attributions_of
from dragoman.claims.status import status_of
from dragoman.draft import Draft
from dragoman.errors import ArticleError
from dragoman.language.parsing import MAXIMUM_CHARACTERS, parse_all
from dragoman.language.pipeline import load_pipeline
from dragoman.language.sentences import split_sentences
from dragoman.model import Article
from dragoman.reading.segmenting import SegmentStep

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.language import Language

    from dragoman.draft import DraftAttribution
    from dragoman.syntax import Token

KEPT_PARSES = 16
ALL_LEVELS = frozenset({"claim", "attitude", "topic"})


class Parses:
    """Parsed drafts of the last few texts, so that rows that repeat a text parse it once."""

    def __init__(self, nlp: Language | None = None) -> None:
        self._nlp = nlp
        self._kept: OrderedDict[tuple[str, str | None], Draft] = OrderedDict()

    def draft(self, text: str, date: str | None) -> Draft:
        """Return a draft of a text with every sentence parsed."""
        key = (text, date)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if self._nlp is None:
            self._nlp = load_pipeline()
        draft = Draft(Article(id="", text=text, date=date))
        SegmentStep()(draft)
        draft.sentences = split_sentences(text, draft.segments)
        parse_all(draft.sentences, self._nlp)
        self._kept[key] = draft
        if len(self._kept) > KEPT_PARSES:
            self._kept.popitem(last=False)
        return draft


def _where(row: Mapping[str, Any]) -> str | None:
    return f"row {row['id']!r}" if isinstance(row.get("id"), str | int) else None


def text_of(row: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return text and date of a row; raises `ArticleError` when they are not there."""
    text, date = row.get("text"), row.get("date")
    if not isinstance(text, str) or not text.strip():
        raise ArticleError("no text", where=_where(row), advice='each row needs "text", a non-empty string')
    if date is not None and not isinstance(date, str):
        raise ArticleError("date is not a string", where=_where(row), advice="write it YYYY-MM-DD, or null")
    return text, date


class ClaimsAnswerer:
    """Finds all attributions of a text, political or not: claims, attitudes and topics of talk."""

    def __init__(self, nlp: Language | None = None, levels: frozenset[str] = ALL_LEVELS) -> None:
        self._parses = Parses(nlp)
        self._levels = levels

    def answer(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return `{attributions}` for `{id, text, date}`, each as in the contract; sources have no entity.

        An utterance that its speaker's name interrupts ('"...," she said. "..."') is one attribution: the
        further stretches stand in `continued`.

        Raises:
            ArticleError: when the row has no text.
        """
        text, date = text_of(row)
        draft = self._parses.draft(text, date)
        found = attributions_of(draft, self._levels)
        folded = continuations(draft, found)
        inside = {id(part) for parts in folded.values() for part in parts}
        found = [a for a in found if id(a) not in inside]
        names = {id(a): f"a{number}" for number, a in enumerate(found, 1)}
        for first in found:
            names.update((id(part), names[id(first)]) for part in folded.get(id(first), ()))
        return {"attributions": [_record(a, names, folded.get(id(a), ())) for a in found]}


def continuations(draft: Draft, found: list[DraftAttribution]) -> dict[int, list[DraftAttribution]]:
    """Return, by the id of a first stretch of speech, the further stretches of it in the same paragraph."""
    folded: dict[int, list[DraftAttribution]] = {}
    named = [
        a
        for a in found
        if a.rule != "quotation-goes-on" and a.parent is None and a.kind in ("direct", "mixed")
    ]
    told = [a for a in found if a.rule != "quotation-goes-on" and a.parent is None and a.cue is not None]
    for part in found:
        if part.rule != "quotation-goes-on" or part.source is None:
            continue
        beside = [a for a in named if a.source == part.source and _one_paragraph(draft, a, part)]
        # 'It is old, she said, and "I know it."': what is told first may be unquoted.
        beside = beside or [a for a in told if a.source == part.source and _one_paragraph(draft, a, part)]
        if beside:
            first = min(beside, key=lambda a: abs(a.content[0] - part.content[0]))
            if not _is_led_in(draft, first, part):
                folded.setdefault(id(first), []).append(part)
    return folded


def _is_led_in(draft: Draft, first: DraftAttribution, part: DraftAttribution) -> bool:
    """Tell whether a sentence of its own, ended by a colon, leads in a quotation: it is a new utterance."""
    if not draft.text[: part.content[0]].rstrip().endswith(":") or first.cue is None:
        return False
    sentence = draft.sentence_at(part.content[0] - 2)
    return sentence is not None and not sentence.start <= first.cue[0] < part.content[0]


def _one_paragraph(draft: Draft, one: DraftAttribution, other: DraftAttribution) -> bool:
    low, high = sorted((one.content, other.content))
    return "\n" not in draft.text[low[1] : high[0]]


def _pair(span: tuple[int, int] | None) -> dict[str, Any] | None:
    return None if span is None else {"start": span[0], "end": span[1]}


def _record(
    attribution: DraftAttribution, names: dict[int, str], further: Sequence[DraftAttribution] = ()
) -> dict[str, Any]:
    source = _pair(attribution.source)
    if source is not None:
        source["entity"] = None
    return {
        "id": names[id(attribution)],
        "source": source,
        "cue": _pair(attribution.cue),
        "content": _pair(attribution.content),
        "continued": [_pair(part.content) for part in further],
        "kind": attribution.kind,
        "stance": attribution.stance,
        "parent": names[id(attribution.parent)] if attribution.parent is not None else None,
        "medium": _pair(attribution.medium),
    }


class StatusAnswerer:
    """Says whether a marked predicate is told as having occurred, being planned, denied, and so on."""

    def __init__(self, nlp: Language | None = None) -> None:
        self._parses = Parses(nlp)

    def answer(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return `{status, historical, confidence, why}` for `{id, text, date, event: {start, end}}`.

        Raises:
            ArticleError: when the row has no text, or the marked words are not in it.
        """
        text, date = text_of(row)
        start, end = _marked(row, len(text))
        draft = self._parses.draft(text, date)
        sentence = draft.sentence_at(start)
        if sentence is not None and sentence.parse is None:
            raise ArticleError(
                f"the sentence at {sentence.start} is too long to parse",
                where=_where(row),
                advice=f"give sentences of at most {MAXIMUM_CHARACTERS} characters",
            )
        tokens = [t for t in sentence.tokens_in(start, end) if not t.is_space] if sentence is not None else []
        if sentence is None or not tokens:
            raise ArticleError(
                f"no word stands at [{start}, {end})", where=_where(row), advice="mark a word of a sentence"
            )
        token = head_of(tokens)
        reading = status_of(sentence, token, date)
        return {
            "status": reading.status,
            "historical": reading.historical,
            "confidence": round(reading.confidence, 3),
            "why": {"word": token.text, "rules": list(reading.rules)},
        }


def _marked(row: Mapping[str, Any], size: int) -> tuple[int, int]:
    event = row.get("event")
    if not isinstance(event, dict):
        raise ArticleError("no event", where=_where(row), advice='each row needs "event": {"start", "end"}')
    start, end = event.get("start"), event.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= size:
        raise ArticleError(
            f"event [{start}, {end}) is not inside the text",
            where=_where(row),
            advice=f"0 <= start < end <= {size}, in code points",
        )
    return start, end


def head_of(tokens: list[Token]) -> Token:
    """Return the token of a marked stretch that governs the others."""
    inside = {t.i for t in tokens}
    for token in tokens:
        if not token.is_punct and (token.dep_ == "ROOT" or token.head.i not in inside):
            if token.dep_ in ("aux", "auxpass", "neg", "det") and token.head.i in inside:
                continue
            return token
    return tokens[0]
