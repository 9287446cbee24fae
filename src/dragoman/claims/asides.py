"""Cues that stand aside: amid or behind the clause that is their content ("The plan, officials said, is dead")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.spans import bridge_but, members, run_with, trim
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.syntax import Token

_ASKED = frozenset({"ask", "press", "question"})
_BEFORE = frozenset({"advcl", "prep", "npadvmod", "nsubj", "nsubjpass"})
_ASIDES = frozenset({"parataxis", "ccomp", "advcl", "dep", "conj", "relcl", "acl"})


def is_aside(verb: Token) -> bool:
    """Tell whether "Goma, an envoy said, is calm" was parsed as an apposition with a participle."""
    noun = verb.head
    return (
        verb.dep_ == "acl"
        and verb.tag_ == "VBD"
        and noun.dep_ == "appos"
        and noun.left_edge.i > 0
        and noun.left_edge.nbor(-1).text == ","
        and verb.right_edge.i + 1 < len(verb.doc)
        and (verb.right_edge.text == "," or verb.doc[verb.right_edge.i + 1].text == ",")
        and not grammar.agents_of(verb)
        and not grammar.children(verb, "dobj")
    )


def asked_aside(verb: Token) -> Token | None:
    """Return the participle of "Berg, asked about the raid, said ...", parsed as a clause of its own, or None.

    It is found from either verb.
    """
    if verb.lemma_.lower() in _ASKED:
        asked, said = verb, verb.head
    else:
        asked = next((c for c in grammar.children(verb, "ccomp") if c.lemma_.lower() in _ASKED), verb)
        said = verb
    if (
        asked is said
        or asked.dep_ != "ccomp"
        or asked.i > said.i
        or grammar.children(said, "nsubj", "nsubjpass")
    ):
        return None
    subjects = grammar.children(asked, "nsubj")
    if not subjects or subjects[-1].right_edge.i + 1 not in (asked.i - 1, asked.i):
        return None
    return asked if asked.nbor(-1).text == "," and said.nbor(-1).text == "," else None


def misread_main(verb: Token) -> Token | None:
    """Return the subject of a main verb misread as a participle ("Two of the crew called him a coward"), or None.

    The sentence has no other main verb, and a participle with an object of its own is none.
    """
    if verb.dep_ != "acl" or verb.tag_ not in ("VBD", "VBN") or grammar.agents_of(verb):
        return None
    root = verb
    while root.dep_ != "ROOT":
        root = root.head
    if root.pos_ not in ("NOUN", "PROPN", "PRON", "NUM") or root.i > verb.i or grammar.children(root, "cop"):
        return None
    if verb.head is root and verb.tag_ == "VBN":
        return None
    return root if grammar.children(verb, "dobj", "oprd", "ccomp") and verb.nbor(-1).text != "," else None


def _around_aside(verb: Token) -> list[Token]:
    named = verb.head.head
    clause = grammar.clause_of(named)
    low, high = verb.head.left_edge.i, verb.right_edge.i
    if clause.i <= high:
        return []
    return trim(
        run_with(clause, bridge_but([t for t in members(clause) if not low <= t.i <= high], low, high))
    )


def interrupted(token: Token) -> list[Token]:
    """Content that stands around the cue: "The plan, officials said, is dead"; "..., officials said"."""
    if token.dep_ not in _ASIDES or token.tag_ not in ("VBD", "VBZ", "VBP", "VBN", "VB"):
        return []
    if is_aside(token):
        return _around_aside(token)
    if token.tag_ == "VB" and grammar.children(token, "aux"):
        return []
    opened = [c for c in token.children if c.dep_ == "mark" or (c.dep_ == "advmod" and c.lower_ == "as")]
    if not grammar.children(token, "nsubj") or any(c.lower_ != "as" for c in opened):
        return []
    if any(c.tag_ == "WRB" and c.i < token.i for c in token.children):
        # "when she mentioned it, ..."
        return []
    if opened and any(o.lower_ != "it" for o in grammar.children(token, "dobj")):
        # "as the minister told the council": an object of its own is what it is about.
        return []
    subject = grammar.children(token, "nsubj")[-1]
    # "If it fails, he argues, ...": what stands before the subject and its comma belongs to the content.
    own = members(
        token,
        lambda c: c.right_edge.i < subject.left_edge.i and c.dep_ in _BEFORE,
    )
    low, high = own[0].i, own[-1].i
    doc = token.doc
    before = low > 0 and doc[low - 1].text in (",", "--", "—", "-", "–", "”", '"', "?", "!")
    first_inside = doc[low].is_punct
    if not (before or first_inside or (opened and low == 0)) or high - low > 25:
        return []
    closed = high + 1 >= len(doc) or doc[high + 1].is_punct or doc[high].is_punct
    if not closed or (
        token.dep_ in ("relcl", "acl") and any(t.lower_ in ("who", "which", "that") for t in own[:3])
    ):
        return []
    head = token.head
    if head.dep_ in ("aux", "auxpass") or (
        head.pos_ in ("NOUN", "PROPN", "PRON") and head.dep_ == "nsubj" and head.i < low
    ):
        head = head.head
    amid = high + 1 < len(doc) - 1
    # "..., because it was "a farce", as she put it": it is the words right before.
    put = opened and token.lemma_.lower() == "put"
    while (
        not put
        and head.dep_ in ("advcl", "dep", "parataxis")
        and head.i < low
        and (head.head.i < low or amid)
    ):
        head = head.head
    if head.pos_ not in ("VERB", "AUX"):
        return []
    span = [t for t in members(head) if t.i < low or t.i > high]
    return trim(run_with(head, bridge_but(span, low, high)))


def split_by_aside(token: Token) -> list[Token]:
    """Content after an aside that the parser took for the main clause: "The crew, Berg explained, was late".

    What stands before the aside is then a mere noun phrase, and the verb after it has no subject.
    """
    subjects = grammar.children(token, "nsubj", "pobj")
    if (
        token.dep_ != "ROOT"
        or token.tag_ not in ("VBD", "VBZ", "VBP")
        or not grammar.children(token, "nsubj")
    ):
        return []
    subject = subjects[-1]
    first = subject.left_edge.i
    doc = token.doc
    if first < 2 or doc[first - 1].text != ",":
        return []
    opening = any(
        c.right_edge.i == first - 2 and c.dep_ in ("npadvmod", "nsubj", "nsubjpass", "dep")
        for c in token.children
    )
    for verb in grammar.children(token, "conj", "ccomp", "advcl"):
        start = verb.left_edge.i
        if (
            opening
            and start > token.i
            and doc[start - 1].text == ","
            and not grammar.children(verb, "nsubj", "nsubjpass", "mark")
            and not any(token.i < c.i < start for c in grammar.children(token, "cc"))
            and (verb.tag_ in ("VBD", "VBZ", "VBP") or grammar.children(verb, "aux"))
        ):
            return trim(run_with(verb, members(verb)))
    return []
