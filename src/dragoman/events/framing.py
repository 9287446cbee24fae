"""What the words around a trigger make of it, for `relating`: planned, refused, vowed, alleged, asked for.

"Will send", "is ready to send" and "considers sending" are not yet sending; "Chad said that Togo had
attacked" is what Chad says of Togo. Which type such an act becomes is the codebook's (`when_planned`,
`when_refused`, `when_vowed`, `when_alleged`, `when_urged`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.events.sides import agreement
from dragoman.language import arguments, grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.events.codebook import Codebook
    from dragoman.events.matching import Match
    from dragoman.events.sides import Party
    from dragoman.syntax import Token

_CLAUSE_LINKS = frozenset({"ccomp", "xcomp", "pcomp", "parataxis", "conj", "prep"})
_URGING = frozenset({"should", "must", "ought", "shall"})
_OPEN_FUTURE = frozenset({"could", "may", "might", "can"})
_NAMED = 0.5


class Framing:
    """Reads what stands around the triggers of a codebook.

    Args:
        codebook: its types and the word lists `prospective_words` and `telling_words`.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._prospective = frozenset(codebook.words.get("prospective_words", ()))
        self._telling = frozenset(codebook.words.get("telling_words", ()))

    def told_of(self, match: Match, source: Party, target: Party) -> str | None:
        """Return the type when the source only tells that the target did it or should do it, else None."""
        event_type = match.type
        if event_type.when_alleged is None and event_type.when_urged is None:
            return None
        verb = match.verb
        if not self._teller(verb, source) or agreement(match, match.frame.actor, target, source) < _NAMED:
            return None
        form = grammar.verb_form(verb) if verb.pos_ in ("VERB", "AUX") else None
        if form is not None and (form.modal in _URGING or self._obliged(verb)):
            return event_type.when_urged
        if form is not None and form.modal is not None and form.modal != "would":
            return None
        return event_type.when_alleged

    def own(self, match: Match) -> str:
        """Return the type of a match: that for the planned, refused or vowed where it is only that."""
        event_type, verb = match.type, match.verb
        if match.frame.trigger.negated is not None:
            return event_type.type
        verbal = verb.pos_ in ("VERB", "AUX")
        form = grammar.verb_form(verb) if verbal else None
        future = form is not None and (form.future or (form.modal == "would" and self._reported(verb)))
        committed = future or (verbal and self._committed(verb))
        negated = (verbal and grammar.is_negated(verb)) or grammar.is_negated(match.head)
        if negated:
            return event_type.when_refused or event_type.type
        if committed:
            return event_type.when_planned or (event_type.when_vowed if future else None) or event_type.type
        # "May have seized" guesses at what happened; "may seize" looks ahead.
        if form is not None and form.modal in _OPEN_FUTURE and not form.perfect:
            return event_type.when_vowed or event_type.when_hypothetical or event_type.type
        return event_type.type

    def _reported(self, verb: Token) -> bool:
        """Tell whether a verb stands in a clause that somebody tells: "said it would send"."""
        top = grammar.first_conjunct(verb)
        return top.dep_ in ("ccomp", "parataxis") or any(
            c.dep_ in ("ccomp", "parataxis") and c.lemma_.lower() in self._telling for c in top.children
        )

    def _committed(self, verb: Token) -> bool:
        """Tell whether a verb is what somebody plans or is ready for: "is ready to send", "is to send"."""
        top = grammar.first_conjunct(verb)
        if top.dep_ not in ("xcomp", "pcomp", "acl"):
            return False
        above = top.head if top.dep_ != "pcomp" else top.head.head
        return above.lemma_.lower() in self._prospective or above.lower_ in self._prospective

    def _obliged(self, verb: Token) -> bool:
        """Tell whether a verb stands below "has to" or "needs to"."""
        return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in ("have", "need")

    def _teller(self, verb: Token, source: Party) -> bool:
        """Tell whether the source is who tells the clause that a verb heads, outside of that clause."""
        for teller in self._tellers(verb):
            if any(
                source.at(t) > 0.0 or source.referred_by(t) for t in arguments.grammatical_subjects(teller)
            ):
                return True
        for clause in (verb, *(g for g, _ in grammar.governors(verb))):
            for preposition in grammar.children(clause, "prep"):
                if preposition.lower_ == "according":
                    below = [
                        t for p in preposition.children for t in grammar.children(p, "pobj")
                    ] + grammar.children(preposition, "pobj")
                    if any(source.at(t) > 0.0 for t in below):
                        return True
        return False

    def _tellers(self, verb: Token) -> Iterator[Token]:
        node = verb
        while node.dep_ != "ROOT":
            above = node.head
            clausal = node.dep_ in ("ccomp", "parataxis")
            if clausal and above.lemma_.lower() in self._telling:
                yield above
            if above.pos_ in ("VERB", "AUX") and node.dep_ not in _CLAUSE_LINKS:
                return
            node = above
        for child in node.children:
            if child.dep_ in ("ccomp", "parataxis") and child.lemma_.lower() in self._telling:
                yield child
