"""Whether it is so: the status of a predicate, from its own form and from everything that governs it.

A predicate is read by its tense, aspect, modality and negation; then the words that govern it, from the
innermost outwards, change that reading by their factuality signatures (`data/lexicons/factuality.yaml`).
The idea of signatures is that of Karttunen (implicative verbs) and of FactBank's annotation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from dragoman.claims.clauses import Read, conjunction, finite, inverted_condition, is_finite
from dragoman.claims.composition import HELD, apply
from dragoman.claims.event_nouns import read_noun
from dragoman.claims.factuality import Signature, factuality, signature_of
from dragoman.claims.governing import first_of_form, governor_of, particles, signature_for
from dragoman.claims.history import is_historical
from dragoman.claims.spans import to_infinitive
from dragoman.language import arguments, grammar

if TYPE_CHECKING:
    from dragoman.draft import Sentence
    from dragoman.model import Status
    from dragoman.syntax import Token

DEPTH = 10
REPORTED = "passive-belief"


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
    if any(t.tag_ in ("WP", "WP$", "WRB", "WDT") for t in grammar.clause_of(token).doc[:3]):
        # "Who ordered the raid?" takes the raid for granted.
        return False
    return grammar.clause_of(token).dep_ in ("ROOT", "conj", "ccomp")


def _read(sentence: Sentence, token: Token, depth: int) -> Read:
    if depth > DEPTH:
        return "occurred", 0.4, ("too-deep",)
    if token.pos_ in ("VERB", "AUX"):
        return _verb(sentence, token, depth)
    if (
        token.dep_ in ("ccomp", "advcl")
        and grammar.children(token, "nsubj")
        and not grammar.children(token, "cop")
    ):
        # A verb that the tagger took for a noun or adjective ("in case riots erupt").
        return _finite_clause(sentence, token, depth)
    if token.dep_ in ("acomp", "attr", "oprd") and token.pos_ == "ADJ" and token.head.pos_ in ("VERB", "AUX"):
        return _verb(sentence, token.head, depth)
    if token.pos_ == "ADJ" and grammar.children(token, "aux", "auxpass", "nsubjpass"):
        return _verb(sentence, token, depth)
    return read_noun(sentence, token, depth, _read)


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
        if any(c.dep_ in ("nsubj", "nsubjpass") and c.i < verb.i for c in verb.children):
            return (
                "occurred",
                0.6,
                ("past",),
            )  # A past that the tagger does not know: "the army retook the town".
        return "proposed", 0.6, ("imperative",)
    return _participle(sentence, verb, depth)


def _is_still_to_come(verb: Token, clause: Token) -> bool:
    """Tell whether a clause of time goes with a future: "will talk when they leave", "said it would when they left"."""
    main = clause.head if clause.head.pos_ in ("VERB", "AUX") else clause.head.head
    if main.pos_ not in ("VERB", "AUX"):
        return False
    future, form = grammar.verb_form(main), grammar.verb_form(verb)
    if future.future and form.tense == "present":
        return True
    reported = grammar.first_conjunct(main).dep_ == "ccomp" and future.modal == "would" and not future.perfect
    return reported and form.tense == "past" and form.modal is None


def _finite_clause(sentence: Sentence, verb: Token, depth: int) -> Read:
    inner = finite(sentence, verb)
    top = grammar.first_conjunct(verb) if not grammar.children(verb, "mark") else verb
    inverted = inverted_condition(top)
    if inverted:
        return (
            ("hypothetical" if inverted == "had" else "conditional"),
            0.75,
            (*inner[2], f"inverted:{inverted}"),
        )
    opened = conjunction(verb) or conjunction(top)
    if top.dep_ in ("advcl", "ccomp", "acl", "pcomp") and opened:
        kind = factuality().conjunctions[opened]
        if kind == "conditional" and top.dep_ == "ccomp" and opened != "if" and inner[0] != "denied":
            return "conditional", 0.8, (*inner[2], f"conjunction:{opened}")
        if kind == "conditional" and top.dep_ == "advcl" and inner[0] != "denied":
            if opened == "once" and grammar.verb_form(verb).tense == "past":
                return inner
            if opened == "if" and unclear(top) is not None:
                return "possible", 0.8, (*inner[2], f"conjunction:{opened}")
            if grammar.verb_form(verb).perfect and grammar.verb_form(top.head).perfect:
                return "hypothetical", 0.75, (*inner[2], f"conjunction:{opened}-had")
            return "conditional", 0.8, (*inner[2], f"conjunction:{opened}")
        if (kind == "possible" or (opened == "if" and top.dep_ == "ccomp")) and inner[0] != "denied":
            return "possible", 0.8, (*inner[2], f"conjunction:{opened}")
        if kind == "before" and top.dep_ == "advcl" and grammar.verb_form(verb).tense == "present":
            return "planned", 0.6, (*inner[2], f"conjunction:{opened}")
        if kind in ("before", "ahead") and top.dep_ == "advcl" and _is_still_to_come(verb, top):
            return "planned", 0.6, (*inner[2], f"conjunction:{opened}")
    head = top.head
    if top.dep_ == "ccomp" and subjunctive(verb, head):
        return _governed(sentence, ("proposed", 0.7, ("subjunctive",)), head, "verb", ("infinitive",), depth)
    judged = unclear(top) if top.dep_ == "ccomp" else None
    if judged is not None:
        return _governed(sentence, inner, judged, "adjective", ("clause",), depth)
    if top.dep_ == "ccomp" and head.pos_ in ("VERB", "AUX"):
        return _governed(sentence, inner, head, "verb", ("clause",), depth)
    if top.dep_ == "ccomp" and head.pos_ == "ADJ":
        return _governed(sentence, inner, head, "adjective", ("clause",), depth)
    if top.dep_ in ("acl", "ccomp") and head.pos_ in ("NOUN", "PROPN"):
        return _governed(sentence, inner, head, "noun", ("that",), depth)
    return inner


def unclear(clause: Token) -> Token | None:
    """Return the adjective that a clause completes beside a copula ("It is unclear if ..."), or None."""
    if clause.head.lemma_.lower() != "be":
        return None
    found = [c for c in grammar.children(clause.head, "acomp") if c.head.i < c.i < clause.i]
    return found[0] if found and signature_for("adjective", found[0], ("clause",)) is not None else None


def subjunctive(verb: Token, governor: Token) -> bool:
    """Tell whether a bare verb stands in what is asked for: "proposed that both sides withdraw"."""
    if governor.pos_ not in ("VERB", "AUX") or grammar.verb_form(governor).tense != "past":
        return False
    form = grammar.verb_form(verb)
    if form.modal is not None or form.perfect or form.progressive or verb.tag_ in ("VBD", "VBZ", "VBN"):
        return False
    found = signature_for("verb", governor, ("infinitive",))
    return found is not None and found.affirmed == "proposed"


def _infinitive(sentence: Sentence, verb: Token, top: Token, depth: int) -> Read:
    head, label = top.head, top.dep_
    base = _own_form(verb)
    if grammar.is_negated(verb):
        base = ("denied", 0.8, ("negated",))
    if label == "ROOT":
        return "planned", 0.7, ("headline-infinitive",)
    inverted = inverted_condition(top)
    if inverted:
        return "conditional", 0.7, (f"inverted:{inverted}",)
    yet = any(c.lower_ == "yet" for c in head.children) and head.lemma_.lower() in ("have", "be", "remain")
    if yet and not grammar.is_negated(head):
        return "denied", 0.8, ("yet-to",)
    if arguments.is_ranked(verb):
        return "occurred", 0.7, ("first-to",)
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
                return _adjective_infinitive(sentence, base, adjective, depth)
            if head.lemma_.lower() == "let" and _is_call(head):
                return "proposed", 0.7, ("let-us",)
            return _governed(sentence, base, head, "verb", links, depth, "possible")
        if head.pos_ in ("ADJ", "ADV"):
            if head.lower_ in ("first", "last", "second", "third", "latest"):
                return "occurred", 0.7, ("first-to",)
            if any(c.lower_ == "too" for c in head.children):
                return "denied", 0.7, ("too-to",)
            return _adjective_infinitive(sentence, base, head, depth)
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


def _is_call(verb: Token) -> bool:
    """Tell whether "let" opens a call ("Let us end this war") and asks nobody's leave."""
    return (
        verb.tag_ == "VB"
        and verb.dep_ == "ROOT"
        and not grammar.children(verb, "nsubj", "aux")
        and verb.i <= 1
    )


def _adjective_infinitive(sentence: Sentence, base: Read, adjective: Token, depth: int) -> Read:
    copula = adjective.head
    if adjective.lower_ == "able" and copula.pos_ in ("VERB", "AUX"):
        status, confidence, rules = _read(sentence, copula, depth + 1)
        if status == "occurred":
            return "occurred", confidence * 0.9, (*rules, "was-able")
    return _governed(sentence, base, adjective, "adjective", ("infinitive",), depth, "possible")


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
    if base[2][0] == "passive-infinitive" and signature_for("noun", head, ("infinitive",)) is None:
        # "the pact to be signed in Lima"
        return "planned", 0.65, ("passive-infinitive",)
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
    return "ongoing", 0.5, ("passive-infinitive" if grammar.children(verb, "auxpass") else "infinitive",)


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
    if label == "pcomp" or (label == "pobj" and head.pos_ in ("ADP", "SCONJ", "ADV")):
        return _after_preposition_verb(sentence, base, head, depth)
    if (
        label == "conj"
        and top.left_edge.i > 1
        and [t.lower_ for t in top.doc[top.i - 2 : top.i]] == ["rather", "than"]
    ):
        return "denied", 0.8, ("rather-than",)
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
            return apply(sentence, base, governor, found, depth, _read)
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
    if any(c.lower_ == "being" for c in verb.children):
        return "ongoing", 0.7, ("progressive",)
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
    doubted = found is not None and found.affirmed == "possible"
    if kind == "verb" and doubted and links == ("infinitive",) and grammar.is_passive(governor):
        # "is thought to have left" reports; "thinks to leave" would plan.
        found = next(
            (s for s in factuality().verbs.get(governor.lemma_.lower(), ()) if s.id == REPORTED), found
        )
    if found is None:
        found = Signature("other", frozenset(links), default, "denied" if default == "same" else default)
    return apply(sentence, inner, governor, found, depth, _read)
