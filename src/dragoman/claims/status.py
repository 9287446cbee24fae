"""Whether it is so: the status of a predicate, from its own form and from everything that governs it.

A predicate is read by its tense, aspect, modality and negation; then the words that govern it, from the
innermost outwards, change that reading by their factuality signatures (`data/lexicons/factuality.yaml`).
The idea of signatures is that of Karttunen (implicative verbs) and of FactBank's annotation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from dragoman.claims.clauses import Read, conjunction, finite, is_finite
from dragoman.claims.composition import HELD, compose
from dragoman.claims.factuality import Signature, factuality, signature_of
from dragoman.claims.governing import first_of_form, governor_of, particles, signature_for
from dragoman.claims.history import is_historical
from dragoman.claims.spans import to_infinitive
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.draft import Sentence
    from dragoman.model import Status
    from dragoman.syntax import Token

DEPTH = 10


@dataclass(frozen=True, slots=True)
class StatusReading:
    """The status of one predicate; `rules` says what decided it, innermost first."""

    status: Status
    historical: bool
    confidence: float
    rules: tuple[str, ...]


def status_of(sentence: Sentence, token: Token, date: str | None = None) -> StatusReading:
    """Return the status of any predicate of a parsed sentence, verb, noun or adjective.

    Args:
        sentence: the parsed sentence.
        token: the head of the predicate.
        date: publication date, for `historical`.
    """
    status, confidence, rules = _read(sentence, token, 0)
    asked = _is_asked(sentence, token)
    if asked and status in HELD:
        status, confidence, rules = "possible", 0.7, (*rules, "question")
    historical = status in ("occurred", "denied") and is_historical(_timed(token), date)
    if historical:
        rules = (*rules, "old-date")
    return StatusReading(status, historical, confidence, rules)


def _timed(token: Token) -> Token:
    """Return the predicate whose time words hold for a token: of a verb's bare object noun the verb."""
    if (
        token.pos_ in ("NOUN", "PROPN")
        and token.dep_ in ("dobj", "nsubjpass", "nsubj")
        and not is_historical(token, "9999")
    ):
        return token.head
    return token


def _is_asked(sentence: Sentence, token: Token) -> bool:
    if not sentence.text.rstrip("\"”’') ").endswith("?") or token.doc[-1].i == token.i:
        return False
    return grammar.clause_of(token).dep_ in ("ROOT", "conj", "ccomp")


def _read(sentence: Sentence, token: Token, depth: int) -> Read:
    if depth > DEPTH:
        return "occurred", 0.4, ("too-deep",)
    if token.pos_ in ("VERB", "AUX"):
        return _verb(sentence, token, depth)
    if token.dep_ in ("acomp", "attr", "oprd") and token.pos_ == "ADJ" and token.head.pos_ in ("VERB", "AUX"):
        return _verb(sentence, token.head, depth)
    if token.pos_ == "ADJ" and grammar.children(token, "aux", "auxpass", "nsubjpass"):
        return _verb(sentence, token, depth)
    return _noun(sentence, token, depth)


# ---- verbs ------------------------------------------------------------------------------------------


def _verb(sentence: Sentence, verb: Token, depth: int) -> Read:
    if verb.dep_ in ("amod", "compound") and not grammar.children(verb, "aux", "auxpass"):
        return _participle(sentence, verb, depth)
    if is_finite(verb):
        return _finite_clause(sentence, verb, depth)
    top = first_of_form(verb)
    if to_infinitive(verb) or to_infinitive(top) or (verb.tag_ == "VB" and verb.dep_ in ("xcomp", "ccomp")):
        return _infinitive(sentence, verb, top, depth)
    if verb.tag_ == "VBG" or top.tag_ == "VBG":
        return _gerund(sentence, verb, top, depth)
    if verb.tag_ == "VB" and top.dep_ == "ROOT":
        # With a name right before it, it is a headline's present ("Chad and Niger sign pact").
        if sentence.segment == "headline" or any(c.pos_ == "PROPN" and c.i < verb.i for c in verb.children):
            return "occurred", 0.7, ("headline",)
        return "proposed", 0.6, ("imperative",)
    return _participle(sentence, verb, depth)


def _finite_clause(sentence: Sentence, verb: Token, depth: int) -> Read:
    inner = finite(sentence, verb)
    top = grammar.first_conjunct(verb) if not grammar.children(verb, "mark") else verb
    opened = conjunction(verb) or conjunction(top)
    if top.dep_ in ("advcl", "ccomp", "acl", "pcomp") and opened:
        kind = factuality().conjunctions[opened]
        if kind == "conditional" and top.dep_ == "advcl" and inner[0] != "denied":
            if opened == "once" and grammar.verb_form(verb).tense == "past":
                return inner
            return "conditional", 0.8, (*inner[2], f"conjunction:{opened}")
        if (kind == "possible" or (opened == "if" and top.dep_ == "ccomp")) and inner[0] != "denied":
            return "possible", 0.8, (*inner[2], f"conjunction:{opened}")
        if kind == "before" and top.dep_ == "advcl" and grammar.verb_form(verb).tense == "present":
            return "planned", 0.6, (*inner[2], f"conjunction:{opened}")
    head = top.head
    if top.dep_ == "ccomp" and head.pos_ in ("VERB", "AUX"):
        return _governed(sentence, inner, head, "verb", ("clause",), depth)
    if top.dep_ == "ccomp" and head.pos_ == "ADJ":
        return _governed(sentence, inner, head, "adjective", ("clause",), depth)
    if top.dep_ in ("acl", "ccomp") and head.pos_ in ("NOUN", "PROPN"):
        return _governed(sentence, inner, head, "noun", ("that",), depth)
    return inner


def _infinitive(sentence: Sentence, verb: Token, top: Token, depth: int) -> Read:
    head, label = top.head, top.dep_
    base = _own_form(verb)
    if grammar.is_negated(verb):
        base = ("denied", 0.8, ("negated",))
    if label == "ROOT":
        return "planned", 0.7, ("headline-infinitive",)
    if label in ("xcomp", "ccomp", "advcl", "csubj", "relcl", "acl"):
        if head.pos_ in ("VERB", "AUX"):
            if label == "csubj":
                return "possible", 0.6, ("infinitive-subject",)
            if label == "advcl" and not signature_of(
                "verb", head.lemma_.lower(), "infinitive", particles(head)
            ):
                return _purpose(sentence, head, depth)
            links = ("infinitive", "on", "for") if head.lemma_.lower() == "call" else ("infinitive",)
            adjective = next((c for c in grammar.children(head, "acomp", "oprd") if c.i < verb.i), None)
            if adjective is not None and head.lemma_.lower() == "be":
                return _governed(sentence, base, adjective, "adjective", ("infinitive",), depth, "possible")
            return _governed(sentence, base, head, "verb", links, depth, "possible")
        if head.pos_ in ("ADJ", "ADV"):
            if head.lower_ in ("first", "last", "second", "third", "latest"):
                return "occurred", 0.7, ("first-to",)
            return _governed(sentence, base, head, "adjective", ("infinitive",), depth, "possible")
        if head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
            if head.lower_ in ("first", "last", "latest") or any(
                c.lower_ in ("first", "last", "latest", "second", "third", "only")
                for c in head.children
                if c.dep_ in ("amod", "advmod")
            ):
                return "occurred", 0.7, ("first-to",)
            bare = head.dep_ == "ROOT" or (head.dep_ == "nsubj" and head.head.pos_ not in ("VERB", "AUX"))
            if bare and signature_for("noun", head, ("infinitive",)) is None:
                return "planned", 0.7, ("headline-infinitive",)
            return _noun_infinitive(sentence, base, head, depth)
    return "planned", 0.5, ("infinitive",)


def _noun_infinitive(sentence: Sentence, base: Read, head: Token, depth: int) -> Read:
    """Read an infinitive on a noun: by the noun, or by the verb of an object ("asked the UN to ...")."""
    if head.lower_ == "order" and head.head.lower_ == "in":
        return _purpose(sentence, grammar.clause_of(head.head.head), depth)
    if (
        signature_of("noun", head.lemma_.lower(), "infinitive") is None
        and head.dep_ == "dobj"
        and head.head.pos_ == "VERB"
    ):
        return _governed(sentence, base, head.head, "verb", ("infinitive",), depth, "possible")
    return _governed(sentence, base, head, "noun", ("infinitive",), depth, "possible")


def _purpose(sentence: Sentence, head: Token, depth: int) -> Read:
    status, confidence, rules = _read(sentence, head, depth + 1)
    if status in HELD or status == "planned":
        return "planned", 0.6, (*rules, "purpose")
    return status, confidence * 0.9, (*rules, "purpose")


def _own_form(verb: Token) -> Read:
    """Read a verb that words of belief leave as it is: "to have fled", "to be hiding", "of moving"."""
    form = grammar.verb_form(verb)
    if form.perfect:
        return "occurred", 0.75, ("perfect-infinitive",)
    if form.progressive or verb.lemma_.lower() == "be":
        return "ongoing", 0.7, ("progressive-infinitive",)
    if verb.tag_ == "VBG":
        return "occurred", 0.65, ("gerund",)
    return "ongoing", 0.5, ("infinitive",)


_PREPOSITIONS = {
    "without": "denied",
    "instead of": "denied",
    "rather than": "denied",
    "despite": "occurred",
    "after": "occurred",
    "since": "occurred",
    "for": "occurred",
}


def _gerund(sentence: Sentence, verb: Token, top: Token, depth: int) -> Read:
    head, label = top.head, top.dep_
    base = _own_form(verb)
    if grammar.is_negated(verb):
        return "denied", 0.8, ("negated",)
    if label == "pcomp":
        return _after_preposition_verb(sentence, base, head, depth)
    complement = label in ("xcomp", "ccomp", "dobj")
    if (
        label == "advcl"
        and head.pos_ == "VERB"
        and top.left_edge.i > head.i
        and top.left_edge.nbor(-1).text != ","
    ):
        # "ruled out sending troops": taken for an adverbial by the parser.
        complement = signature_for("verb", head, ("gerund",)) is not None
    if complement and head.pos_ in ("VERB", "AUX"):
        return _governed(sentence, base, head, "verb", ("gerund", "object"), depth, "same")
    if (
        label in ("advcl", "conj", "dep", "csubj", "ROOT", "parataxis")
        and head.pos_ in ("VERB", "AUX")
        and head.i != verb.i
    ):
        status, confidence, rules = _read(sentence, head, depth + 1)
        return status, confidence * 0.9, (*rules, "with-main-clause")
    if label in ("acl", "relcl"):
        main = grammar.clause_of(head)
        past = main.pos_ in ("VERB", "AUX") and grammar.verb_form(main).tense == "past"
        return ("occurred", 0.6, ("participle-past",)) if past else ("ongoing", 0.65, ("participle",))
    if label == "ROOT":
        return "ongoing", 0.5, ("bare-participle",)
    return base


def _after_preposition_verb(sentence: Sentence, base: Read, preposition: Token, depth: int) -> Read:
    """Read a gerund after a preposition by what governs that: "accused of moving", "openness to inviting"."""
    governor = governor_of(preposition)
    kind = _KINDS.get(governor.pos_)
    if governor.lower_ in ("instead", "rather"):
        return "denied", 0.8, ("instead-of",)
    if kind is not None:
        links = (
            (preposition.lower_, "gerund")
            if kind == "verb" and particles(governor)
            else (preposition.lower_,)
        )
        found = signature_for(kind, governor, links)
        if found is not None:
            return _apply(sentence, base, governor, found, depth)
    if preposition.lower_ in _PREPOSITIONS:
        return cast("Status", _PREPOSITIONS[preposition.lower_]), 0.65, (f"preposition:{preposition.lower_}",)
    status, confidence, rules = _read(sentence, grammar.clause_of(governor), depth + 1)
    return status, confidence * 0.85, (*rules, f"preposition:{preposition.lower_}")


_KINDS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}


def _participle(sentence: Sentence, verb: Token, depth: int) -> Read:
    if verb.tag_ == "VBG":
        return "ongoing", 0.6, ("participle",)
    top = first_of_form(verb)
    if top.dep_ == "xcomp" and top.head.pos_ == "VERB":
        return _governed(
            sentence, ("occurred", 0.6, ("participle",)), top.head, "verb", ("infinitive", "object"), depth
        )
    if grammar.is_negated(verb):
        return "denied", 0.8, ("negated",)
    return "occurred", 0.7, ("participle",)


# ---- what governs -------------------------------------------------------------------------------------


def _governed(
    sentence: Sentence,
    inner: Read,
    governor: Token,
    kind: str,
    links: tuple[str, ...],
    depth: int,
    default: str = "keep",
) -> Read:
    found = signature_for(kind, governor, links)
    if found is None:
        found = Signature("other", frozenset(links), default, "denied" if default == "same" else default)
    return _apply(sentence, inner, governor, found, depth)


def _apply(sentence: Sentence, inner: Read, governor: Token, signature: Signature, depth: int) -> Read:
    """Compose the reading of the governing word with its signature into the reading of what it governs."""
    if signature.affirmed == "keep" and signature.negated == "keep":
        marked = (*inner[2], f"under:{governor.lemma_.lower()}") if signature.speech else inner[2]
        return inner[0], inner[1], marked
    return compose(inner, governor, signature, _read(sentence, governor, depth + 1))


# ---- nouns --------------------------------------------------------------------------------------------


_AFTER = frozenset(
    {"after", "following", "since", "during", "amid", "despite", "over", "because", "in", "by"}
)
_AHEAD = frozenset({"ahead", "pending"})
_CONTAINERS = frozenset(
    {
        "series",
        "round",
        "number",
        "wave",
        "string",
        "spate",
        "act",
        "kind",
        "form",
        "day",
        "week",
        "month",
        "start",
        "end",
        "part",
        "result",
        "outcome",
        "conduct",
        "course",
        "session",
        "phase",
        "rest",
    }
)


def _noun(sentence: Sentence, noun: Token, depth: int) -> Read:
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "nmod", "advmod", "poss") and child.i < noun.i:
            status = factuality().modifiers.get(child.lower_)
            if status is not None:
                return status, 0.8, (f"modifier:{child.lower_}",)
    if any(c.dep_ in ("det", "neg") and c.lower_ in ("no", "not") for c in noun.children):
        return "denied", 0.8, ("negated",)
    head, label = noun.head, noun.dep_
    base: Read = ("occurred", 0.6, ("noun",))
    if label in ("conj", "appos"):
        return _read(sentence, head, depth + 1)
    if label in ("compound", "nmod", "amod") and head.pos_ in ("NOUN", "PROPN"):
        found = next((s for s in factuality().nouns.get(head.lemma_.lower(), ())), None)
        return (
            _apply(sentence, base, head, found, depth)
            if found is not None
            else _read(sentence, head, depth + 1)
        )
    if label == "pobj":
        return _after_preposition(sentence, base, head, depth)
    if label in ("dobj", "nsubjpass", "attr", "oprd", "dative"):
        return _argument(sentence, base, head, ("object",), depth)
    if label == "nsubj" and head.pos_ in ("VERB", "AUX"):
        return _argument(sentence, base, head, ("subject",), depth)
    return base


def _argument(sentence: Sentence, base: Read, verb: Token, links: tuple[str, ...], depth: int) -> Read:
    if verb.pos_ not in ("VERB", "AUX"):
        return base
    if links == ("subject",) and grammar.is_passive(verb):
        links = ("object",)
    found = signature_for("verb", verb, links)
    if found is not None:
        return _apply(sentence, base, verb, found, depth)
    outer, sure, rules = _read(sentence, verb, depth + 1)
    if outer in ("planned", "proposed", "possible", "conditional", "hypothetical"):
        return outer, sure * 0.8, (*rules, "with-verb")
    return base


def _after_preposition(sentence: Sentence, base: Read, preposition: Token, depth: int) -> Read:
    governor, word = governor_of(preposition), preposition.lower_
    if preposition.dep_ == "prep" and (governor.dep_ == "prep" or governor.lower_ in _AHEAD):
        word, governor = governor.lower_, governor.head
    if word in _AHEAD:
        return "planned", 0.65, (f"preposition:{word}",)
    if governor.pos_ in ("NOUN", "PROPN"):
        if word == "of" and governor.lemma_.lower() in _CONTAINERS:
            return _read(sentence, governor, depth + 1)
        found = signature_for("noun", governor, (word,))
        if found is not None:
            return _apply(sentence, base, governor, found, depth)
    if governor.pos_ in ("VERB", "AUX"):
        found = signature_for("verb", governor, (word,))
        if found is not None:
            return _apply(sentence, base, governor, found, depth)
        if word not in _AFTER:
            outer, sure, rules = _read(sentence, governor, depth + 1)
            if outer in ("planned", "proposed", "possible", "conditional"):
                return outer, sure * 0.7, (*rules, "with-verb")
    if governor.pos_ == "ADJ":
        found = signature_for("adjective", governor, (word,))
        if found is not None:
            return _apply(sentence, base, governor, found, depth)
    return base
