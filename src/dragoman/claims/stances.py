"""Whether a source asserts, denies or questions what it is said to say, or leaves it unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.findings import Finding
from dragoman.claims.lexicon import CueEntry, lexicon
from dragoman.claims.objects import EMPTY_OBJECTS
from dragoman.claims.sources import source_tokens, verb_source
from dragoman.claims.spans import phrase_tokens
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.model import Stance
    from dragoman.syntax import Token


def withholder(token: Token) -> Token | None:
    """Return the verb that withholds the speech ("declined to say"), or None."""
    if token.dep_ in ("xcomp", "ccomp") and token.head.lemma_.lower() in lexicon().withholders:
        return token.head
    if token.dep_ == "pcomp" and token.head.head.lemma_.lower() in lexicon().withholders:
        return token.head.head
    if token.dep_ in ("acl", "relcl") and token.head.lower_ == "nothing":
        # "had nothing to say about the raid"
        return token
    if grammar.is_negated(token) or (
        token.dep_ == "conj" and any(c.lower_ == "neither" for c in grammar.children(token.head, "preconj"))
    ):
        return token
    if token.lemma_.lower() in lexicon().light_verbs:
        # "made no mention of": the noun is negated.
        held = [o for o in grammar.children(token, "dobj") if o.lemma_.lower() in lexicon().light_nouns]
        return token if any(grammar.is_negated(o) for o in held) else None
    return None


def stance_of(token: Token, entry: CueEntry, withheld: Token | None, content: list[Token]) -> Stance:
    """Return the stance of a cue, by its group, what withholds it (see `withholder`) and how its content opens."""
    if withheld is None:
        if entry.stance == "asserts" and content and _asks(token, content):
            return "questions"
        return entry.stance
    if withheld is not token and grammar.is_negated(withheld):
        return entry.stance
    if withheld is not token and token.lemma_.lower() not in lexicon().withheld and entry.level == "claim":
        return "silent" if entry.stance != "denies" else "asserts"
    if withheld is token and entry.when_negated == "denies" and _is_question(content):
        # "did not know where to land"
        return "questions"
    return "silent" if withheld is not token else entry.when_negated


def _is_question(content: list[Token]) -> bool:
    """Tell whether a content is an indirect question."""
    return bool(content) and (
        content[0].tag_ in ("WP", "WRB", "WDT") or content[0].lower_ in ("whether", "if")
    )


def _asks(token: Token, content: list[Token]) -> bool:
    return content[0].lower_ == "whether" and token.lemma_.lower() in (
        "ask",
        "wonder",
        "question",
        "doubt",
        "consider",
    )


def bare_silence(token: Token, withheld: Token) -> Finding | None:
    """Return the attribution of words withheld: "declined to comment on the raid"."""
    lemma = token.lemma_.lower()
    light = lemma in lexicon().light_verbs and any(
        o.lemma_.lower() in lexicon().light_nouns for o in grammar.children(token, "dobj")
    )
    if lemma not in lexicon().withheld and not light:
        return None
    source = verb_source(withheld)
    content: list[Token] = []
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("on", "about", "to", "of", "for", "upon"):
            for inner in grammar.children(child, "pobj", "pcomp"):
                content = phrase_tokens(inner, token)
        elif child.dep_ == "dobj" and child.lower_ not in EMPTY_OBJECTS:
            inner_objects = grammar.prepositional_objects(child, "of") or grammar.prepositional_objects(
                child, "about"
            )
            content = phrase_tokens(inner_objects[0] if light and inner_objects else child, token)
        if content:
            break
    if not content and withheld is not token and token.dep_ == "xcomp":
        # "declined to comment": what is withheld is the comment.
        content, token = phrase_tokens(token, withheld), withheld
    if source is None or not content:
        return None
    first = withheld if withheld.i < token.i else token
    cue = list(token.doc[first.i : token.i + 1])
    if any(t.i in {c.i for c in content} for t in cue):
        return None
    return Finding(
        token, cue, source, source_tokens(source, token), content, "silent", "withholding", "claim", "object"
    )
