"""Cues that stand in a text without anybody saying something: asked for, tried, supposed, turns of speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.lexicon import lexicon
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.claims.lexicon import CueEntry
    from dragoman.syntax import Token

# "was the first to say so", "had nothing to say of it"
_TOLD_ALL_THE_SAME = frozenset({"first", "last", "only", "one", "latest", "nothing", "little", "much"})
_CONJUNCTIONS = frozenset({"assuming", "supposing", "considering", "granted"})


def is_unsaid(verb: Token, entry: CueEntry, place: str, source: Token | None) -> bool:
    """Tell whether a verb form names a saying or knowing that nobody is told to have done.

    "Explaining the raid took hours", "to prove that it is safe", "tried to find out whether".
    """
    finite = grammar.verb_form(verb).tense != "none" or grammar.is_passive(verb)
    if finite or verb.tag_ not in ("VB", "VBG"):
        return False
    knowing = entry.id in ("hear", "believe")
    if source is None:
        return place == "object" or (knowing and place == "clause")
    if not knowing or not grammar.is_infinitive(verb):
        return False
    return verb.dep_ == "advcl" or (verb.dep_ == "xcomp" and verb.head.lemma_.lower() in lexicon().only_tried)


def is_nobodys(verb: Token, source: Token) -> bool:
    """Tell whether a cue has an empty subject ("it is worth noting that ...") or asks its reader ("do you know")."""
    finite = grammar.verb_form(verb).tense != "none"
    if source.lower_ == "it" and source.head is not verb and not finite:
        return source.head.lemma_.lower() == "be" and any(
            c.dep_ in ("acomp", "attr", "prep") for c in source.head.children
        )
    if source.lower_ != "you" or source.head is not verb:
        return False
    if grammar.verb_form(verb).modal in ("can", "could", "may", "might"):
        # "you can see that it is shut"
        return True
    first = verb.doc[len(verb.doc) - 1]
    return any(a.i < source.i for a in grammar.children(verb, "aux")) and "?" in (
        first.text,
        first.nbor(-1).text,
    )


def is_idle(verb: Token) -> bool:
    """Tell whether a verb of saying stands in a turn of speech: "let's say ...", "it goes without saying"."""
    head = verb.head
    if verb.lower_ in _CONJUNCTIONS and verb.i < head.i and verb.dep_ in ("advcl", "prep"):
        # "Assuming that it holds, the town can stay"
        return True
    if verb.tag_ == "VB" and grammar.is_infinitive(verb) and head.lemma_.lower() in lexicon().only_asked:
        # "asked Peru to admit it": somebody else is to say so.
        spoken_to = grammar.children(verb, "nsubj") or grammar.children(head, "dobj")
        passive = grammar.is_passive(head) or (head.tag_ == "VBN" and head.dep_ == "advcl")
        return verb.dep_ in ("xcomp", "ccomp") and (passive or bool(spoken_to))
    if _is_only_possible(verb) or _is_mere_ability(verb):
        return True
    if verb.dep_ == "ccomp" and head.lemma_.lower() in lexicon().mandating and verb.tag_ in ("VB", "VBP"):
        # "demanded that captains certify that ...": they are to do so.
        return not any(c.tag_ == "MD" for c in verb.children)
    return verb.dep_ == "pcomp" and head.lower_ == "without" and head.head.lemma_.lower() == "go"


def _is_mere_ability(verb: Token) -> bool:
    """Tell whether an infinitive follows a noun of ability or duty: "lacked the nerve to say that ..."."""
    before = verb.left_edge.i - 1
    if verb.tag_ != "VB" or before < 0 or not grammar.is_infinitive(verb):
        return False
    return verb.doc[before].lemma_.lower() in lexicon().abilities


def _is_only_possible(verb: Token) -> bool:
    """Tell whether a bare form tells of what may be said: "let papers tell them so", "time for the court to hear it".

    "Forced him to admit it" and "was the first to say so" tell that it was said.
    """
    if verb.dep_ == "ccomp" and verb.head.lemma_.lower() == "let":
        return True
    if verb.tag_ != "VB" or any(c.tag_ != "TO" for c in grammar.children(verb, "aux", "auxpass", "neg")):
        return False
    if verb.dep_ == "ccomp":
        return verb.head.pos_ in ("VERB", "AUX", "ADJ") and verb.head.lemma_.lower() not in lexicon().causing
    noun = verb.head
    return verb.dep_ in ("acl", "relcl") and noun.lower_ not in _TOLD_ALL_THE_SAME
