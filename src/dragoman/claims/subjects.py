"""Whose a verb is: its subject as written, also where the parser reads something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.lexicon import lexicon
from dragoman.language import arguments, grammar

if TYPE_CHECKING:
    from dragoman.syntax import Token

DASHES = frozenset({"-", "--", "–", "—"})


def surface_subject(verb: Token) -> Token | None:
    """Return the subject of a verb as written (a relative pronoun stays one), shared ones found; or None."""
    own = [_named_after(s) for s in grammar.children(verb, "nsubj", "nsubjpass") if not _is_stray(s, verb)]
    if own:
        if own[-1].left_edge.i == verb.i + 1:
            # "said Berg": nothing before the verb is its subject.
            return own[-1]
        return next((s for s in reversed(own) if s.i < verb.i), own[-1])
    first = grammar.first_conjunct(verb)
    shared = grammar.children(first, "nsubj", "nsubjpass") if first is not verb else []
    if shared and shared[-1].tag_ in grammar.RELATIVES:
        return shared[-1]
    if verb.dep_ == "relcl" and grammar.is_infinitive(verb) and verb.head.dep_ == "dobj" and not own:
        # "has the nerve to speak of it": the nerve does not speak.
        return surface_subject(verb.head.head)
    blamed = _blamed(verb)
    if blamed is not None:
        return blamed
    if verb.i == 0 and verb.tag_ == "VBG" and verb.dep_ in ("csubj", "csubjpass"):
        # "Claiming it was rigged, Berg told ...": the parser takes the participle for a subject.
        main = next(verb.ancestors)
        while main.dep_ != "ROOT":
            main = main.head
        opening = grammar.children(main, "nsubj")
        if opening and opening[-1].left_edge.i > 0 and opening[-1].left_edge.nbor(-1).text == ",":
            return opening[-1]
    found = arguments.grammatical_subjects(verb)
    return found[0] if found else None


def _blamed(verb: Token) -> Token | None:
    """Return who did what they are praised or blamed for: "thanked the nuns for speaking out"; or None."""
    link = verb.head
    if verb.dep_ != "pcomp" or verb.tag_ != "VBG" or grammar.is_passive(link.head):
        return None
    if link.lower_ == "into":
        return next((o for o in grammar.children(link.head, "dobj") if o.i < link.i), None)
    if link.lower_ != "for":
        return None
    lemma = link.head.lemma_.lower()
    if lemma not in lexicon().judging and all(e.id != "blame" for e in lexicon().verbs.get(lemma, ())):
        return None
    return next((o for o in grammar.children(link.head, "dobj", "dative") if o.i < link.i), None)


def _is_stray(subject: Token, verb: Token) -> bool:
    """Tell whether a "subject" stands after an adjunct of its verb, where none stands ("said on the show \"News\"")."""
    if subject.i < verb.i:
        return False
    return any(c.dep_ == "prep" and verb.i < c.i < subject.left_edge.i for c in verb.children)


def _named_after(subject: Token) -> Token:
    """Return the name after an adjunct or dateline misread as the subject ("Before the fair, Lund", "LIMA -- Ruiz")."""
    first = subject.left_edge
    names = [c for c in grammar.children(subject, "appos") if c.pos_ == "PROPN" and c.i > subject.i]
    if not names:
        return subject
    after = subject.nbor(1)
    dateline = first.i == 0 and subject.text.isupper() and after.text in DASHES
    adjunct = (
        first.i > 0 and first.nbor(-1).tag_ == "IN" and first.nbor(-1).dep_ == "prep" and after.text == ","
    )
    return names[0] if dateline or adjunct else subject


def as_subject(verb: Token) -> Token | None:
    """Return the subject in ", as one of the aides noted," where the parser took "as" for a preposition; or None."""
    for link in grammar.children(verb, "prep"):
        if link.lower_ == "as" and 0 < link.i < verb.i and link.nbor(-1).text == ",":
            for noun in grammar.children(link, "pobj"):
                if noun.right_edge.i == verb.i - 1:
                    return noun
    return None


def name_before(verb: Token) -> Token | None:
    """Return the name or pronoun right before a finite verb that the parser gave no subject, or None."""
    if (
        verb.tag_ not in ("VBD", "VBZ", "VBP")
        or verb.dep_ not in ("ROOT", "ccomp", "conj", "dobj")
        or verb.i == 0
    ):
        return None
    before = verb.nbor(-1)
    while (before.dep_ == "advmod" or before.lower_ == "both") and before.i > 0:
        before = before.nbor(-1)
    if before.text == "," and before.i > 0:
        # "..., Marsh, a retired general, said"
        added = before.nbor(-1)
        while added.dep_ not in ("appos", "ROOT") and added.head.i < verb.i:
            added = added.head
        before = added.head if added.dep_ == "appos" and added.head.i < added.i < verb.i else added
    if (
        before.i == 0
        and before.text.istitle()
        and before.pos_ in ("VERB", "AUX", "ADJ", "NOUN", "PROPN")
        and before is not verb
    ):
        # "May said ...": a name that is a word, too
        return before
    if verb.dep_ == "dobj":
        return None
    return before if before.pos_ in ("PROPN", "PRON") and before.tag_ != "PRP$" else None


def quoted_as(verb: Token) -> Token | None:
    """Return who is quoted in "quoted X as saying", or None."""
    if verb.dep_ not in ("pcomp", "advcl") or verb.tag_ != "VBG":
        return None
    outer = verb.head.head if verb.dep_ == "pcomp" else verb.head
    if outer.lemma_.lower() not in ("quote", "cite") or grammar.is_passive(outer):
        return None
    objects = grammar.children(outer, "dobj")
    return objects[0] if objects else None
