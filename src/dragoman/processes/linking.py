"""Which mentions speak of the same process.

Mentions are taken in text order. One that refers back ("the talks", "such a summit") goes to the latest
process that it does not contradict; one that brings a name, a date or a place of its own goes only to a
process which bears it, or which bears none of that sort. A wrong merge is worse than a missed one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.processes.lexicon import Lexicon
    from dragoman.processes.phrases import ProcessMention

# How many sentences back a bare noun that refers may look for what it refers to when others lie between.
FAR = 40
# How many sentences back "the proposal" or "will attend" may look.
WEAK_REACH = 4
# What a mention weighs one sentence later.
FADING = 0.7


@dataclass(slots=True, eq=False)
class Thread:
    """The mentions of one process, in text order."""

    kind: str
    mentions: list[ProcessMention] = field(default_factory=list)

    def gathered(self, name: str) -> frozenset[str]:
        """Return one sort of distinguishing words over all mentions."""
        return frozenset(value for mention in self.mentions for value in getattr(mention, name))

    @property
    def last(self) -> ProcessMention:
        """The latest mention."""
        return self.mentions[-1]


def link(mentions: list[ProcessMention], lexicon: Lexicon) -> list[Thread]:
    """Return the processes of an article as threads of mentions, in order of first mention."""
    threads: list[Thread] = []
    for mention in mentions:
        if not mention.kinds:
            thread = _just_told(mention, threads)
            if thread is not None:
                thread.mentions.append(mention)
            continue
        thread = _antecedent(mention, threads, lexicon)
        if thread is None:
            if mention.reference == "definite" and len(mention.kinds) > 1:
                continue  # A noun that only refers back, and nothing to refer to.
            thread = Thread(mention.kinds[0])
            threads.append(thread)
        elif _says_more(mention, thread, lexicon):
            thread.kind = mention.kinds[0]
        thread.mentions.append(mention)
    return threads


def _just_told(mention: ProcessMention, threads: list[Thread]) -> Thread | None:
    """Return what "it" stands for: the process told last, in this sentence or the one before."""
    reach = WEAK_REACH if mention.weak else 1
    near = [t for t in threads if mention.sentence.index - t.last.sentence.index <= reach]
    if mention.head == "they":
        near = [t for t in near if t.last.token.tag_ in ("NNS", "NNPS")]
    return max(near, key=lambda t: (_salience(t, mention) if mention.weak else 0, t.last.start), default=None)


def _says_more(mention: ProcessMention, thread: Thread, lexicon: Lexicon) -> bool:
    """A verb ("will meet") gives only a vague kind; the first noun of another kind decides."""
    return (
        len(mention.kinds) == 1
        and not mention.by_verb
        and mention.kinds[0] != thread.kind
        and (all(m.by_verb for m in thread.mentions) or thread.kind in lexicon.kinds[mention.kinds[0]].also)
        and mention.reference != "definite"
    )


def _antecedent(mention: ProcessMention, threads: list[Thread], lexicon: Lexicon) -> Thread | None:
    if mention.token.dep_ == "appos":
        # "Exercise Coral Shield, a naval exercise of ...": the same thing, told twice.
        for thread in threads:
            if thread.kind in mention.kinds and any(m.token == mention.token.head for m in thread.mentions):
                return thread
    fitting = [
        t
        for t in threads
        if _kinds_fit(mention, t, lexicon)
        and mention.sentence.index - t.last.sentence.index <= FAR
        and not contradicts(mention, t, lexicon)
    ]
    if not fitting:
        return None
    named = [t for t in fitting if _shares_name(mention, t)]
    if named:
        return named[-1]
    if mention.reference == "definite" and not mention.fresh:
        own = [t for t in fitting if mention.kinds[0] == t.kind] or fitting
        return max(own, key=lambda t: (_salience(t, mention), t.last.start))
    if mention.telling & set(lexicon.qualifiers.formats) and not mention.fresh:
        own = [t for t in fitting if mention.kinds[0] == t.kind]
        if own:
            return max(own, key=lambda t: (_salience(t, mention), t.last.start))
    # An indefinite noun speaks of a known process only when the headline announced it, when the two are
    # still only talked of, or when all its parties are known parties; never after "another".
    if mention.fresh or mention.by_verb:
        return _same_parties(mention, fitting)
    announced = [t for t in fitting if all(m.headline for m in t.mentions)]
    return announced[-1] if announced else _same_parties(mention, fitting)


def _salience(thread: Thread, mention: ProcessMention) -> float:
    """Return how much a process is in the reader's mind: each mention counts less with every sentence."""
    return sum(FADING ** max(0, mention.sentence.index - m.sentence.index) for m in thread.mentions)


def _same_parties(mention: ProcessMention, fitting: list[Thread]) -> Thread | None:
    if mention.fresh or not mention.countries:
        return None
    for thread in reversed(fitting):
        known = thread.gathered("countries")
        if len(mention.countries) > 1 and mention.countries <= known:
            return thread
    return None


def _kinds_fit(mention: ProcessMention, thread: Thread, lexicon: Lexicon) -> bool:
    if thread.kind in mention.kinds:
        return True
    kind = mention.kinds[0]
    if kind in lexicon.kinds[thread.kind].also:
        return True
    # A summit may be told first as a planned meeting ("will meet"), then by its name.
    return all(m.by_verb for m in thread.mentions) and thread.kind in lexicon.kinds[kind].also


def _shares_name(mention: ProcessMention, thread: Thread) -> bool:
    return any(getattr(mention, sort) & thread.gathered(sort) for sort in ("names", "dates")) or bool(
        mention.sites & thread.gathered("sites") and mention.reference == "definite"
    )


def contradicts(mention: ProcessMention, thread: Thread, lexicon: Lexicon) -> bool:
    """Tell whether a mention bears something that the process does not have or cannot have."""
    for sort in ("names", "dates", "sites"):
        own, known = getattr(mention, sort), thread.gathered(sort)
        if own and known and not own & known:
            return True
    heads = {m.head for m in thread.mentions}
    for group in lexicon.qualifiers.distinct_heads:
        rivals = {w for g in lexicon.qualifiers.distinct_heads if g != group for w in g}
        if mention.token.lemma_.lower() in group and heads & rivals:
            return True
    formats = set(lexicon.qualifiers.formats)
    own, known = mention.telling - formats, thread.gathered("telling") - formats
    for exclusive in lexicon.qualifiers.exclusive:
        pair = set(exclusive)
        if own & pair and known & pair and not own & known & pair:
            return True
    if mention.reference != "definite" and own and known and not own & known:
        return True
    if mention.reference != "definite" and own and not known and not _announced(thread):
        return True
    parties, others = mention.countries, thread.gathered("countries")
    if not parties or not others:
        return False
    if mention.reference == "definite" and not mention.by_verb:
        return not parties & others and len(parties) > 1
    return not parties & others


def _announced(thread: Thread) -> bool:
    return all(m.headline for m in thread.mentions)
