"""Where: places named in a sentence, which place of the gazetteer is meant, and where an event is set.

A place is taken only when a phrase of place holds it ("in Geneva", "visit to Ankara", "the northern city of
Kunduz"); no place is better than a wrong one, so that a small town that nothing supports stays out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman import model
from dragoman.context import gazetteer
from dragoman.context.attachment import anchoring_words, family, link_of
from dragoman.context.namesakes import resolve
from dragoman.language import arguments, grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.draft import Draft, Sentence
    from dragoman.syntax import Token

_LONGEST = 4
# Before the last word of a longer name: "Mocimboa da Praia".
_PARTICLES = frozenset({"da", "de", "do", "del", "di", "du", "la", "le", "el", "al"})
_COARSENESS = {"region": 1, "country": 2}
_ACTING = frozenset({"person", "organization", "igo", "ngo", "armed_group", "people"})


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A place named in a sentence, resolved. `token` heads its words, `preposition` stands before it."""

    start: int
    end: int
    name: str
    country: str
    kind: str
    lat: float | None
    lon: float | None
    geonames: str | None
    token: Token
    governor: Token
    preposition: str

    def place(self) -> model.Place:
        """Return the record of the place."""
        return model.Place(self.name, self.country, self.lat, self.lon, self.geonames, self.start, self.end)


def find_places(sentence: Sentence, draft: Draft | None = None) -> list[PlaceHit]:
    """Return the places that phrases of place name in a parsed sentence, in text order.

    With a draft, its mentions say which names act (a metonym is no place) and which countries the text is
    about.
    """
    if sentence.parse is None:
        return []
    found: list[PlaceHit] = []
    taken = -1
    tokens = list(sentence.parse)
    for index, token in enumerate(tokens):
        if index <= taken or not token.text[:1].isupper() or token.pos_ not in ("PROPN", "NOUN", "ADJ", "X"):
            continue
        for size in range(min(_LONGEST, len(tokens) - index), 0, -1):
            words = tokens[index : index + size]
            hit = _hit(sentence, words, draft, found)
            if hit is not None:
                found.append(hit)
                taken = index + size - 1
                break
    return found


def _hit(
    sentence: Sentence, words: list[Token], draft: Draft | None, found: list[PlaceHit]
) -> PlaceHit | None:
    start, end = sentence.start_of(words[0]), sentence.end_of(words[-1])
    if not words[-1].text[:1].isupper() and len(words) > 1:
        return None
    head = next((w for w in words if w.head not in words), words[-1])
    if _part_of_name(words, head) or (draft is not None and _acts(sentence, head, start, end, draft)):
        return None
    base = head
    # "the northern city of Kunduz": the phrase of place holds "city".
    kind = ""
    if (
        head.dep_ == "pobj"
        and head.head.lower_ == "of"
        and head.head.head.lemma_.lower() in anchoring_words()["kinds_of_place"]
    ):
        base = head.head.head
        kind = base.lemma_.lower()
    elif (
        head.dep_ in ("compound", "nmod") and head.head.lemma_.lower() in anchoring_words()["kinds_of_place"]
    ):
        # "in Anbar province", "the Anbar and Nineveh provinces"
        base = head.head
        kind = base.lemma_.lower()
    elif head.dep_ == "appos" and (
        head.head.pos_ != "PROPN" or head.head.lemma_.lower() in anchoring_words()["kinds_of_place"]
    ):
        base = head.head
        kind = base.lemma_.lower() if base.lemma_.lower() in anchoring_words()["kinds_of_place"] else ""
    elif (
        head.dep_ == "appos"
        and words[0].i > 0
        and words[0].nbor(-1).text == ","
        and all(h.token.i != head.head.i for h in found)
    ):
        # "in Palmar, Colombia": of a place that nobody knows at least the country.
        base = head.head
    elif head.dep_ == "pobj" and head.head.lower_ == "of" and _is_direction(head.head.head):
        # "a camp east of Benghazi"
        base = head.head.head
        preposition = link_of(base)[1] or "near"
        return _placed(sentence, words, draft, kind, base, (link_of(base)[0], preposition))
    base = grammar.first_conjunct(base)
    return _placed(sentence, words, draft, kind, base, link_of(base))


def _is_direction(token: Token) -> bool:
    return token.lower_ in anchoring_words()["compass"]


def _placed(
    sentence: Sentence,
    words: list[Token],
    draft: Draft | None,
    kind: str,
    base: Token,
    link: tuple[Token, str],
) -> PlaceHit | None:
    """Return the place that words name when the phrase of `base` is one of place, or None."""
    start, end = sentence.start_of(words[0]), sentence.end_of(words[-1])
    name = sentence.text[start - sentence.start : end - sentence.start]
    head = next((w for w in words if w.head not in words), words[-1])
    governor, preposition = link
    if not _is_locative(base, governor, preposition, kind):
        return None
    entry = resolve(name, sentence, words, draft, kind)
    if entry is None or (entry.kind == "country" and base.dep_ in ("compound", "nmod")):
        return None  # "the US strike" says whose it is, not where
    return PlaceHit(
        start, end, entry.name, entry.country, entry.kind, entry.lat, entry.lon, entry.geonames,
        head, governor, preposition,
    )  # fmt: skip


def _is_locative(base: Token, governor: Token, preposition: str, kind: str) -> bool:
    words = anchoring_words()
    if preposition in words["locatives"]:
        if governor.lemma_.lower() in words["not_placing"] and governor.pos_ == "NOUN":
            return False
        onto = governor.lemma_.lower() in words["placing_nouns"]
        return preposition != "on" or kind in ("island", "base") or onto
    if preposition == "of":
        return governor.lemma_.lower() in words["placing_nouns"]
    if preposition in words["directions"]:
        return governor.lemma_.lower() in words["movements"]
    if base.dep_ in ("dobj", "nsubjpass") and base.head.lemma_.lower() in words["placing_verbs"]:
        return True
    # "the Geneva talks", "the Ankara bombing": a town before a common noun.
    return base.dep_ in ("compound", "nmod") and base.head.pos_ == "NOUN" and not preposition


def _part_of_name(words: list[Token], head: Token) -> bool:
    """Tell whether the words are only part of a longer name ("Paris Agreement", "New York Times", "Paris
    Hilton")."""
    last, first = words[-1], words[0]
    after = last.nbor(1) if last.i + 1 < len(last.doc) else None
    before = first.nbor(-1) if first.i > 0 else None
    if after is not None and after.text in anchoring_words()["not_place_before"]:
        return True
    titled = after is not None and after.lower_ in anchoring_words()["kinds_of_place"]
    if after is not None and after.text[:1].isupper() and after.pos_ == "PROPN" and after.dep_ != "appos":
        return not titled
    if before is not None and before.lower_ in _PARTICLES and before.i > 0 and before.head in words:
        return before.nbor(-1).text[:1].isupper() and before.nbor(-1).pos_ == "PROPN"
    joined = (
        before is not None and before.text[:1].isupper() and before.pos_ == "PROPN" and not before.is_punct
    )
    if (
        joined
        and before is not None
        and before.i > 0
        and before.dep_ in ("compound", "nmod", "amod")
        and before.head in words
    ):
        return before.text not in gazetteer.adjectives()
    return (before is not None and before.text in ("-", "–")) or (
        after is not None
        and after.text in ("-", "–")
        and after.i == last.i + 1
        and not after.whitespace_
        and not last.whitespace_
    )


def _acts(sentence: Sentence, head: Token, start: int, end: int, draft: Draft) -> bool:
    """Tell whether the words are somebody who acts: a metonym, a person, a body; or a date."""
    mention = draft.mention_at(sentence, head)
    if mention is not None:
        whole = mention.end - mention.start <= end - start + 4
        if mention.entity.kind in _ACTING:
            return True
        if (
            mention.form == "metonym"
            and whole
            and head.dep_ not in ("pobj", "compound", "appos", "conj", "dobj")
        ):
            return True
    return any(t.start < end and start < t.end for t in draft.times)


def place_of(sentence: Sentence, token: Token, draft: Draft) -> model.Place | None:
    """Return where what a word names is set, by the phrase of place that belongs to it, or None.

    Works for verbs ("met in Geneva") and nouns ("a summit in Geneva").
    """
    hit = place_hit(sentence, token, draft)
    return hit[0].place() if hit else None


def place_hit(
    sentence: Sentence, token: Token, draft: Draft, hits: list[PlaceHit] | None = None
) -> tuple[PlaceHit, str] | None:
    """Like `place_of`, with the hit and the rule that found it; towns before countries.

    `hits` are the places of the sentence when they are known already.
    """
    if hits is None:
        hits = find_places(sentence, draft)
    for word, rule in _family(token):
        own = [h for h in hits if h.governor.i == word.i and h.token.i != token.i]
        own = [h for h in own if _fits(h, word, rule)]
        if own:
            return min(own, key=lambda h: (_COARSENESS.get(h.kind, 0), h.start)), rule
    return None


def _fits(hit: PlaceHit, word: Token, rule: str) -> bool:
    """Tell whether a place that the parser hangs on a word can be its own."""
    words, lemma = anchoring_words(), word.lemma_.lower()
    # "from Geneva" says where a flight began, not where what happens is; only leaving is set there.
    if hit.preposition in ("from", "out of"):
        return lemma in words["leaving"] and rule in ("own", "object", "verb", "particle")
    # "discussed the war in Yemen": whose place it is the parser cannot know.
    objects = grammar.children(word, "dobj")
    goes = hit.preposition in words["directions"] and lemma in words["movements"]
    if word.pos_ == "VERB" and lemma in words["judging"] and objects and not goes:
        return not any(o.i < hit.token.i <= o.right_edge.i + 3 for o in objects)
    return True


def _family(token: Token) -> Iterator[tuple[Token, str]]:
    """The words whose place is that of a predicate: those that share its time, and coordinated verbs."""
    yield from family(token)
    verb = token if token.pos_ in ("VERB", "AUX") else None
    if verb is not None:
        if verb.lemma_.lower() not in anchoring_words()["judging"]:
            # Also of coordinated verbs ("killed or wounded ten men in Jos") and the subject of a passive.
            yield from ((o, "object") for o in arguments.logical_objects(verb))
        yield from _sharing(verb)
        for preposition in grammar.children(verb, "prep"):
            if preposition.lower_ in ("at", "during", "for", "on", "to", "into"):
                for noun in grammar.children(preposition, "pobj"):
                    if noun.pos_ == "NOUN" and preposition.lower_ in ("at", "during", "for"):
                        yield noun, "occasion"
    if (
        verb is not None
        and verb.dep_ == "conj"
        and verb.head.pos_ == "VERB"
        and not grammar.children(verb, "nsubj", "nsubjpass")
    ):
        first = grammar.first_conjunct(verb)
        leading = [c for c in grammar.children(first, "prep") if c.i < first.i]
        if leading:
            yield first, "coordination"


def _sharing(verb: Token) -> Iterator[tuple[Token, str]]:
    """Nouns in a verb's own phrases on which the parser may have hung its place."""
    words = anchoring_words()
    if verb.lemma_.lower() in words["judging"] or verb.lemma_.lower() in words["reporting"]:
        return
    for preposition in grammar.children(verb, "prep", "agent"):
        nouns = grammar.children(preposition, "pobj")
        if preposition.lower_ == "in" and nouns and nouns[0].lower_ == "front":
            nouns = [n for p in grammar.children(nouns[0], "prep") for n in grammar.children(p, "pobj")]
        elif preposition.lower_ == "on":
            nouns = nouns if verb.lemma_.lower() in words["sharing_on"] else []
        elif preposition.lower_ not in words["sharing"]:
            nouns = []
        yield from ((n, "clause") for n in nouns)
