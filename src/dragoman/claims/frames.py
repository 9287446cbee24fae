"""Where a verb of saying keeps its content: clause, infinitive, predication, preposition, object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.asides import asked_aside, interrupted, split_by_aside
from dragoman.claims.lexicon import lexicon
from dragoman.claims.objects import from_token, late_agent, object_content, predication, small_clause
from dragoman.claims.spans import WEEKDAYS, clause_tokens, phrase_tokens, to_infinitive, trim
from dragoman.language import arguments, grammar

if TYPE_CHECKING:
    from dragoman.claims.lexicon import CueEntry
    from dragoman.syntax import Token

_ORDER = ("clause", "raising", "predication", "infinitive", "preposition", "object")


def fits(entry: CueEntry, token: Token) -> bool:
    """Tell whether a verb stands with the particle or modifier that an entry asks for ("point out", "make clear")."""
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


def first_content(token: Token, entries: list[CueEntry]) -> tuple[CueEntry, str, list[Token]] | None:
    """Return the first entry that finds its content, with place and content, or None."""
    finders = {
        "clause": _clause,
        "raising": _raising,
        "predication": predication,
        "infinitive": _infinitive,
        "preposition": _preposition,
        "object": object_content,
    }
    for place in _ORDER:
        for entry in entries:
            wanted = place in entry.places
            if place == "preposition":
                wanted = any(p not in (*_ORDER, "quote") for p in entry.places)
            if wanted:
                content = finders[place](token, entry)
                if content:
                    return entry, place, content
    return None


def _clause(token: Token, entry: CueEntry) -> list[Token]:
    """Content in a complement clause, or in the clause that the cue interrupts or follows."""
    for child in token.children:
        if child.dep_ == "ccomp" and not _is_bare_infinitive(child) and not small_clause(child):
            if child.i < token.i and _is_statement_before(child, token, entry):
                continue
            if asked_aside(token) is child or _belongs_elsewhere(child, token):
                continue
            return clause_tokens(child, token)
        if (
            child.dep_ == "xcomp"
            and child.tag_ == "VBG"
            and "infinitive" not in entry.places
            and token.lemma_.lower() not in lexicon().aspectual
            and child.i > token.i
            and not grammar.is_passive(token)
        ):
            return clause_tokens(child, token)
        if (
            child.dep_ == "advcl"
            and child.i > token.i
            and any(
                c.dep_ == "mark"
                and (c.lower_ == "that" or (c.lower_ == "if" and entry.stance == "questions"))
                for c in child.children
            )
        ):
            return clause_tokens(child, token)
        if child.dep_ == "xcomp" and child.i > token.i and _is_question_of_doing(child):
            return clause_tokens(child, token)
        stated = child.dep_ == "advcl" and child.i > token.i
        if stated and (_is_bare_statement(child) or _is_left_open(child, token)):
            return clause_tokens(child, token)
    for child in grammar.children(token, "advcl"):
        # "said as he left that ...": the parser hangs the that-clause on a verb that takes none.
        if child.i > token.i and child.lemma_.lower() not in lexicon().verbs:
            for clause in grammar.children(child, "ccomp"):
                if clause.i > child.i and has_that(clause):
                    return clause_tokens(clause, token)
    made_clear = _of_complement(token, entry)
    if made_clear:
        return made_clear
    # "said in a statement that ...": the clause hangs on the noun of the medium.
    for preposition, noun in grammar.all_prepositions(token):
        # "laughed at the idea that ...": the idea has a content of its own.
        own = noun.lemma_.lower() in lexicon().nouns and noun.lemma_.lower() not in lexicon().media
        if preposition.i > token.i and not own:
            for child in noun.children:
                if child.dep_ in ("acl", "ccomp", "relcl") and has_that(child):
                    return clause_tokens(child, token)
    for noun in grammar.children(token, "dobj", "dative", "npadvmod"):
        if any(t.lower_ in ("so", "such") and t.i < noun.i for t in noun.subtree):
            # "tells such tales that nobody listens"
            continue
        for child in noun.children:
            if (
                child.dep_ in ("acl", "ccomp", "relcl")
                and has_that(child)
                and (entry.addressee or noun.dep_ == "npadvmod")
            ):
                return clause_tokens(child, token)
    return interrupted(token) or split_by_aside(token) or _fragment(token)


def _is_bare_statement(clause: Token) -> bool:
    """Tell whether a clause has subject and tense but no conjunction: "said after the congress he would not run"."""
    if clause.tag_ == "VBG" or not grammar.children(clause, "nsubj", "nsubjpass") or to_infinitive(clause):
        return False
    first = clause.left_edge
    opened = any(c.dep_ == "mark" or c.tag_ in ("WRB", "WDT", "WP") for c in clause.children)
    return not opened and first.nbor(-1).text != "," and first.tag_ not in ("WRB", "WDT", "WP")


def _belongs_elsewhere(clause: Token, cue: Token) -> bool:
    """Tell whether a clause beside a cue is none of its own.

    Before the cue: where a that-clause follows it, where "that" makes the cue depend on the clause, and where a
    conjunction opens the clause ("While he agreed, she noted a flaw"). After it: a report at the end of the
    sentence ("means to sell, an aide announced").
    """
    if clause.i > cue.i:
        reports = (
            clause.lemma_.lower() in lexicon().verbs and clause.i > clause.doc[len(clause.doc) - 1].i - 6
        )
        first = clause.left_edge
        return (
            reports
            and first.nbor(-1).text == ","
            and not grammar.children(clause, "ccomp", "xcomp", "mark", "dobj")
        )
    if any(c.dep_ == "mark" and c.lower_ == "that" for c in cue.children):
        return True
    if clause.left_edge.lower_ in ("while", "although", "though", "because", "since"):
        return True
    return any(c.i > cue.i and c.dep_ == "ccomp" and c.left_edge.lower_ == "that" for c in cue.children)


def _is_question_of_doing(clause: Token) -> bool:
    """Tell whether an infinitive asks: "did not know where to land", "said what to buy"."""
    return to_infinitive(clause) and clause.left_edge.tag_ in ("WP", "WRB", "WDT")


def _is_left_open(clause: Token, cue: Token) -> bool:
    """Tell whether a clause is an indirect question taken for an adjunct: "has not said when it will"."""
    first = clause.left_edge
    if first.tag_ != "WRB" or first.i != cue.i + 1 or not grammar.children(clause, "nsubj", "nsubjpass"):
        return False
    return first.lower_ != "when" or grammar.is_negated(cue)


def _of_complement(token: Token, entry: CueEntry) -> list[Token]:
    """Content under the adjective of "made (it) clear that ..."."""
    for word in token.children:
        if word.lower_ in entry.modifiers and word.i > token.i:
            for clause in grammar.children(word, "ccomp", "advcl", "csubj"):
                if clause.i > word.i and not to_infinitive(clause):
                    return clause_tokens(clause, token)
    return []


def _fragment(token: Token) -> list[Token]:
    """Content in words without a verb before the cue: "Rules unclear, experts say"."""
    subjects = grammar.children(token, "nsubj")
    if not subjects or token.dep_ != "ROOT":
        return []
    doc, first = token.doc, subjects[0].left_edge.i
    for child in grammar.children(token, "ccomp", "dep"):
        if child.left_edge.i == 0 and child.right_edge.i == first - 2 and doc[first - 1].text == ",":
            return trim(doc[0 : first - 1])
    return []


def _is_statement_before(clause: Token, cue: Token, entry: CueEntry) -> bool:
    """Tell whether a clause before a verb is a statement of its own ("The catch is plain: he will assume power")."""
    if any(o.i > cue.i for o in grammar.children(cue, "dobj")) and not entry.addressee:
        return True
    return cue.doc[clause.i + 1 : cue.i] != [] and any(
        t.text in (":", ";") and t.i > clause.right_edge.i - 1 for t in cue.doc[clause.i + 1 : cue.i]
    )


def has_that(clause: Token) -> bool:
    """Tell whether a clause opens with "that", "whether" or "if"."""
    first = clause.left_edge
    return first.lower_ in ("that", "whether", "if") and first.dep_ in ("mark", "nsubj", "det", "advmod")


def _is_bare_infinitive(clause: Token) -> bool:
    return to_infinitive(clause) and not any(
        c.tag_ in grammar.RELATIVES or c.lower_ in ("whether", "how") for c in clause.children
    )


def _infinitive(token: Token, entry: CueEntry) -> list[Token]:
    if entry.prepositions and not any(
        c.dep_ == "prep" and c.lower_ in entry.prepositions for c in token.children
    ):
        return []
    for child in token.children:
        headline = child.dep_ == "relcl" and token.dep_ == "ROOT" and child.left_edge.i == token.i + 1
        if child.i < token.i or (child.dep_ not in ("xcomp", "ccomp", "advcl") and not headline):
            continue
        gerund = child.tag_ == "VBG" and child.dep_ == "xcomp" and entry.stance == "denies"
        if not (to_infinitive(child) or gerund):
            continue
        voted = token.lemma_.lower() == "vote"
        if child.dep_ == "advcl" and not (entry.prepositions or voted or grammar.children(token, "dobj")):
            continue
        content = clause_tokens(child, token)
        objects = [o for o in grammar.children(token, "dobj", "dative") if o.i < child.i and o.pos_ != "ADP"]
        if objects and not entry.prepositions and not entry.addressee:
            return from_token(objects[0].left_edge, content)
        return content
    for noun in grammar.children(token, "dobj"):
        for child in grammar.children(noun, "acl", "relcl"):
            if to_infinitive(child) and entry.level == "attitude" and not entry.prepositions:
                return from_token(noun.left_edge, clause_tokens(child, token))
    return []


def _raising(token: Token, entry: CueEntry) -> list[Token]:
    if not grammar.is_passive(token):
        return []
    for child in grammar.children(token, "xcomp"):
        if to_infinitive(child) and child.i > token.i:
            return clause_tokens(child, token)
    return []


def _preposition(token: Token, entry: CueEntry) -> list[Token]:
    wanted = [p for p in entry.places if p not in (*_ORDER, "quote")]
    holders = [token]
    told = any(e.addressee for e in lexicon().verbs.get(token.lemma_.lower(), ()))
    if entry.level == "topic":
        # "learned on Friday of a plot", "spoke in his address of a plot"
        holders.extend(
            noun
            for link, noun in grammar.all_prepositions(token)
            if link.i > token.i and (noun.lower_ in WEEKDAYS or noun.lemma_.lower() in lexicon().media)
        )
    if entry.level == "claim" or told:
        holders.extend(o for o in grammar.children(token, "dobj") if o.i > token.i)
    for holder in holders:
        for child in holder.children:
            if child.lower_ not in wanted or child.dep_ not in ("prep", "prt", "agent") or child.i < token.i:
                continue
            for inner in grammar.children(child, "pcomp", "pobj"):
                if entry.level == "claim" and inner.dep_ == "pobj" and entry.id == "blame":
                    continue
                if inner.dep_ == "pcomp":
                    late = (
                        late_agent(token)
                        if grammar.is_passive(token) and not arguments.agents(token)
                        else None
                    )
                    return [t for t in clause_tokens(inner, token) if late is None or t.i < late.i]
                return phrase_tokens(inner, token)
            if entry.id == "blame":
                continue
    return []
