"""Where a text speaks of a process: nouns and verbs that name one, and words that refer back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.actors import is_actor
from dragoman.language import arguments, edges, grammar
from dragoman.processes.governors import elliptical_cue, places, words_of
from dragoman.processes.phrases import (
    ProcessMention,
    Reference,
    actors_of,
    add_names,
    complement_words,
    given_name,
    is_vague,
    mentions_in_phrase,
    names_of,
    phrase_end,
    premodifiers,
)

if TYPE_CHECKING:
    from dragoman.draft import Draft, DraftMention, Sentence
    from dragoman.processes.lexicon import Lexicon, Noun, Verb
    from dragoman.syntax import Token

NEWS_SEGMENTS = frozenset({"body", "headline"})


def find_mentions(draft: Draft, lexicon: Lexicon) -> list[ProcessMention]:
    """Return the mentions of processes in headline and body, in text order."""
    found: list[ProcessMention] = []
    for sentence in draft.sentences:
        if sentence.parse is None or sentence.segment not in NEWS_SEGMENTS:
            continue
        for token in sentence.parse:
            mention = (
                _by_noun(draft, sentence, token, lexicon)
                or _by_verb(draft, sentence, token, lexicon)
                or _by_pronoun(sentence, token, lexicon)
                or _by_proposal(sentence, token, lexicon)
                or _by_absence(sentence, token, lexicon)
            )
            if mention is not None:
                found.append(mention)
    return found


def _reference(token: Token) -> Reference:
    """Tell how a noun phrase refers: "the", "this", "such", a possessor; "a"; or nothing."""
    for child in token.lefts:
        if child.dep_ in ("predet", "det", "amod") and child.lower_ == "such":
            return "definite"
        if child.dep_ == "poss":
            return "definite"
    for child in token.lefts:
        if child.dep_ in ("det", "poss"):
            return "definite" if child.lower_ in ("the", "this", "that", "these", "those") else "indefinite"
    return "bare"


def _excluded(token: Token, entry: Noun) -> bool:
    before = {t.lower_ for t in premodifiers(token)}
    if before & set(entry.not_modifiers):
        return True
    if token.dep_ == "compound" and token.head.lemma_.lower() in entry.unless_before:
        return True
    governor = token
    while governor.dep_ in ("pobj", "prep", "conj") and governor.head.pos_ != "VERB":
        governor = governor.head
    return governor.dep_ in ("dobj", "prep") and governor.head.lemma_.lower() in entry.unless_object_of


def _by_noun(draft: Draft, sentence: Sentence, token: Token, lexicon: Lexicon) -> ProcessMention | None:
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    lemma = token.lemma_.lower()
    entry, generic = lexicon.noun(lemma), lexicon.generic_noun(lemma)
    if entry is None and generic is None:
        return None
    reference = _reference(token)
    if entry is None:
        if generic is None or reference != "definite" or token.dep_ == "compound":
            return None
        if any(lexicon.noun(o.lemma_.lower()) for o in grammar.prepositional_objects(token, "of")):
            return None  # "the next round of talks": the talks are found by themselves.
        kinds = generic.kinds
    else:
        if _excluded(token, entry):
            return None
        kinds = (entry.kind,)
    if _names_body(draft, sentence, token):
        return None
    head = _head_of_title(token) if entry is not None and "named" in entry.needs else token
    mention = _noun_mention(draft, sentence, head, kinds, reference, lexicon)
    if entry is not None and not _meets(token, entry, mention):
        return None
    return mention


def _head_of_title(token: Token) -> Token:
    """Return the last word of a name that begins with the noun ("Exercise Coral Shield"), else the noun."""
    head = token.head
    if token.dep_ not in ("compound", "nmod") or not token.text[0].isupper() or head.i < token.i:
        return token
    words = head.doc[token.i + 1 : head.i + 1]
    return head if all(t.text[0].isupper() or t.text[0].isdigit() for t in words) else token


def _names_body(draft: Draft, sentence: Sentence, token: Token) -> bool:
    """Tell whether the noun is part of the name of an actor ("the Indian National Congress")."""
    mention = draft.mention_at(sentence, token)
    return (
        mention is not None
        and mention.form == "name"
        and is_actor(mention.entity)
        and mention.end - mention.start > len(token.text)
    )


def _meets(token: Token, entry: Noun, mention: ProcessMention) -> bool:
    if entry.governed_by:
        return _is_governed(token, entry)
    if not entry.needs:
        return True
    if "plural" in entry.needs and (token.tag_ in ("NNS", "NNPS") or token.lower_ != token.lemma_.lower()):
        return True
    if "no_body" in entry.needs and not (
        token.text[0].isupper() and mention.start == mention.sentence.start_of(token)
    ):
        return True
    if "named" in entry.needs and (mention.title or mention.token != token or _bears_name(token)):
        return True
    if "modified" in entry.needs:
        if {t.lower_ for t in premodifiers(token)} & set(entry.modifiers):
            return True
        return mention.reference == "definite" and not premodifiers(token)
    return False


def _bears_name(token: Token) -> bool:
    """Tell whether a name of its own stands before the noun ("the Coral Shield exercise")."""
    before = premodifiers(token)
    return bool(before) and before[-1].pos_ == "PROPN" and token.i == before[-1].i + 1


def _is_governed(token: Token, entry: Noun) -> bool:
    """Tell whether a verb by which such a thing comes about governs the noun ("will sign a treaty")."""
    if any(grammar.is_infinitive(c) for c in grammar.children(token, "acl")):
        return False  # "an agreement to meet" is the act of agreeing.
    governor = token.head
    if token.dep_ in ("dobj", "nsubjpass") and governor.lemma_.lower() in entry.governed_by:
        return True
    return any(c.lemma_.lower() in entry.governed_by for c in grammar.children(token, "acl", "relcl"))


def _noun_mention(
    draft: Draft,
    sentence: Sentence,
    token: Token,
    kinds: tuple[str, ...],
    reference: Reference,
    lexicon: Lexicon,
) -> ProcessMention:
    words = premodifiers(token)
    first = edges.noun_phrase(token, determiner=True)[0]
    lead = [c for c in token.lefts if c.dep_ == "predet"]
    first = min([first, *lead], key=lambda t: t.i)
    last = phrase_end(token)
    mention = ProcessMention(
        sentence,
        token,
        kinds,
        reference,
        sentence.start_of(first),
        sentence.end_of(last),
        head=token.lemma_.lower(),
        headline=sentence.segment == "headline",
    )
    lower = {t.lower_ for t in words}
    mention.fresh = bool(lower & set(lexicon.qualifiers.fresh)) or any(
        c.lower_ == "another" for c in token.lefts
    )
    mention.telling = frozenset(lower & set(lexicon.qualifiers.telling))
    title = given_name(token, lexicon.naming)
    if title:
        mention.title = sentence.start_of(title[0]), sentence.end_of(title[-1])
        mention.end = max(mention.end, mention.title[1])
    inside = [*words, *title, *complement_words(token), *(complement_words(title[-1]) if title else ())]
    add_names(draft, mention, inside)
    return mention


def _by_pronoun(sentence: Sentence, token: Token, lexicon: Lexicon) -> ProcessMention | None:
    """Return a mention for "it" where a word governs it of which a process is the natural subject."""
    if token.lower_ == "its" and token.dep_ == "poss":
        about = (*lexicon.qualifiers.purposes, *lexicon.qualifiers.agendas)
        return _anaphor(sentence, token) if token.head.lemma_.lower() in about else None
    if token.lower_ not in ("it", "they") or token.dep_ not in ("nsubj", "nsubjpass", "dobj"):
        return None
    if title := given_name(token, lexicon.naming):
        mention = _anaphor(sentence, token)
        mention.title = sentence.start_of(title[0]), sentence.end_of(title[-1])
        mention.end = mention.title[1]
        mention.names = frozenset(t.lower_ for t in title)
        return mention
    for predicate, place in places(token, lexicon):
        if grammar.children(predicate, "ccomp") or (
            place == "subject" and grammar.children(predicate, "dobj")
        ):
            continue
        for words in words_of(predicate):
            if any(cue.pronoun and place in cue.place for cue in lexicon.cues_of("verb", words)):
                return _anaphor(sentence, token)
    return None


def _anaphor(sentence: Sentence, token: Token, *, weak: bool = False, elided: bool = False) -> ProcessMention:
    last = next((c for c in grammar.children(token, "dobj") if c.lower_ == "part"), token)
    return ProcessMention(
        sentence,
        token,
        (),
        "definite",
        sentence.start_of(token),
        sentence.end_of(last),
        head=token.lower_,
        headline=sentence.segment == "headline",
        weak=weak,
        elided=elided,
    )


def _by_proposal(sentence: Sentence, token: Token, lexicon: Lexicon) -> ProcessMention | None:
    """Return a mention for "the proposal", "the invitation", where it stands for what was proposed."""
    if (
        token.pos_ != "NOUN"
        or _reference(token) != "definite"
        or grammar.children(token, "prep", "acl", "relcl")
    ):
        return None
    if any(cue.anaphoric for cue in lexicon.cues_of("noun", token.lemma_.lower())):
        return _anaphor(sentence, token, weak=True)
    return None


def _by_absence(sentence: Sentence, token: Token, lexicon: Lexicon) -> ProcessMention | None:
    """Return a mention for a verb that leaves out the process ("he will attend")."""
    if token.pos_ != "VERB":
        return None
    if elliptical_cue(token, lexicon) is not None:
        objects = [o for o in grammar.children(token, "dobj") if o.lower_ != "part"]
        if not objects and not any(p.lower_ in ("in", "at") for p in grammar.children(token, "prep")):
            return _anaphor(sentence, token, weak=True, elided=True)
        return None
    if token.lemma_.lower() in lexicon.qualifiers.discussing and _is_to_come(token, lexicon):
        subjects = arguments.grammatical_subjects(token)
        heads = (*lexicon.qualifiers.collectives, "they", "side")
        if any(s.lemma_.lower() in heads and _plural_doers([s]) for s in subjects):
            return _anaphor(sentence, token, weak=True, elided=True)
    return None


def _is_to_come(verb: Token, lexicon: Lexicon) -> bool:
    form = grammar.verb_form(verb)
    if form.modal in ("will", "shall", "would"):
        return True
    return form.infinitive and verb.dep_ == "xcomp" and verb.head.lemma_ in lexicon.expecting


def _by_verb(draft: Draft, sentence: Sentence, token: Token, lexicon: Lexicon) -> ProcessMention | None:
    if token.pos_ != "VERB":
        return None
    for entry in lexicon.verbs_of(token.lemma_.lower()):
        parties = _verb_parties(draft, sentence, token, entry)
        if parties is None:
            continue
        return ProcessMention(
            sentence,
            token,
            (entry.kind,),
            _verb_reference(token, parties, lexicon),
            sentence.start_of(token),
            _verb_end(sentence, token, entry),
            by_verb=True,
            head=token.lemma_.lower(),
            headline=sentence.segment == "headline",
            fresh=any(c.lower_ == "again" for c in token.children),
            parties=parties,
            names=frozenset(name for m in parties for name in names_of(m, draft)),
        )
    return None


def _verb_reference(token: Token, parties: list[DraftMention], lexicon: Lexicon) -> Reference:
    """ "The leaders will meet" refers to a meeting of leaders already told; "leaders of Chad" tell it anew."""
    subjects = arguments.grammatical_subjects(token)
    known = (
        len(subjects) == 1
        and subjects[0].tag_ in ("NNS", "NNPS")
        and subjects[0].lemma_.lower() in lexicon.qualifiers.collectives
        and all(is_vague(m) for m in parties)
        and any(c.lower_ in ("the", "these", "their") for c in grammar.children(subjects[0], "det", "poss"))
        and not grammar.children(subjects[0], "prep", "compound", "relcl")
    )
    return "definite" if known else "indefinite"


def _verb_end(sentence: Sentence, token: Token, entry: Verb) -> int:
    if entry.object:
        for obj in grammar.children(token, "dobj"):
            return sentence.end_of(obj)
    return sentence.end_of(token)


def _verb_parties(draft: Draft, sentence: Sentence, token: Token, entry: Verb) -> list[DraftMention] | None:
    """Return the parties of a process verb, or None when it names no process."""
    objects = arguments.logical_objects(token)
    if entry.object:
        heads = [o for o in objects if o.lemma_.lower() in entry.object]
        if not heads:
            return None
        return [m for o in heads for m in mentions_in_phrase(draft, sentence, o)]
    subjects = arguments.grammatical_subjects(token)
    others = [*objects, *grammar.prepositional_objects(token, "with")]
    doers = actors_of(draft, sentence, subjects)
    met = actors_of(draft, sentence, others)
    if entry.with_place and doers:
        named = [draft.mention_at(sentence, o) for o in objects]
        if any(m is not None and m.entity.kind in ("place", "state") for m in named):
            return [*doers, *met]
    if entry.with_party and not (doers and (met or len(doers) > 1 or _plural_doers(subjects))):
        return None
    return [*doers, *met]


def _plural_doers(subjects: list[Token]) -> bool:
    return any(s.tag_ in ("NNS", "NNPS") or s.lower_ in ("they", "both", "two") for s in subjects)
