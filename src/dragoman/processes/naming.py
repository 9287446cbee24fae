"""What a process is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.processes.phrases import phrase_end

if TYPE_CHECKING:
    from dragoman.draft import Draft
    from dragoman.processes.lexicon import Lexicon
    from dragoman.processes.linking import Thread
    from dragoman.processes.phrases import ProcessMention

LONGEST = 90


def name_of(draft: Draft, thread: Thread, lexicon: Lexicon) -> str:
    """Return the shortest way in which the text names the process so that it can be told from others.

    A proper name before the noun ("P5 summit") is better than a telling word ("trilateral summit") or a
    complement ("summit of Kenya and Somalia"), and those than the bare noun.
    """
    best: tuple[int, int, int] | None = None
    name = thread.kind
    for mention in thread.mentions:
        for rank, words in _names(draft, mention, lexicon):
            quality = (-rank, len(words), mention.start)
            if best is None or quality < best:
                best, name = quality, words
    return name


def _names(draft: Draft, mention: ProcessMention, lexicon: Lexicon) -> list[tuple[int, str]]:
    sentence, head = mention.sentence, mention.token
    if mention.title is not None:
        start, end = mention.title
        return [(3, " ".join(draft.text[start:end].split()))]
    if not mention.kinds or mention.by_verb:
        return []  # "they will meet" names nothing: the kind has to do
    nameless = set(lexicon.qualifiers.nameless)
    first = head
    for token in reversed([t for t in head.doc[: head.i] if t.i >= head.left_edge.i]):
        if token.dep_ in ("det", "predet", "case") or token.lower_ in nameless:
            break
        if token.i != first.i - 1 or token.pos_ == "PRON":
            break
        first = token
    while first.i < head.i and (first.is_punct or first.lower_ in nameless):
        first = first.nbor(1)
    start, end = sentence.start_of(first), sentence.end_of(head)
    before = draft.text[start:end]
    found = [(0, before)]
    words = head.doc[first.i : head.i]
    if any(t.pos_ in ("PROPN", "NUM") or not t.text.isalpha() for t in words):
        found.append((3, before))
    elif len(words):
        found.append((1, before))
    last = phrase_end(head)
    whole = draft.text[start : sentence.end_of(last)]
    # "Talks with his counterpart" names nothing to a reader who does not know whose.
    bound = any(t.pos_ == "PRON" for t in head.doc[head.i : last.i + 1])
    if whole != before and len(whole) <= LONGEST and not bound:
        found.append((2, " ".join(whole.split())))
    return found
