"""The reading of one predicate by its own words: tense, aspect, modality, negation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.factuality import factuality
from dragoman.claims.lexicon import lexicon
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.draft import Sentence
    from dragoman.model import Status
    from dragoman.syntax import Token

Read = tuple["Status", float, tuple[str, ...]]
_FUTURE_WORDS = frozenset({"tomorrow", "soon", "tonight", "shortly"})
_NEXT = frozenset({"next", "coming", "upcoming", "later"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i"})


def is_finite(verb: Token) -> bool:
    """Tell whether a verb group carries tense or a modal, shared ones of a coordination included."""
    form = grammar.verb_form(verb)
    if form.infinitive:
        return False
    if form.modal is not None or form.tense == "present":
        return True
    return form.tense == "past" and not (
        verb.tag_ == "VBN"
        and not grammar.children(verb, "aux", "auxpass", "nsubj", "nsubjpass")
        and verb.dep_ in ("acl", "amod", "advcl", "pcomp")
    )


def finite(sentence: Sentence, verb: Token) -> Read:
    """Return status, confidence and rules of a finite verb read by itself."""
    form = grammar.verb_form(verb)
    if grammar.is_negated(verb) or _shared_negation(verb):
        return "denied", 0.9, ("negated",)
    if form.modal is not None:
        return _modal(verb, form)
    for child in verb.children:
        status = factuality().adverbs.get(child.lower_) if child.dep_ in ("advmod", "npadvmod") else None
        if status is not None and child.i < verb.i:
            return status, 0.75, (f"adverb:{child.lower_}",)
    if form.progressive and form.tense == "present":
        if has_future_time(verb):
            return "planned", 0.8, ("progressive-future",)
        return "ongoing", 0.85, ("progressive",)
    if form.perfect and form.tense == "present" and verb.lemma_.lower() == "be":
        return "ongoing", 0.7, ("perfect-state",)
    if form.perfect or form.tense == "past":
        return "occurred", 0.9, ("perfect" if form.perfect else "past",)
    if sentence.segment == "headline":
        return "occurred", 0.7, ("headline-present",)
    if has_future_time(verb):
        return "planned", 0.7, ("present-future",)
    if any(e.id in factuality().present_acts for e in lexicon().verbs.get(verb.lemma_.lower(), ())):
        return "occurred", 0.7, ("present-speech",)
    return "ongoing", 0.6, ("present",)


def _modal(verb: Token, form: grammar.VerbForm) -> Read:
    modal = form.modal or ""
    status = factuality().modals.get(modal, "possible")
    if modal in ("would", "could", "might") and form.perfect:
        if modal != "might" or has_condition(verb):
            return "hypothetical", 0.7, (f"modal:{modal}-have",)
        return status, 0.75, (f"modal:{modal}-have",)
    if has_condition(verb) and modal in ("would", "could", "might", "will"):
        return "conditional", 0.75, (f"modal:{modal}", "has-condition")
    if modal == "would" and _commits(verb):
        return factuality().commitment, 0.65, ("modal:would", "commitment")
    return status, 0.85, (f"modal:{modal}",)


def _commits(verb: Token) -> bool:
    """Tell whether "would" is a reported promise: the speaker says what he himself will do."""
    clause = grammar.first_conjunct(verb)
    if clause.dep_ != "ccomp" or grammar.verb_form(clause.head).tense != "past":
        return False
    if grammar.is_passive(clause.head) or clause.head.lemma_.lower() not in lexicon().verbs:
        return False
    subjects = grammar.children(clause, "nsubj")
    speakers = grammar.children(clause.head, "nsubj")
    return bool(subjects and speakers) and subjects[0].lower_ in _PRONOUNS and not grammar.is_passive(verb)


def has_condition(verb: Token) -> bool:
    """Tell whether a condition hangs on a verb: "if ...", "unless ...", "were it to ..."."""
    return any(child.dep_ == "advcl" and conjunction(child) in ("if", "unless") for child in verb.children)


def conjunction(clause: Token) -> str:
    """Return the word that opens a clause ("if", "unless", "whether", "before"), or an empty string."""
    for child in clause.children:
        if (
            child.i < clause.i
            and child.dep_ in ("mark", "advmod", "prep")
            and (child.lower_ in factuality().conjunctions)
        ):
            return child.lower_
    return ""


def _shared_negation(verb: Token) -> bool:
    """Tell whether the negation of the first verb also holds for this one ("did not attack or threaten")."""
    if verb.dep_ != "conj" or grammar.children(verb, "aux", "auxpass", "nsubj", "nsubjpass"):
        return False
    first = verb.head
    joined = any(c.dep_ == "cc" and c.lower_ in ("or", "nor", "and") for c in first.children)
    same_form = first.tag_ == verb.tag_ and verb.tag_ in ("VB", "VBG", "VBN")
    return joined and same_form and grammar.is_negated(first)


def has_future_time(verb: Token) -> bool:
    """Tell whether a predicate's own adverbials lie ahead: "tomorrow", "next week", "later this month"."""
    for child in verb.children:
        if child.dep_ not in ("npadvmod", "advmod", "prep"):
            continue
        words = [t.lower_ for t in child.subtree]
        if len(words) > 8:
            continue
        if _FUTURE_WORDS.intersection(words) or (
            _NEXT.intersection(words) and any(w in _UNITS for w in words)
        ):
            return True
    return False


_UNITS = frozenset(
    {
        "day",
        "week",
        "month",
        "year",
        "weekend",
        "decade",
        "summer",
        "winter",
        "spring",
        "autumn",
        "fall",
        "today",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    }
)
