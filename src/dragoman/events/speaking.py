"""Words that speak for a type where no frame fits: heads of its frames, and words related to it.

For `relating`, which must always answer: a word that heads frames of one type only says more than one that
heads frames of many, and one that needs no further words says more than one that does ("give" + "aid").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.language.inflection import word_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dragoman.events.codebook import Codebook, Trigger
    from dragoman.syntax import Token

# Set by reasoning, then adjusted by hand to the total score on a development set; the effect was small.
# What each further condition of a frame takes from the say of its head alone.
_CONDITION = 0.3
_RELATED = 0.9
# A word is shared with "no type at all" to this amount, so that a vague word says little.
_NO_TYPE = 0.5
# A noun found where only the verb is known, or the other way round ("the raid", "to raid").
_OTHER_CLASS = 0.6
# "Has" of "has accepted" is no word of having.
_AUXILIARY = frozenset({"aux", "auxpass"})
_CLASSES = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}


class SpeakingWords:
    """The words of a codebook and the share of each type in each.

    Args:
        codebook: the frames and related words.
    """

    def __init__(self, codebook: Codebook) -> None:
        sums: dict[tuple[str, str], dict[str, float]] = {}
        light = frozenset(codebook.words.get("light_verbs", ()))

        def add(kind: str, lemma: str, name: str, value: float) -> None:
            of = sums.setdefault((kind, lemma), {})
            of[name] = max(of.get(name, 0.0), value)

        for event_type, frame in codebook.frames():
            if frame.yields != "event":
                continue
            trigger = frame.trigger
            value = frame.score * _CONDITION ** _conditions(trigger)
            needs_more = trigger.object or trigger.prep or trigger.complement
            kind = "verb" if trigger.verb else "noun" if trigger.noun else "adjective"
            for lemma in trigger.heads:
                if (lemma in light and needs_more) or (kind == "noun" and _key(kind, lemma) != lemma):
                    continue  # "have" says nothing without "talks", nor "offices" without "good"
                for particle in trigger.particle if len(trigger.particle) else ("",):
                    add(kind, _key(kind, f"{lemma} {particle}".strip()), event_type.type, value)
        for event_type in codebook.types.values():
            for kind in ("verb", "noun", "adjective"):
                for lemma in getattr(event_type.related_words, kind):
                    add(kind, _key(kind, lemma), event_type.type, _RELATED)
        self._shares: dict[tuple[str, str], Sequence[tuple[str, float]]] = {
            key: tuple((name, value / (_NO_TYPE + sum(of.values()))) for name, value in sorted(of.items()))
            for key, of in sums.items()
        }
        # The lemmatizer leaves some irregular forms as they are ("froze").
        self._verb_of = {
            form: lemma
            for lemma in sorted(lemma for kind, lemma in self._shares if kind == "verb" and " " not in lemma)
            for form in sorted(word_forms(lemma))
            if ("verb", form) not in self._shares
        }

    def shares(self, token: Token) -> Iterator[tuple[str, float]]:
        """Yield each type that a word speaks for, and how much of what the word says is for it."""
        kind = _CLASSES.get(token.pos_)
        if kind is None or token.dep_ in _AUXILIARY:
            return
        for lemma in self._lemmas(token, kind):
            found = self._shares.get((kind, lemma))
            if found is not None:
                yield from found
                return
        other = "noun" if kind == "verb" else "verb"
        for lemma in dict.fromkeys((token.lemma_.lower(), token.lower_)):
            for name, share in self._shares.get((other, lemma), ()):
                yield name, share * _OTHER_CLASS

    def _lemmas(self, token: Token, kind: str) -> Iterator[str]:
        lemma = token.lemma_.lower()
        if kind == "verb":
            for child in token.children:
                if child.i > token.i and child.dep_ in ("prt", "advmod", "prep"):
                    yield f"{lemma} {child.lower_}"
        yield lemma
        if lemma != token.lower_:
            yield token.lower_
        if kind == "verb" and token.lower_ in self._verb_of:
            yield self._verb_of[token.lower_]


def _key(kind: str, lemma: str) -> str:
    """Return the key of a lemma: of a noun phrase its last word, which heads it."""
    return lemma.replace("-", " ").split()[-1] if kind == "noun" else lemma


def _conditions(trigger: Trigger) -> int:
    return sum(
        bool(c) for c in (trigger.object, trigger.modifier, trigger.prep, trigger.subject, trigger.complement)
    ) + (trigger.negated is True)
