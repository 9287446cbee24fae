"""What the governing words say about the course of a process.

From a mention of a process one climbs the parse: "agreed to hold talks" is read from "talks" through
"hold" (nothing said yet, an infinitive) to "agreed". Each step is decided by `process_cues.yaml`, by
tense, modality and negation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.language import arguments, grammar
from dragoman.processes.governors import attached, elliptical_cue, is_verb, places, words_of

if TYPE_CHECKING:
    from dragoman.processes.lexicon import Cue, Lexicon
    from dragoman.syntax import Token

FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP"})
MAX_DEPTH = 6
HABITUAL = frozenset({"every", "usually", "normally", "annually", "regularly", "traditionally", "always"})


@dataclass(frozen=True, slots=True)
class Link:
    """A governing word, the place at which the process (or the word before) stands, and its entry."""

    token: Token
    place: str
    cue: Cue | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one chain of governing words says: the status it gives (or None) and the words of the chain.

    `weak`: it speaks of a party rather than of the process. `background`: it tells what was so before.
    `shifted`: it says "would", which in reported speech is a future or only a condition.
    `conditional`: it is so only if something else comes true. `attributive`: it only tells which process is
    meant ("the postponed summit").
    """

    status: str | None
    links: tuple[Link, ...]
    weak: bool = False
    background: bool = False
    shifted: bool = False
    conditional: bool = False
    attributive: bool = False


def verdicts(
    token: Token, lexicon: Lexicon, *, by_verb: bool = False, elided: bool = False, weak: bool = False
) -> list[Verdict]:
    """Return what each governing word of a process mention says of it.

    `token` heads the mention; with `by_verb` it is itself the verb that names the process, with `elided`
    the governing verb whose object is left out. With `weak` nothing of it is about the process as such.
    """
    found = []
    if elided:
        link = Link(token, "elided", elliptical_cue(token, lexicon))
        return [_judge((link, *_outward(token, lexicon)), _own_status(link, lexicon), lexicon, weak=True)]
    if by_verb:
        own = _tense_status(token, None, lexicon)
        chain = (Link(token, "self", None), *_outward(token, lexicon))
        found.append(_judge(chain, own, lexicon))
        return found
    for predicate, place in places(token, lexicon):
        link = Link(predicate, place, _cue(predicate, place, lexicon))
        chain = (link, *_outward(predicate, lexicon, known=link.cue is not None))
        own = _own_status(link, lexicon)
        verdict = _judge(chain, own, lexicon, weak=weak)
        found.append(replace(verdict, attributive=_is_attribute(predicate, token)))
    return found


def _is_attribute(predicate: Token, noun: Token) -> bool:
    """Tell whether a word stands in the phrase of a noun and tells which one is meant.

    News may be told so too: "the summit, which has been postponed".
    """
    if predicate.dep_ not in ("amod", "compound", "acl", "relcl") or not noun.is_ancestor(predicate):
        return False
    form = grammar.verb_form(predicate)
    return not (predicate.dep_ == "relcl" and form.perfect and form.tense == "present")


def _cue(token: Token, place: str, lexicon: Lexicon) -> Cue | None:
    """Return the entry that fits a governing word and the place at which the process stands."""
    if token.lemma_.lower() in lexicon.naming and grammar.children(token, "oprd"):
        return None  # "It is called Coral Shield": nobody calls for anything.
    kinds = {"VERB": ["verb", "adjective"], "AUX": ["verb"], "NOUN": ["noun", "adjective"]}
    kinds |= {"PROPN": ["noun"], "ADJ": ["adjective", "verb"], "ADV": ["preposition", "adjective"]}
    kinds |= {"ADP": ["preposition", "adjective"], "SCONJ": ["preposition"]}
    for words in words_of(token):
        for pos in kinds.get("VERB" if is_verb(token) else token.pos_, []):
            entries = lexicon.cues_of(pos, words)
            for entry in entries:
                if place in entry.place:
                    return entry
            if entries and " " in words:
                # A more specific reading is known ("call off"): the bare word must not answer for it.
                return None
    return None


def _outward(token: Token, lexicon: Lexicon, depth: int = 0, *, known: bool = True) -> tuple[Link, ...]:
    """Return the links above a governing word whose own assertion depends on them.

    A word that is not `known` ("an agenda for the talks") ends the chain: what is done to it is not done to
    the process.
    """
    if depth > MAX_DEPTH:
        return ()
    if (
        not known
        and token.pos_ in ("VERB", "AUX")
        and token.lemma_.lower() not in lexicon.qualifiers.transparent
    ):
        return ()  # "urged them to respect the ceasefire" does not urge a ceasefire.
    node = grammar.first_conjunct(token) if not _has_own_finite(token) else token
    if token.pos_ in ("NOUN", "PROPN", "ADJ", "ADP", "ADV", "SCONJ") and not is_verb(token):
        step = _above_noun(token) if known else None
    elif grammar.verb_form(node).infinitive and any(
        c.lower_ == "for" for c in grammar.children(node, "mark")
    ):
        step = (node.head, "for")  # "called for the vote to be postponed"
    elif node.dep_ == "xcomp":
        step = (node.head, "infinitive")
    elif node.dep_ == "ccomp":
        step = (node.head, "infinitive" if grammar.verb_form(node).infinitive else "clause")
    elif node.dep_ == "pcomp":
        step = (attached(node.head, lexicon), node.head.lower_)
    elif node.dep_ == "acl" and node.head.pos_ == "NOUN" and grammar.verb_form(node).infinitive:
        step = (node.head, "infinitive")
    elif node.dep_ in ("dobj", "nsubjpass"):
        step = (node.head, "object")
    elif node.dep_ in ("csubj", "csubjpass"):
        step = (node.head, "object" if node.dep_ == "csubjpass" else "subject")
    else:
        return ()
    if step is None:
        return ()
    head, place = step
    link = Link(head, place, _cue(head, place, lexicon))
    if link.cue is None and place == "clause":
        return (link,)  # Somebody says so: who says it, or declines to say, changes nothing.
    return (link, *_outward(head, lexicon, depth + 1, known=link.cue is not None))


def _above_noun(token: Token) -> tuple[Token, str] | None:
    head, label = token.head, token.dep_
    if label in ("dobj", "nsubjpass"):
        return head, "object"
    if label == "pobj":
        return head.head, head.lower_
    if label in ("acomp", "oprd", "attr"):
        return head, "predicate"
    return None


def _has_own_finite(token: Token) -> bool:
    return token.tag_ in FINITE_TAGS or bool(grammar.children(token, "nsubj", "nsubjpass"))


def is_negated(token: Token) -> bool:
    """Tell whether a governing word is negated, or has yet to come true ("have yet to agree")."""
    if grammar.is_negated(token):
        return True
    head = token.head
    return (
        token.dep_ in ("xcomp", "advcl", "ccomp")
        and grammar.verb_form(token).infinitive
        and head.lemma_ in ("have", "be")
        and any(c.lower_ == "yet" for c in (*head.children, *token.children))
    )


def _own_status(link: Link, lexicon: Lexicon) -> str | None:
    cue = link.cue
    if cue is None:
        return _relative_past(link)
    if cue.status == "tense":
        return _tense_status(link.token, cue.past, lexicon, cue.participle)
    return _plain_status(link, cue, lexicon)


def _relative_past(link: Link) -> str | None:
    """A thing in which something was done has been held ("a referendum in which voters approved")."""
    if link.place != "within":
        return None
    form = grammar.verb_form(link.token)
    return "held" if form.tense == "past" and form.modal is None and not form.infinitive else None


def _plain_status(link: Link, cue: Cue, lexicon: Lexicon) -> str | None:
    token = finite(link.token)
    if is_negated(link.token) or (token != link.token and is_negated(token)):
        return cue.negated
    form = grammar.verb_form(token) if token.pos_ in ("VERB", "AUX") else None
    status = cue.status
    if form is not None and form.modal in ("may", "might", "could", "can") and status is not None:
        return "possible"
    if status is not None and _is_called_for(token, lexicon):
        # "It must be prepared", "they should agree": so far they have not; and what should end still stands.
        if status in lexicon.ends:
            return None if status == "rejected" else "scheduled"
        return min(status, "proposed", key=lexicon.rank)
    return status


def _is_called_for(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether somebody only says that it should be done ("must be prepared", "needs to be prepared")."""
    return is_called_for(token) or (
        token.dep_ == "xcomp"
        and token.head.lemma_.lower() in lexicon.obliging
        and grammar.is_infinitive(token)
        and grammar.verb_form(token.head).tense == "present"
    )


def is_called_for(token: Token) -> bool:
    """Tell whether a verb stands with "must" or "should"."""
    return token.pos_ in ("VERB", "AUX") and grammar.verb_form(token).modal in ("should", "must", "ought")


def finite(token: Token) -> Token:
    """Return the copula of a predicate adjective, any other word as it is."""
    if token.pos_ not in ("VERB", "AUX") and token.dep_ in ("acomp", "oprd", "attr"):
        return token.head
    return token


def _tense_status(
    verb: Token, past: str | None, lexicon: Lexicon, participle: str | None = None
) -> str | None:
    """Return the status that tense and mood of a verb of taking place give; None when it gives none."""
    if verb.pos_ == "ADP":
        # "signed a note at the summit", "are in talks": the tense of the clause.
        status = _tense_status(verb.head, past, lexicon)
        return "ongoing" if status == "scheduled" and verb.head.tag_ in ("VBZ", "VBP") else status
    if verb.pos_ not in ("VERB", "AUX") or verb.dep_ in ("amod", "compound"):
        return None
    if participle is None and verb.dep_ == "acl" and verb.tag_ == "VBN" and not grammar.children(verb, "aux"):
        return None  # "talks hosted by Georgia" may be past or to come.
    if _is_open_ended(verb):
        return None  # "whenever it is held", "once they have met": it says nothing of whether they do.
    form = grammar.verb_form(verb)
    negated = is_negated(verb)
    if form.modal is not None:
        return _modal_status(verb, form.modal, negated)
    if form.infinitive:
        if verb.head.lemma_ == "be" and verb.dep_ in ("xcomp", "ccomp"):
            return "scheduled" if _is_arranged(verb.head, lexicon) else None
        if verb.dep_ == "acl" and grammar.is_passive(verb):
            return "scheduled"
        return None
    if verb.tag_ == "VBG" and not form.progressive:
        return None
    if negated:
        return "cancelled" if form.tense == "past" and not form.perfect else None
    if form.progressive:
        return "ongoing" if form.tense == "present" else "held"
    if form.tense == "past" or form.perfect:
        return past or "held"
    if form.tense == "present" and any(
        t.lower_ in HABITUAL for t in verb.subtree if t.head == verb or t.dep_ == "det"
    ):
        return None  # "is held every four years"
    if form.tense == "present":
        return "scheduled" if not grammar.is_passive(verb) else "ongoing"
    return None


def _is_open_ended(verb: Token) -> bool:
    if any(c.lower_ in ("whenever", "wherever", "whether", "if", "unless") for c in verb.children):
        return True
    later = {"when", "once", "until", "till", "before"}
    if verb.dep_ != "advcl" or not any(c.lower_ in later for c in grammar.children(verb, "advmod", "mark")):
        return False
    main = grammar.verb_form(verb.head) if verb.head.pos_ in ("VERB", "AUX") else None
    return main is not None and main.modal in ("will", "shall", "would", "may", "might", "could", "can")


def _is_arranged(copula: Token, lexicon: Lexicon) -> bool:
    """Tell "Kenya is to host ..." from "its aim is to ..."."""
    subjects = grammar.children(copula, "nsubj", "nsubjpass")
    aims = (*lexicon.qualifiers.purposes, "plan", "idea", "hope", "wish", "mission", "proposal")
    return grammar.verb_form(copula).modal is None and all(s.lemma_.lower() not in aims for s in subjects)


def _modal_status(verb: Token, modal: str, negated: bool) -> str | None:
    backshifted = modal == "would" and verb.dep_ == "ccomp" and _is_past(verb.head)
    if modal in ("will", "shall") or backshifted:
        return "cancelled" if negated else "scheduled"
    if negated:
        return None
    return "proposed" if modal in ("should", "must", "ought") else "possible"


def _is_past(verb: Token) -> bool:
    return verb.pos_ in ("VERB", "AUX") and grammar.verb_form(verb).tense == "past"


def _judge(chain: tuple[Link, ...], own: str | None, lexicon: Lexicon, *, weak: bool = False) -> Verdict:
    """Let every outer link that has an entry limit what the inner ones say."""
    status = own
    inner = chain[0].cue
    weak = weak or (inner is not None and inner.weak)
    for link in chain[1:]:
        cue = link.cue
        if cue is None:
            if link.token.lemma_.lower() == "deny" and link.place in ("clause", "object"):
                return Verdict(None, chain, weak)
            continue
        outer = _own_status(link, lexicon)
        by_noun = inner is not None and inner.pos == "noun" and link.place == "object"
        if by_noun and outer == "agreed":
            status = outer  # A proposal that is accepted.
        elif not (by_noun and status == "agreed" and outer not in lexicon.ends):  # An agreement, welcomed.
            status = combined(status, outer, lexicon)
        inner = cue
    if _asked(chain):
        status = None
    conditional = _depends(chain)
    if status is not None and status not in lexicon.ends and (conditional or _conditional(chain)):
        status = "possible"
    weak = weak or _in_question(chain)
    first = chain[0].token
    shifted = first.pos_ in ("VERB", "AUX") and grammar.verb_form(first).modal == "would"
    return Verdict(status, chain, weak, _background(chain, lexicon), shifted, conditional)


def _background(chain: tuple[Link, ...], lexicon: Lexicon) -> bool:
    """Tell whether a chain tells what was so before ("had been scheduled", "was originally to open")."""
    for link in chain:
        verb = finite(link.token)
        if verb.pos_ not in ("VERB", "AUX"):
            continue
        form = grammar.verb_form(verb)
        # "announced that he had accepted" is the news itself, told in the past.
        if form.perfect and form.tense == "past" and not (verb.dep_ == "ccomp" and _is_past(verb.head)):
            return True
        if form.infinitive and form.perfect:
            return True
        if any(c.dep_ == "advmod" and c.lower_ in lexicon.qualifiers.background for c in verb.children):
            return True
    return False


def combined(inner: str | None, outer: str | None, lexicon: Lexicon) -> str | None:
    """Return what two links say together: the weaker rung; an end only where it is decided upon."""
    if outer is None:
        return inner
    if inner is None:
        return outer
    if inner in lexicon.ends:
        if lexicon.rank(outer) >= lexicon.rank("agreed"):
            return inner
        # "refused to cancel", "called for it to be postponed": so far it stands.
        return None if inner == "rejected" else "scheduled"
    if outer in lexicon.ends:
        return outer
    return min(inner, outer, key=lexicon.rank)


def _asked(chain: tuple[Link, ...]) -> bool:
    """Tell whether the words stand in a question ("has not said whether he will attend")."""
    for link in chain:
        for child in link.token.children:
            if child.lower_ == "whether" or (
                child.lower_ == "if" and child.dep_ == "mark" and link.token.dep_ == "ccomp"
            ):
                return True
    return False


def _in_question(chain: tuple[Link, ...]) -> bool:
    """Tell whether the words stand in a question after what (when, where) in "did not say when it is held"."""
    return any(
        link.token.dep_ in ("ccomp", "pcomp", "advcl")
        and any(c.tag_ == "WRB" and c.dep_ == "advmod" and c.i < link.token.i for c in link.token.children)
        and link.token.head.i < link.token.i
        for link in chain
    )


def _conditional(chain: tuple[Link, ...]) -> bool:
    for link in chain:
        node = link.token
        for child in node.children:
            if child.dep_ == "mark" and child.lower_ in ("if", "unless"):
                return True
    return False


def _depends(chain: tuple[Link, ...]) -> bool:
    """Tell whether it is said to come only under a condition ("will attend if the tariffs are lifted")."""
    for link in chain:
        verb = finite(link.token)
        if verb.pos_ not in ("VERB", "AUX") or grammar.verb_form(verb).modal not in (
            "will",
            "shall",
            "would",
        ):
            continue
        for clause in grammar.children(verb, "advcl"):
            marks = [c for c in clause.children if c.dep_ == "mark" and c.lower_ in ("if", "unless")]
            # "Even if", "as if" set no condition; "if necessary" is only a phrase.
            besides = any(c.lower_ in ("even", "as") for c in clause.children if c.i < clause.i)
            if marks and not besides and arguments.grammatical_subjects(clause):
                return True
    return False


def is_refused(links: tuple[Link, ...]) -> bool:
    """Tell whether a chain says that somebody declines ("declined to take part in the meeting")."""
    return any(link.cue is not None and link.cue.status == "rejected" for link in links[1:])
