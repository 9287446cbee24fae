"""Where the content of an attribution begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from dragoman.syntax import Token

CLOSERS = frozenset("”»\"'’")
OPENERS = frozenset("“«\"'‘")
WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
RELATIVE_WORDS = frozenset({"who", "which", "whose", "whom", "where"})


def lemma_of(token: Token, known: Container[str]) -> str:
    """Return a token's lemma in lower case, with the final e that the lemmatizer loses ("hoped" → "hop") or adds."""
    lemma: str = token.lemma_.lower()
    if (
        lemma not in known
        and lemma.endswith("e")
        and lemma[:-1] in known
        and token.tag_ in ("VBD", "VBN", "VBG")
    ):
        # "retweeted" → "retweete"
        return lemma[:-1]
    if token.pos_ == "VERB" and token.tag_ in ("VBD", "VBN", "VBG"):
        form = token.lower_
        doubled = len(lemma) > 1 and form.startswith(lemma + lemma[-1])
        if lemma + "e" in known and not doubled and form in (lemma + "ed", lemma + "ing"):
            return lemma + "e"
    return lemma


def members(token: Token, drop: Callable[[Token], bool] | None = None) -> list[Token]:
    """Return the tokens of a subtree in text order, without the branches that `drop` refuses."""
    found = [token]
    for child in token.children:
        if drop is None or not drop(child):
            found.extend(members(child, drop))
    return sorted(found, key=lambda t: t.i)


def run_with(head: Token, tokens: Iterable[Token]) -> list[Token]:
    """Return the unbroken run of tokens that holds the head."""
    known = {t.i: t for t in tokens}
    low = high = head.i
    while low - 1 in known:
        low -= 1
    while high + 1 in known:
        high += 1
    return [known[i] for i in range(low, high + 1)]


def bridge(tokens: list[Token]) -> list[Token]:
    """Fill holes made by punctuation that hangs elsewhere in the tree."""
    if not tokens:
        return tokens
    doc = tokens[0].doc
    filled = [tokens[0]]
    for token in tokens[1:]:
        gap = doc[filled[-1].i + 1 : token.i]
        if all(t.is_punct or t.is_space for t in gap):
            filled.extend(gap)
        filled.append(token)
    return filled


def trim(tokens: list[Token]) -> list[Token]:
    """Drop edge punctuation, but keep quotation marks and brackets."""
    tokens = list(tokens)
    while tokens and (
        tokens[0].is_space or (tokens[0].is_punct and tokens[0].text not in OPENERS | {"(", "["})
    ):
        tokens.pop(0)
    while tokens and tokens[0].dep_ == "cc" and len(tokens) > 1 and tokens[0].lower_ in ("and", "or"):
        tokens.pop(0)
    while tokens and (
        tokens[-1].is_space
        or (tokens[-1].is_punct and tokens[-1].text not in CLOSERS | {")", "]"})
        or (tokens[-1].dep_ == "cc" and len(tokens) > 1)
    ):
        tokens.pop()
    return tokens


def is_writers_addition(token: Token) -> bool:
    """Tell whether a branch inside reported content is the writer's own addition.

    Appositions and non-restrictive relative clauses set off by a comma speak for the writer, also inside
    somebody's words (Potts 2005): "... to back Ruiz, who has denied the charge". Of relative clauses
    only those on a proper name are taken for it.
    """
    if not _after_comma(token):
        return False
    if token.dep_ == "appos":
        return token.head.pos_ in ("NOUN", "PROPN") and token.pos_ in ("NOUN", "PROPN")
    if token.dep_ != "relcl" or token.head.pos_ != "PROPN":
        return False
    return any(t.lower_ in RELATIVE_WORDS for t in token.doc[token.left_edge.i : token.i + 1])


def adds_report(token: Token, cue: Token) -> bool:
    """Tell whether a branch is a further report (", adding that ...", "according to") or names the medium."""
    if is_second_report(token) or _is_report_of_another(token):
        return True
    if token.lower_ in ("citing", "quoting") and token.i > cue.i and _after_comma(token):
        return True
    if token.dep_ == "advcl" and token.tag_ == "VBG" and token.i > cue.i:
        entries = lexicon().verbs.get(token.lemma_.lower(), ())
        return _after_comma(token) and any(e.level == "claim" for e in entries)
    if token.dep_ == "advcl" and token.i > cue.i and _after_comma(token):
        # "..., although he refused to say when"
        opened = any(c.dep_ == "mark" and c.lower_ in ("although", "though") for c in token.children)
        return opened and token.lemma_.lower() in lexicon().verbs
    if token.dep_ != "prep":
        return False
    if token.lower_ == "according":
        return True
    return (
        _after_comma(token)
        and token.lower_ in lexicon().media_governors
        and any(o.lemma_.lower() in lexicon().media for o in token.children if o.dep_ == "pobj")
    )


def _after_comma(token: Token) -> bool:
    first = token.left_edge
    return first.i > 0 and first.nbor(-1).text == ","


def to_infinitive(verb: Token) -> bool:
    """Tell whether a verb group is a to-infinitive, perfect ones included ("to have left")."""
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)


def is_relative(token: Token) -> bool:
    """Tell whether a token heads a finite relative clause."""
    if token.dep_ != "relcl":
        return False
    return any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in [token, *token.children])


def clause_tokens(head: Token, cue: Token) -> list[Token]:
    """Return the tokens of a reported clause: its subtree without the cue, unbroken around its head.

    What the writer adds at its end, and further reports there, are left out.
    """
    dropped: set[int] = set()

    def refuses(child: Token) -> bool:
        return child.i == cue.i or child.i in dropped

    day = _day_of_report(head, cue)
    if day is not None:
        dropped.add(day.i)
    while True:
        tokens = trim(run_with(head, bridge(members(head, refuses))))
        if not tokens:
            return tokens
        ending = _ending(tokens, head, cue)
        if ending is None:
            return tokens
        dropped.add(ending.i)


def _day_of_report(head: Token, cue: Token) -> Token | None:
    """Return the branch of a reported clause that dates the report ("said Monday the dam was safe"), or None."""
    for child in head.children:
        if (
            child.left_edge.i == cue.i + 1
            and child.right_edge.i < head.i
            and child.dep_ in ("npadvmod", "prep")
        ):
            after = child.right_edge.nbor(1)
            dated = any(t.lower_ in WEEKDAYS for t in child.subtree)
            if (dated and after.text != "," and child.dep_ != "prep") or (dated and child.lower_ == "on"):
                return child
    return None


def is_second_report(verb: Token) -> bool:
    """Tell whether a verb coordinated with a reported one reports on its own ("said it was old and denied that ...").

    It has a that-clause of its own and no subject: who spoke first speaks on.
    """
    if (
        verb.dep_ != "conj"
        or verb.tag_ != "VBD"
        or any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in verb.children)
    ):
        return False
    entries = lexicon().verbs.get(verb.lemma_.lower(), ())
    outer = verb.head.head
    if (
        not entries
        or verb.head.dep_ != "ccomp"
        or outer.tag_ != "VBD"
        or outer.lemma_.lower() not in lexicon().verbs
    ):
        return False
    if any(e.level == "claim" for e in entries) and any(
        c.dep_ == "ccomp" and c.i > verb.i for c in verb.children
    ):
        return True
    return _cannot_share(verb.head)


def _cannot_share(reported: Token) -> bool:
    """Tell whether a past tense joined to a reported verb must have another subject than that verb.

    "said it would wait and warned against haste": what follows "would" can't be a past tense. "said the dam was old
    and urged people to leave": a state is told, an act of speech is not part of it.
    """
    if any(c.dep_ == "aux" and c.tag_ == "MD" for c in reported.children):
        return True
    subjects = [c for c in reported.children if c.dep_ in ("nsubj", "nsubjpass", "expl")]
    if not subjects or reported.lemma_.lower() != "be":
        return False
    return any(c.dep_ in ("acomp", "attr") for c in reported.children)


def _is_report_of_another(verb: Token) -> bool:
    """Tell whether what is coordinated is somebody else's report ("A said it was fair, and B warned that ...").

    It stands after a comma, with a noun of its own as subject and a content of its own.
    """
    if verb.dep_ != "conj" or verb.tag_ != "VBD":
        return False
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    if not subjects or subjects[0].pos_ not in ("NOUN", "PROPN"):
        return False
    joints = (subjects[0].left_edge.i - 1, verb.left_edge.i - 1)
    if not any(at > 0 and verb.doc[at].dep_ == "cc" and verb.doc[at - 1].text == "," for at in joints):
        return False
    entries = [e for e in lexicon().verbs.get(verb.lemma_.lower(), ()) if e.level == "claim"]
    links = {c.lower_ for c in verb.children if c.dep_ == "prep" and c.i > verb.i}
    return any(
        ("clause" in e.places and any(c.dep_ == "ccomp" for c in verb.children))
        or not links.isdisjoint(p for p in e.places if p in ("of", "with"))
        for e in entries
    )


def _is_meanwhile(token: Token, head: Token) -> bool:
    """Tell whether a branch of an infinitive says what its speaker did meanwhile ("urged Peru to pay as he left")."""
    if not to_infinitive(head) or token.dep_ != "advcl":
        return False
    marks = {c.lower_ for c in token.children if c.dep_ == "mark"}
    return "as" in marks and any(c.dep_ == "nsubj" and c.pos_ == "PRON" for c in token.children)


def _ending(tokens: list[Token], head: Token, cue: Token) -> Token | None:
    """Return the branch that ends a content without belonging to it, or None."""
    if tokens[-1].text in CLOSERS:
        return None
    inside = {t.i for t in tokens}
    for token in tokens:
        if token.i == head.i or token.head.i not in inside or token.left_edge.i <= head.left_edge.i:
            continue
        last = token.right_edge
        while last.is_punct and last.i > token.i:
            last = last.nbor(-1)
        if last.i >= tokens[-1].i and (
            is_writers_addition(token) or adds_report(token, cue) or _is_meanwhile(token, head)
        ):
            return token
    return None


def phrase_tokens(head: Token, cue: Token) -> list[Token]:
    """Return the tokens of a noun phrase that is content; finite relative clauses are the writer's."""

    def refuses(child: Token) -> bool:
        return child.i == cue.i or is_relative(child) or (child.dep_ in ("advcl", "parataxis"))

    return trim(run_with(head, bridge(members(head, refuses))))


def bridge_but(tokens: list[Token], low: int, high: int) -> list[Token]:
    """Fill holes of punctuation, but none that touches the tokens low..high."""
    left = [t for t in tokens if t.i < low]
    right = [t for t in tokens if t.i > high]
    return [*bridge(left), *bridge(right)]
