"""Find attributions inside one parsed sentence: cue, source and content by grammar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.findings import Finding
from dragoman.claims.frames import first_content, fits
from dragoman.claims.lexicon import CueEntry, lexicon
from dragoman.claims.noun_cues import adjective, adverb, announced, noun_cue
from dragoman.claims.phrases import phrases_in
from dragoman.claims.sources import ANYBODY, may_speak, source_tokens, verb_source
from dragoman.claims.spans import clause_tokens, lemma_of, run_with
from dragoman.claims.stances import bare_silence, stance_of, withholder
from dragoman.claims.unsaid import is_idle, is_nobodys, is_unsaid
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.syntax import Parse, Token


def find_cues(doc: Parse) -> list[Finding]:
    """Return all attributions that the grammar of a sentence shows, in order of their cues.

    Cues that may govern a quotation but have no content of their own come with empty content.
    """
    found: list[Finding] = []
    taken: set[int] = set()
    for token in doc:
        for finding in (_citing(token), _verb(token), adjective(token)):
            if finding is not None:
                found.append(finding)
                if finding.content:
                    taken.add(finding.content[0].i)
    for token in doc:
        finding = noun_cue(token, taken) or adverb(token) or announced(token)
        if finding is not None:
            found.append(finding)
    named = list(phrases_in(doc))
    # ", according to set painters": the words that name a source hold no cue.
    sources = {t.i for f in named for t in f.source_tokens if f.entry in ("according-to", "per")}
    found = [*(f for f in found if f.cue.i not in sources), *named]
    return sorted(found, key=lambda f: f.cue.i)


def _verb(token: Token) -> Finding | None:
    if token.pos_ not in ("VERB", "AUX") and not _is_misread_verb(token):
        return None
    if token.dep_ in ("aux", "auxpass", "amod"):
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
    if is_idle(token):
        return None
    inverted = token.dep_ == "compound" and token.tag_ == "VBD"
    if token.dep_ == "compound" and not inverted:
        return None
    lemma = lemma_of(token, lexicon().verbs)
    entries = [e for e in lexicon().verbs.get(lemma, ()) if fits(e, token)]
    withheld = withholder(token)
    if not entries:
        light = withheld is not None and lemma in lexicon().light_verbs
        return bare_silence(token, withheld) if withheld is not None and light else None
    if token.lower_ == "citing" and any(may_speak(o) for o in grammar.children(token, "dobj", "pobj")):
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
    if source is None and entry.id in ("call-for", "call-on") and grammar.is_passive(token):
        # "who's called for calm": nobody is called for something.
        source = next(iter(grammar.children(token, "nsubjpass")), None)
    if source is not None and source.lower_ in ANYBODY and entry.level != "claim":
        return None
    if source is not None and is_nobodys(token, source):
        return None
    if (entry.level != "claim" or entry.small) and source is None and place != "quote":
        # A wish or a name without whose it is says nothing about who says so.
        return None
    if lemma in lexicon().withholders and any(t.lemma_.lower() in lexicon().withheld for t in content[1:2]):
        # "declined to comment": the verb of speech below carries it.
        return None
    if is_unsaid(token, entry, place, source):
        return None
    if place == "quote" and source is None and token.tag_ == "VBN" and token.dep_ in ("advcl", "acl"):
        # "when questioned": whoever asks is not named, and says nothing here.
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


def _is_misread_verb(token: Token) -> bool:
    """Tell whether a plural noun with a subject is a verb: "The alliance advocates for smaller classes"."""
    return token.tag_ == "NNS" and token.dep_ in ("ROOT", "ccomp") and bool(grammar.children(token, "nsubj"))


def _citing(token: Token) -> Finding | None:
    """Read "..., citing officials": the officials say what the clause says, or what its own cue reports."""
    if token.lower_ != "citing" or token.dep_ not in ("advcl", "acl", "prep", "conj"):
        return None
    objects = grammar.children(token, "dobj", "pobj")
    clause = grammar.clause_of(token.head)
    if not objects or clause.i == token.i or not may_speak(objects[0]):
        return None
    hit = first_content(clause, list(lexicon().verbs.get(clause.lemma_.lower(), ())))
    content = hit[2] if hit is not None and hit[1] == "clause" else clause_tokens(clause, token)
    inside = {t.i for t in content}
    if not content or token.i in inside or objects[0].i in inside:
        return None
    words = source_tokens(objects[0], token)
    return Finding(token, [token], objects[0], words, content, "asserts", "citing", "claim", "citing")
