"""Find attributions inside one parsed sentence: cue, source and content by grammar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.findings import Finding
from dragoman.claims.frames import first_content, has_that
from dragoman.claims.lexicon import CueEntry, Phrase, lexicon
from dragoman.claims.sources import EXPLETIVES, noun_source, source_tokens, verb_source
from dragoman.claims.spans import (
    bridge_but,
    clause_tokens,
    lemma_of,
    members,
    phrase_tokens,
    run_with,
    trim,
)
from dragoman.claims.stances import bare_silence, stance_of, withholder
from dragoman.language import grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.syntax import Parse, Token


def find_cues(doc: Parse) -> list[Finding]:
    """Return all attributions that the grammar of a sentence shows, in order of their cues.

    Cues that may govern a quotation but have no content of their own come with empty content.
    """
    found: list[Finding] = []
    taken: set[int] = set()
    for token in doc:
        for finding in (_citing(token), _verb(token), _adjective(token)):
            if finding is not None:
                found.append(finding)
                if finding.content:
                    taken.add(finding.content[0].i)
    for token in doc:
        finding = _noun(token, taken) or _adverb(token)
        if finding is not None:
            found.append(finding)
    found.extend(_phrases(doc))
    return sorted(found, key=lambda f: f.cue.i)


# ---- verbs ------------------------------------------------------------------------------------------


def _verb(token: Token) -> Finding | None:
    if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass", "amod"):
        return None
    if token.dep_ == "acomp" and token.lower_ in lexicon().adjectives:
        return None
    if (
        token.tag_ == "VB"
        and token.dep_ == "ROOT"
        and not grammar.children(token, "nsubj", "nsubjpass", "aux")
    ):
        # "Tell me that it is safe": nobody has said so.
        return None
    inverted = token.dep_ == "compound" and token.tag_ == "VBD"
    if token.dep_ == "compound" and not inverted:
        return None
    lemma = lemma_of(token, lexicon().verbs)
    entries = [e for e in lexicon().verbs.get(lemma, ()) if _fits(e, token)]
    withheld = withholder(token)
    if not entries:
        light = withheld is not None and lemma in lexicon().light_verbs
        return bare_silence(token, withheld) if withheld is not None and light else None
    if token.lower_ == "citing" and any(_may_speak(o) for o in grammar.children(token, "dobj", "pobj")):
        return None
    hit: tuple[CueEntry, str, list[Token]] | None = first_content(token, entries)
    takes_quote = any("quote" in e.places for e in entries)
    if withheld is not None and (hit is None or hit[1] != "clause"):
        silence = bare_silence(token, withheld)
        if silence is not None:
            return silence
    if hit is None:
        if not takes_quote:
            return None
        hit = next(e for e in entries if "quote" in e.places), "quote", []
    entry, place, content = hit
    # "Said Berg: ...": the parser takes the verb for a part of the name.
    source = token.head if inverted else verb_source(withheld or token)
    if (entry.level != "claim" or entry.small) and source is None and place != "quote":
        # A wish or a name without whose it is says nothing about who says so.
        return None
    if lemma in lexicon().withholders and any(t.lemma_.lower() in lexicon().withheld for t in content[1:2]):
        # "declined to comment": the verb of speech below carries it.
        return None
    stance = stance_of(token, entry, withheld, content)
    cue = [t for t in token.subtree if t.i == token.i or (t.head.i == token.i and t.dep_ == "prt")]
    return Finding(
        token,
        run_with(token, cue),
        source,
        source_tokens(source, token) if source is not None else [],
        content,
        stance,
        entry.id,
        entry.level,
        place,
        takes_quote,
    )


def _citing(token: Token) -> Finding | None:
    """Read "..., citing officials": the officials say what the clause says, or what its own cue reports."""
    if token.lower_ != "citing" or token.dep_ not in ("advcl", "acl", "prep", "conj"):
        return None
    objects = grammar.children(token, "dobj", "pobj")
    clause = grammar.clause_of(token.head)
    if not objects or clause.i == token.i or not _may_speak(objects[0]):
        return None
    hit = first_content(clause, list(lexicon().verbs.get(clause.lemma_.lower(), ())))
    content = hit[2] if hit is not None and hit[1] == "clause" else clause_tokens(clause, token)
    inside = {t.i for t in content}
    if not content or token.i in inside or objects[0].i in inside:
        return None
    words = source_tokens(objects[0], token)
    return Finding(token, [token], objects[0], words, content, "asserts", "citing", "claim", "citing")


def _may_speak(noun: Token) -> bool:
    """Tell whether a cited thing says something: a name, a document, people ("citing fears" gives a ground)."""
    lemma = noun.lemma_.lower()
    return noun.pos_ in ("PROPN", "NUM") or lemma in lexicon().media or lemma in lexicon().speakers


def _fits(entry: CueEntry, token: Token) -> bool:
    if entry.particles:
        near = [
            c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "prep") and 0 < c.i - token.i <= 3
        ]
        if entry.particles.isdisjoint(near):
            return False
    if entry.modifiers:
        return any(
            c.lower_ in entry.modifiers and c.i - token.i <= 4
            for c in token.subtree
            if c.dep_ in ("acomp", "oprd", "ccomp", "amod", "advmod")
            or (c.dep_ == "dobj" and c.head.i == token.i)
        )
    return True


# ---- adjectives, nouns, adverbs, phrases ---------------------------------------------------------------


def _adjective(token: Token) -> Finding | None:
    if token.pos_ not in ("ADJ", "VERB") or token.dep_ not in (
        "acomp",
        "amod",
        "ROOT",
        "conj",
        "advcl",
        "oprd",
    ):
        return None
    for entry in lexicon().adjectives.get(token.lemma_.lower(), ()) or lexicon().adjectives.get(
        token.lower_, ()
    ):
        copula = token.head if token.dep_ in ("acomp", "oprd") else token
        source = verb_source(copula) if copula.pos_ in ("VERB", "AUX") else None
        if source is None and copula is token:
            # "were frustrated that ...": taken for a passive
            source = next(iter(grammar.children(token, "nsubjpass")), None)
        if source is None or source.lower_ in EXPLETIVES:
            continue
        for child in token.children:
            content: list[Token] = []
            if (
                child.dep_ in ("ccomp", "advcl")
                and "clause" in entry.places
                and not grammar.is_infinitive(child)
            ):
                if child.dep_ == "ccomp" or has_that(child):
                    content = clause_tokens(child, token)
            elif child.dep_ == "xcomp" and "infinitive" in entry.places:
                content = clause_tokens(child, token)
            elif child.dep_ == "prep" and child.lower_ in entry.places:
                inner = grammar.children(child, "pobj", "pcomp")
                content = phrase_tokens(inner[0], token) if inner else []
            if content:
                negated = grammar.is_negated(copula) or grammar.is_negated(token)
                stance = entry.when_negated if negated else entry.stance
                return Finding(
                    token,
                    [token],
                    source,
                    source_tokens(source, token),
                    content,
                    stance,
                    entry.id,
                    entry.level,
                    "clause",
                )
    return None


def _noun(token: Token, taken: set[int]) -> Finding | None:
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    for entry in lexicon().nouns.get(token.lemma_.lower(), ()):
        content = _noun_content(token, entry)
        if not content or content[0].i in taken:
            continue
        source = noun_source(token, own=entry.own_source)
        if source is None and (entry.needs_owner or entry.level != "claim"):
            continue
        if source is not None and source.lower_ == "it":
            source = None
        words = source_tokens(source, token if source is not token else None) if source is not None else []
        inside = {t.i for t in content}
        words = [t for t in words if t.i not in inside]
        if source is token:
            words = [t for t in words if t.i <= token.i] or [token]
        negated = any(c.dep_ == "det" and c.lower_ == "no" for c in token.children)
        return Finding(
            token,
            [token],
            source,
            words,
            content,
            entry.when_negated if negated else entry.stance,
            entry.id,
            entry.level,
            "noun",
        )
    return None


def _noun_content(token: Token, entry: CueEntry) -> list[Token]:
    for child in token.children:
        if child.i < token.i:
            continue
        if (
            child.dep_ in ("acl", "ccomp", "relcl", "advcl")
            and "clause" in entry.places
            and _is_content_clause(child)
        ):
            return clause_tokens(child, token)
        if (
            child.dep_ in ("acl", "xcomp", "relcl")
            and "infinitive" in entry.places
            and grammar.is_infinitive(child)
        ):
            return clause_tokens(child, token)
        if child.dep_ == "prep" and child.lower_ in entry.places:
            inner = grammar.children(child, "pcomp", "pobj")
            if not inner or (child.lower_ == "of" and inner[0].dep_ == "pobj" and entry.level != "claim"):
                continue
            of_noun = child.lower_ == "of" and inner[0].dep_ == "pobj" and entry.own_source
            if of_noun and (token.tag_ != "NNS" or inner[0].pos_ not in ("NOUN", "VERB")):
                # "a report of the agency" names its owner, "reports of fighting" a claim.
                continue
            return (
                clause_tokens(inner[0], token) if inner[0].dep_ == "pcomp" else phrase_tokens(inner[0], token)
            )
    return []


def _is_content_clause(clause: Token) -> bool:
    """Tell "the claim that the convoy was empty" from "the claim that he made": "that" is no part of it."""
    first = clause.left_edge
    if first.lower_ not in ("that", "whether", "if") or clause.tag_ in ("VBG",):
        return False
    if first.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj"):
        return False
    return bool(grammar.children(clause, "nsubj", "nsubjpass", "expl", "csubj"))


def _adverb(token: Token) -> Finding | None:
    for entry in lexicon().adverbs.get(token.lower_, ()):
        head = grammar.clause_of(token) if token.dep_ == "advmod" else token.head
        span = [t for t in members(head) if t.i != token.i]
        content = trim(run_with(head, bridge_but(span, token.i, token.i)))
        if content:
            return Finding(token, [token], None, [], content, entry.stance, entry.id, entry.level, "adverb")
    return None


def _phrases(doc: Parse) -> Iterator[Finding]:
    for phrase in lexicon().phrases:
        if not doc.vocabulary.issuperset(phrase.words):
            continue
        size = len(phrase.words)
        for at in range(len(doc) - size):
            if tuple(t.lower_ for t in doc[at : at + size]) == phrase.words:
                finding = _phrase(list(doc[at : at + size]), phrase)
                if finding is not None:
                    yield finding
    for token in doc:
        if token.dep_ == "pobj" and token.lemma_.lower() in lexicon().views and token.head.lower_ == "in":
            finding = _in_ones_view(token)
            if finding is not None:
                yield finding


def _in_ones_view(noun: Token) -> Finding | None:
    """Read "in his view", "in the bishop's words": the owner says what the rest of the clause says."""
    owners = grammar.children(noun, "poss")
    if not owners:
        return None
    low, high = noun.head.i, noun.right_edge.i
    clause = grammar.clause_of(noun.head)
    if low <= clause.i <= high:
        return None
    content = trim(
        run_with(clause, bridge_but([t for t in members(clause) if not low <= t.i <= high], low, high))
    )
    if not content:
        return None
    words = [t for t in source_tokens(owners[0], noun) if t.i < noun.i]
    return Finding(noun, [noun], owners[0], words, content, "asserts", "in-ones-view", "claim", "phrase")


def _phrase(words: list[Token], phrase: Phrase) -> Finding | None:
    last = words[-1]
    objects = grammar.children(last, "pobj") or grammar.children(words[0], "pobj")
    if not objects:
        return None
    source = objects[0]
    top = words[0]
    while top.head.i in {w.i for w in words} and top.dep_ != "ROOT":
        top = top.head
    whole = members(top)
    low = min(words[0].i, whole[0].i)
    named = source_tokens(source, None)
    high = max(named[-1].i if named else source.i, words[-1].i)
    if whole and whole[-1].i > high and not any(t.pos_ in ("VERB", "AUX") for t in whole if t.i > high):
        high = whole[-1].i
    head = grammar.clause_of(top.head) if top.dep_ != "ROOT" else top
    at_end = all(t.is_punct for t in words[0].doc[high + 1 :])
    if at_end or low == 0:
        while head.dep_ == "conj" and head.head.pos_ in ("VERB", "AUX"):
            head = head.head
    span = [t for t in members(head) if t.i < low or t.i > high]
    if head.i in range(low, high + 1):
        return None
    content = trim(run_with(head, bridge_but(span, low, high)))
    if not content:
        return None
    return Finding(words[0], words, source, named, content, phrase.stance, phrase.id, "claim", "phrase")
