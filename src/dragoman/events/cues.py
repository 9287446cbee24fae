"""Cue words: contexts of an event, its mode where the frame leaves it open, and the medium it was said in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.events.wordsets import words
from dragoman.language import edges, grammar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.events.codebook import Codebook, EventType
    from dragoman.syntax import Parse, Token

_MEDIUM_PREPOSITIONS = frozenset({"in", "by", "via", "through", "on", "during", "over"})


class ContextFinder:
    """Finds the contexts whose cues stand in a sentence."""

    def __init__(self, codebook: Codebook) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, context in codebook.contexts.items():
            for cue in context.cues:
                parts = tuple(cue.replace("-", " - ").split())
                self._by_first.setdefault(parts[0], []).append((parts, name))
        self._order = {name: i for i, name in enumerate(codebook.contexts)}

    def find(self, doc: Parse, *, phrases_only: bool = False) -> list[tuple[str, Token, Token]]:
        """Return (context, first token, last token) of each cue, in text order.

        With `phrases_only` single words are left out: they are too weak a sign across a sentence boundary.
        """
        found: list[tuple[str, Token, Token]] = []
        for token in doc:
            for key in dict.fromkeys((token.lower_, token.lemma_.lower())):
                for parts, name in self._by_first.get(key, ()):
                    if phrases_only and len(parts) == 1:
                        continue
                    last = token.i + len(parts)
                    if last <= len(doc) and all(
                        w in (t.lower_, t.lemma_.lower())
                        for w, t in zip(parts, doc[token.i : last], strict=True)
                    ):
                        found.append((name, token, doc[last - 1]))
        return found

    def ordered(self, names: Iterable[str]) -> list[str]:
        """Return names without repetition in the codebook's order."""
        return sorted(dict.fromkeys(names), key=lambda n: self._order.get(n, 99))


def mode_by_cues(
    event_type: EventType,
    content: Sequence[Token],
    trigger: Sequence[Token],
    verb: Token,
    topics: Sequence[Token] = (),
) -> tuple[str, Token] | None:
    """Return the mode whose cue stands nearest, and that word.

    What is asked, refused or threatened is searched first, from its head outwards, then the words of the
    trigger, then the rest of its clause, but not what was only talked about, nor what another verb says
    ("attacked a camp but found no hostages").
    """
    cues = [(name, words(mode.cues)) for name, mode in event_type.modes.items() if mode.cues]
    if not cues:
        return None
    regions: list[list[Token]] = [_outwards(content), list(trigger), _outwards([verb], topics)]
    for region in regions:
        for token in region:
            for name, wanted in cues:
                if wanted.matches(token):
                    return name, token
    return None


def _outwards(heads: Sequence[Token], without: Sequence[Token] = ()) -> list[Token]:
    """Return the words of subtrees, heads first, level by level; words of other clauses are left out."""
    level, found = list(heads), list(heads)
    while level:
        below = [
            c
            for token in level
            for c in token.children
            if c.dep_ not in ("relcl", "advcl", "parataxis", "punct") and c not in found and c not in without
            if not _is_elsewhere(c)
        ]
        found.extend(below)
        level = below
    return found


def _is_elsewhere(token: Token) -> bool:
    """Tell whether a token opens what another verb says, or what was left out: "without taking hostages"."""
    other_verb = token.dep_ == "conj" and token.pos_ in ("VERB", "AUX") and token.head.pos_ in ("VERB", "AUX")
    return other_verb or (token.dep_ == "prep" and token.lower_ == "without")


def medium_of(verb: Token, media: Iterable[str]) -> tuple[Token, Token] | None:
    """Return the edges of the phrase that names the medium: "in a telephone call", "in a letter to ..."."""
    wanted = words(tuple(media))
    verbs = [verb]
    for clause in verbs:
        for preposition in grammar.children(clause, "prep", "agent"):
            if preposition.lower_ in _MEDIUM_PREPOSITIONS:
                for noun in grammar.children(preposition, "pobj"):
                    if wanted.matches(noun):
                        first, last = edges.subtree_edges(noun)
                        return first, last
        # At the end of a long sentence it is often hung on the last verb: "..., saying this, in a letter".
        verbs.extend(grammar.children(clause, "advcl", "ccomp", "xcomp"))
    return None
