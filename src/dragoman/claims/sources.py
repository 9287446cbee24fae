"""Who says it: the words that name the source of a cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.asides import asked_aside, is_aside, misread_main
from dragoman.claims.lexicon import lexicon
from dragoman.claims.objects import late_agent
from dragoman.claims.spans import is_relative, is_second_report, members, run_with, trim
from dragoman.claims.subjects import DASHES, as_subject, name_before, quoted_as, surface_subject
from dragoman.language import arguments, grammar

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.syntax import Token

EXPLETIVES = frozenset({"it", "there", "what", "that", "this"})
NEVER = frozenset(
    {
        "there",
        "nothing",
        "something",
        "anything",
        "everything",
        "much",
        "little",
        "'s",
        "’s",
        "yesterday",
        "today",
        "tomorrow",
    }
)
# Who "anyone wanting more" is, nobody knows.
ANYBODY = frozenset({"anyone", "anybody"})
# "made loans amid fears that ...": whose fears, is not said.
_CIRCUMSTANCES = frozenset(
    {"amid", "amidst", "after", "before", "despite", "following", "because", "over", "since", "during"}
)


def _issued(medium: Token) -> Token | None:
    """Return the verb that issues a medium ("released a series of tweets ...", "said in a letter ..."), or None."""
    if medium.lemma_.lower() not in lexicon().media:
        return None
    if medium.dep_ == "pobj" and medium.head.lower_ == "of":
        medium = medium.head.head
    if medium.dep_ == "dobj":
        return medium.head if medium.head.lemma_.lower() in lexicon().issuers else None
    occasion = medium.lemma_.lower() in lexicon().occasions
    if occasion and medium.dep_ == "pobj" and medium.head.lower_ in lexicon().media_governors:
        verb = medium.head.head
        return verb if verb.pos_ == "VERB" and verb.lemma_.lower() in lexicon().verbs else None
    return None


def _sender(addressee: Token) -> Token | None:
    """Return who sends in "sent a letter to the senators opposing it", where the participle hangs on the last noun."""
    link = addressee.head
    if addressee.dep_ != "pobj" or link.lower_ != "to":
        return None
    verb = link.head if link.head.pos_ == "VERB" else link.head.head
    media = [
        o for o in grammar.children(verb, "dobj") if o.lemma_.lower() in lexicon().media and o.i < link.i
    ]
    return verb_source(verb) if media and verb.lemma_.lower() in lexicon().issuers else None


def _shown(verb: Token) -> Token | None:
    """Return who is seen or left speaking in "footage of X saying ...", "left X feeling ...", or None."""
    before = verb.left_edge.i - 1
    if verb.tag_ != "VBG" or verb.dep_ not in ("acl", "advcl", "xcomp", "pcomp", "pobj") or before < 0:
        return None
    head = verb.head
    if head.dep_ == "pobj" and verb.dep_ == "acl":
        return head if _pictured(head) else None
    for noun in grammar.children(head, "dobj"):
        if (
            noun.right_edge.i == before
            and verb.dep_ != "acl"
            and head.lemma_.lower() in lexicon().showing_verbs
        ):
            return noun
    last = verb.doc[before]
    while last.dep_ != "ROOT" and last.dep_ != "pobj":
        last = last.head
    return (
        last
        if last.i < verb.i and last.right_edge.i in (before, verb.right_edge.i) and _pictured(last)
        else None
    )


def _pictured(noun: Token) -> bool:
    """Tell whether a noun is what a picture or recording is of."""
    link = noun.head
    return noun.dep_ == "pobj" and link.lower_ == "of" and link.head.lemma_.lower() in lexicon().pictures


def _undergone(noun: Token) -> Token | None:
    """Return whose work or time it is ("his job teaching that", "had trouble explaining that"), or None."""
    owners = grammar.children(noun, "poss")
    if owners:
        return owners[0]
    verb = noun.head if noun.dep_ == "dobj" else None
    return surface_subject(verb) if verb is not None and verb.pos_ == "VERB" else None


def verb_source(verb: Token) -> Token | None:
    """Return the head of the source of a verb of saying: its subject, in the passive the by-phrase."""
    aside = asked_aside(verb)
    if aside is not None and aside is not verb:
        return grammar.children(aside, "nsubj")[-1]
    main = misread_main(verb)
    if main is not None:
        return main
    reduced = aside is verb or (
        verb.tag_ == "VBN" and verb.dep_ in ("advcl", "acl") and not grammar.children(verb, "aux", "nsubj")
    )
    if reduced or grammar.is_passive(verb):
        # "Asked to resign, the king ...": who asked is not said.
        agents = arguments.agents(verb)
        if agents:
            return agents[0]
        late = late_agent(verb)
        return late.children[0] if late is not None else None
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        issued = _issued(verb.head)
        if issued is not None:
            # "issued a statement calling ...": who issues it speaks.
            issuer = verb_source(issued)
            if issuer is not None:
                return issuer
        seen = _shown(verb)
        if seen is not None:
            return seen
        if verb.head.lemma_.lower() in lexicon().no_sources:
            return _undergone(verb.head)
        sender = _sender(verb.head)
        if sender is not None:
            return sender
        return verb.head if verb.head.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "DET") else None
    if is_aside(verb):
        return verb.head
    seen = _shown(verb)
    if seen is not None:
        return seen
    parenthetic = as_subject(verb)
    if parenthetic is not None:
        return parenthetic
    quoted = quoted_as(verb)
    if quoted is not None:
        return quoted
    outer = verb
    while (
        outer.dep_ == "xcomp" and outer.head.tag_ == "VBG" and not grammar.children(outer.head, "aux", "dobj")
    ):
        # "..., Berg said, going on to blame the king"
        outer = outer.head
    speaker = _speaker_verb(outer)
    subject = surface_subject(speaker if speaker is not outer else _speaker_verb(verb)) or name_before(
        grammar.first_conjunct(verb)
    )
    if subject is not None and subject.lower_ in NEVER and verb.dep_ in ("acl", "relcl"):
        # "had nothing to say"
        subject = surface_subject(subject.head) if subject.dep_ == "dobj" else None
    if subject is None or subject.lower_ in NEVER:
        return None
    if subject.lower_ == "it" and subject.dep_ == "nsubjpass":
        return None
    return subject


def _speaker_verb(verb: Token) -> Token:
    """Return the verb whose subject speaks in a participle ("said it was low, adding that ...": said)."""
    if is_second_report(verb):
        return verb.head.head
    head, first = verb.head, verb.left_edge
    if verb.tag_ == "VBG" and first.i > 1 and first.nbor(-1).text == ",":
        # "Berg said, adding a few words"
        told = first.nbor(-2)
        if told.pos_ == "VERB" and told.lemma_.lower() in lexicon().verbs and grammar.children(told, "nsubj"):
            return told
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or head.i > verb.i:
        return verb
    if first.i == 0 or first.nbor(-1).text != ",":
        return verb
    while head.dep_ in ("ccomp", "conj", "advcl") and head.head.i < verb.i:
        head = head.head
        if head.lemma_.lower() in lexicon().verbs and grammar.children(head, "nsubj"):
            return head
    return verb


def noun_source(noun: Token, *, own: bool) -> Token | None:
    """Return the head of the source of a noun of saying.

    Its owner ("Mali's claim"), a by- or from-phrase, the subject of the verb that lends it one ("made the
    claim that"), or with `own` the noun itself ("reports that ...").
    """
    owners = grammar.children(noun, "poss")
    if owners:
        return owners[0]
    for preposition in ("by", "from"):
        found = grammar.prepositional_objects(noun, preposition)
        if found:
            return found[0]
    named = [
        c for c in grammar.children(noun, "compound", "nsubj") if c.pos_ == "PROPN" and c.i == noun.i - 1
    ]
    if noun.tag_ == "NNS" and named and not grammar.children(noun, "det"):
        # "Costa charges that ...": the parser takes the verb for a noun.
        return named[0]
    if (
        noun.tag_ == "NNS"
        and noun.dep_ in ("dobj", "appos")
        and noun.head.dep_ == "ROOT"
        and noun.head.pos_ in ("NOUN", "PROPN")
        and noun.head.i == noun.i - 1
    ):
        # ... or the name for the head of the sentence
        return noun.head
    if noun.lemma_.lower() == "hope" and noun.dep_ == "pobj" and noun.head.lower_ == "in":
        # "in hopes that ...": who acts so hopes.
        return surface_subject(noun.head.head) if noun.head.head.pos_ == "VERB" else None
    if noun.lemma_.lower() in lexicon().adherents:
        # "is a loud supporter of the pact", "Berg, a critic of the pact": supporters are named elsewhere.
        if noun.dep_ == "attr":
            return surface_subject(noun.head)
        return noun.head if noun.dep_ == "appos" and noun.head.pos_ == "PROPN" else None
    modifier = _modifying_source(noun) if not own else None
    if modifier is not None:
        return modifier
    given = grammar.first_conjunct(noun)
    around = given.dep_ == "pobj" and given.head.lower_ in _CIRCUMSTANCES
    listed = given is not noun and given.pos_ == "VERB"
    if (listed or given.dep_ in ("dobj", "pobj")) and not own and not around:
        # The parser hangs the second of two objects on the verb itself.
        verb = given if listed else given.head if given.dep_ == "dobj" else given.head.head
        if verb.pos_ == "VERB" and verb.lemma_.lower() in lexicon().support_verbs:
            subject = verb_source(verb)
            if subject is not None:
                return subject
    if given.dep_ == "nsubjpass" and not own:
        agents = arguments.agents(given.head)
        if agents:
            return agents[0]
    return noun if own else None


def _modifying_source(noun: Token) -> Token | None:
    """Return who modifies a noun of saying: "media claims that ...", "Russian assurances that ..."; or None."""
    for word in grammar.children(noun, "compound", "amod", "nmod"):
        if word.i != noun.i - 1:
            continue
        name = word.pos_ == "PROPN" or (word.dep_ == "amod" and word.text[0].isupper() and word.i > 0)
        if name or (word.pos_ == "NOUN" and word.lemma_.lower() in lexicon().speakers):
            return word
    return None


def _title_before(head: Token, refuses: Callable[[Token], bool]) -> list[Token]:
    """Return the noun right before a name that the parser took for a subject of its own ("the agency Interfax")."""
    if head.dep_ not in ("nsubj", "nsubjpass") or head.pos_ != "PROPN":
        return []
    for other in head.head.children:
        if other.dep_ == head.dep_ and other.right_edge.i == head.left_edge.i - 1 and other.pos_ == "NOUN":
            return members(other, refuses)
    return []


def source_tokens(head: Token, cue: Token | None) -> list[Token]:
    """Return the noun phrase of a source without relative clauses, additions after a comma and the cue."""
    if head.tag_ in grammar.RELATIVES:
        named = grammar.antecedent(head) if head.lower_ == "that" else None
        if named is None:
            return [head]
        # "a letter that says": unlike "who" and "which", "that" alone names nobody.
        head = named
    joined = any(c.dep_ == "conj" for c in head.children)
    # "the World Food Programme (WFP)"
    short = next(
        (
            c
            for c in grammar.children(head, "appos")
            if c.text.isupper() and c.i > 0 and c.nbor(-1).text == "("
        ),
        None,
    )

    def refuses(child: Token) -> bool:
        if cue is not None and child.i == cue.i:
            return True
        if short is not None and (child.i == short.i or child.text in ("(", ")")):
            return False
        if child.dep_ in ("relcl", "acl", "advcl", "parataxis") or is_relative(child):
            return True
        if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
            return True
        if child.dep_ == "npadvmod" and child.i > head.i and child.lemma_.lower() in lexicon().no_sources:
            # "Berg this week said"
            return True
        return child.dep_ == "appos" or (child.dep_ == "punct" and not joined and child.i > head.i)

    words = run_with(head, [*_title_before(head, refuses), *members(head, refuses)])
    for at, token in enumerate(words):
        # "OSLO - European leaders": what stands before a dash is the dateline.
        if token.is_punct and token.text in DASHES and 0 < token.i < head.i and token.nbor(-1).whitespace_:
            words = words[at + 1 :]
            break
    return trim(words)


def may_speak(noun: Token) -> bool:
    """Tell whether a cited thing says something: a name, a document, people ("citing fears" gives a ground)."""
    lemma = noun.lemma_.lower()
    return noun.pos_ in ("PROPN", "NUM") or lemma in lexicon().media or lemma in lexicon().speakers
