"""Claims inside claims: which attribution stands in which, and which of them tell something of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.lexicon import lexicon, nesting_entries
from dragoman.language import grammar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.draft import Draft, DraftAttribution

SELF = frozenset({"i", "we", "you", "my", "our", "your"})
# Nobody in particular: "people say", "nobody knows" inside somebody's words is that somebody's own way to put it.
NOBODY = frozenset(
    {
        "people",
        "anyone",
        "anybody",
        "someone",
        "somebody",
        "everyone",
        "everybody",
        "nobody",
        "one",
        "no one",
        "none",
        "many",
    }
)
PERSONAL = frozenset({"he", "she", "they", "it", "who"})
POSSESSIVE = frozenset({"his", "her", "their", "its"})


def telling(draft: Draft, found: list[DraftAttribution]) -> list[DraftAttribution]:
    """Keep inside somebody's words only what somebody else claims.

    "She said she believed it was over" has one claimant; so has a quotation with "I think" in it. Wishes and
    topics inside reported words are part of what is reported.
    """
    kept = []
    for attribution in found:
        parent = attribution.parent
        if parent is None or attribution.rule in ("label", "block", "quotation-goes-on"):
            kept.append(attribution)
            continue
        if attribution.rule.partition("/")[0] not in nesting_entries() or not _is_told(attribution):
            continue
        if attribution.source is None and attribution.rule.endswith(("/noun", "/clause", "/preposition")):
            continue
        if attribution.source is not None:
            words = draft.text[slice(*attribution.source)].lower()
            if words in NOBODY or (words in SELF and parent.kind in ("direct", "mixed")):
                continue
            if words in PERSONAL and _same_speaker(draft, attribution, parent):
                continue
            if (
                words in POSSESSIVE
                and parent.stance == "asserts"
                and _same_speaker(draft, attribution, parent)
            ):
                # "stressed his message that ..."
                continue
            if parent.source is not None and _same_name(words, draft.text[slice(*parent.source)].lower()):
                continue
        kept.append(attribution)
    return kept


def _is_told(attribution: DraftAttribution) -> bool:
    """Tell whether a claim inside somebody's words is told as made, and not as wished, possible or asked for."""
    verb = attribution.cue_token
    if verb is None or verb.pos_ not in ("VERB", "AUX"):
        return True
    form = grammar.verb_form(verb)
    if form.infinitive:
        return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in lexicon().withholders
    if form.modal is not None or any(c.dep_ == "mark" and c.lower_ == "if" for c in verb.children):
        return False
    if verb.tag_ == "VB":
        return grammar.is_negated(verb) or form.tense == "past"
    return verb.tag_ != "VBG" or form.progressive or verb.dep_ not in ("pcomp", "csubj", "xcomp", "ccomp")


def _same_name(inner: str, outer: str) -> bool:
    """Tell whether two sources are named by the same last word ("Anna Berg" and "Berg")."""
    return inner.split()[-1:] == outer.split()[-1:]


def _same_speaker(draft: Draft, inner: DraftAttribution, outer: DraftAttribution) -> bool:
    """Tell whether a pronoun inside somebody's words means that somebody."""
    if inner.source_entity is not None and outer.source_entity is not None:
        return inner.source_entity is outer.source_entity
    return outer.source is not None


def nest(found: list[DraftAttribution]) -> None:
    """Set `parent`: the innermost attribution whose content holds this one's cue. Never loops."""
    for attribution in found:
        attribution.parent = None
    for attribution in found:
        at = attribution.cue or attribution.content
        holders = [
            other
            for other in found
            if other is not attribution
            and other.content[0] <= at[0]
            and at[1] <= other.content[1]
            and (other.content[1] - other.content[0]) >= (at[1] - at[0])
        ]
        for holder in sorted(holders, key=lambda a: a.content[1] - a.content[0]):
            if not _leads_to(holder, attribution) and not _inside(holder, attribution):
                attribution.parent = holder
                break


def _leads_to(start: DraftAttribution, goal: DraftAttribution) -> bool:
    node: DraftAttribution | None = start
    while node is not None:
        if node is goal:
            return True
        node = node.parent
    return False


def _inside(inner: DraftAttribution, outer: DraftAttribution) -> bool:
    """Tell whether `inner`'s own cue stands in `outer`'s content, so that it cannot be its parent."""
    cue = inner.cue
    return cue is not None and outer.content[0] <= cue[0] and cue[1] <= outer.content[1]


def innermost_at(found: Iterable[DraftAttribution], start: int, end: int) -> DraftAttribution | None:
    """Return the innermost attribution whose content holds [start, end), or None."""
    holders = [a for a in found if a.content[0] <= start and end <= a.content[1]]
    return min(holders, key=lambda a: (a.content[1] - a.content[0], a.content[0]), default=None)
