"""The reading of one predicate by its own words: tense, aspect, modality, negation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.factuality import factuality
from dragoman.claims.lexicon import lexicon
from dragoman.claims.spans import WEEKDAYS
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.draft import Sentence
    from dragoman.model import Status
    from dragoman.syntax import Token

Read = tuple["Status", float, tuple[str, ...]]
_FUTURE_WORDS = frozenset({"tomorrow", "soon", "tonight", "shortly"})
_NEXT = frozenset({"next", "coming", "upcoming", "later"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i"})
_OWN = frozenset({"his", "her", "its", "their", "our", "my"})


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
    if (grammar.is_negated(verb) or _shared_negation(verb)) and not _until(verb):
        return _negated(form)
    if form.modal is not None:
        return _modal(verb, form)
    if any(c.lower_ == "but" and any(g.lower_ == "all" for g in c.children) for c in verb.children):
        return "denied", 0.6, ("adverb:all-but",)
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
    if _is_act_of_speech(verb):
        return "occurred", 0.7, ("present-speech",)
    if _on_a_weekday(verb):
        return "planned", 0.65, ("present-weekday",)
    return "ongoing", 0.6, ("present",)


def _negated(form: grammar.VerbForm) -> Read:
    """Read a negated verb: "may not" leaves it open, "would not have" is unreal, "should not have" regrets."""
    if form.modal in ("may", "might") and not form.perfect:
        return "possible", 0.7, ("negated", f"modal:{form.modal}")
    if form.perfect and form.modal == "should":
        return "occurred", 0.6, ("negated", "modal:should-have")
    if form.perfect and form.modal == "would":
        return "hypothetical", 0.7, ("negated", "modal:would-have")
    return "denied", 0.9, ("negated",)


def _until(verb: Token) -> bool:
    """Tell whether "not" only sets the beginning: "did not leave until May"."""
    return any(
        (c.dep_ == "prep" and c.lower_ in ("until", "till"))
        or (c.dep_ == "advcl" and conjunction(c) in ("until", "till"))
        for c in verb.children
        if c.i > verb.i
    )


def _is_act_of_speech(verb: Token) -> bool:
    for entry in lexicon().verbs.get(verb.lemma_.lower(), ()):
        if entry.id in factuality().present_acts:
            # Of "continue", "begin" and their like only what governs words is speech.
            return entry.id != "state" or any(c.dep_ in ("ccomp", "dobj", "parataxis") for c in verb.children)
    return False


def _on_a_weekday(verb: Token) -> bool:
    """Tell whether a present tells of a day ahead ("The congress opens on Friday"), not of a habit ("on Fridays")."""
    for child in verb.children:
        for token in (child, *(g for g in child.children if g.dep_ == "pobj")):
            at_day = child.dep_ in ("npadvmod", "prep") and token.lower_ in WEEKDAYS
            if at_day and not any(c.lower_ in ("every", "each", "last") for c in token.children):
                return True
    return False


def _modal(verb: Token, form: grammar.VerbForm) -> Read:
    modal = form.modal or ""
    status = factuality().modals.get(modal, "possible")
    if modal in ("should", "ought", "must") and form.perfect:
        unreal: Status = "possible" if modal == "must" else "hypothetical"
        return unreal, 0.7, (f"modal:{modal}-have",)
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
    lemma = clause.head.lemma_.lower()
    if any(s.id == "commit" for s in factuality().verbs.get(lemma, ())):
        return True
    if any(s.id == "threaten" for s in factuality().verbs.get(lemma, ())):
        return False
    if grammar.is_passive(clause.head) or clause.head.lemma_.lower() not in lexicon().verbs:
        return False
    subjects = grammar.children(clause, "nsubj")
    speakers = grammar.children(clause.head, "nsubj")
    if not subjects or not speakers or grammar.is_passive(verb):
        return False
    # "He said that his country would": what is the speaker's own acts for him.
    owners = grammar.children(subjects[0], "poss")
    return any(t.lower_ in _PRONOUNS or t.lower_ in _OWN for t in (subjects[0], *owners))


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
    return _conjunction_of_words(clause)


def _conjunction_of_words(clause: Token) -> str:
    """Return a conjunction of several words ("as long as", "in case", "provided that"), or an empty string."""
    head = clause.head
    if head.lower_ in ("long", "soon") and any(c.lower_ == "as" for c in clause.children):
        return f"as {head.lower_} as"
    if clause.dep_ == "ccomp" and head.lower_ in factuality().conjunctions and head.tag_ in ("VBN", "VBG"):
        return head.lower_
    first = clause.left_edge.i
    if [t.lower_ for t in clause.doc[max(0, first - 2) : first]] == ["in", "case"]:
        return "in case"
    return ""


def inverted_condition(clause: Token) -> str:
    """Return the auxiliary that opens a condition without "if" ("Had Peru invaded, ..."), or an empty string."""
    if clause.dep_ not in ("advcl", "ccomp", "relcl") or clause.doc[-1].text == "?":
        return ""
    first = clause.left_edge
    if clause.dep_ == "relcl":
        # "Were Peru to invade": taken for a relative clause on Peru.
        first = clause.doc[max(0, clause.head.left_edge.i - 1)]
    if first.lower_ not in ("had", "should", "were") or (first.i > 0 and first.nbor(-1).text != ","):
        return ""
    if first.i >= clause.i:
        return ""
    after = first.nbor(1)
    return (
        first.lower_
        if after.i <= clause.i and after.pos_ in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM")
        else ""
    )


def _shared_negation(verb: Token) -> bool:
    """Tell whether the negation of the first verb also holds for this one ("did not attack or threaten")."""
    if verb.dep_ == "conj" and any(
        c.lower_ == "nor" and c.i == verb.left_edge.i - 1 for c in verb.head.children
    ):
        return True
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
