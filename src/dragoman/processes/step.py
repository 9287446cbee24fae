"""The step that fills `processes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.actors import is_actor
from dragoman.draft import DraftProcess, DraftTopic
from dragoman.language import grammar
from dragoman.processes.finding import find_mentions
from dragoman.processes.lexicon import lexicon
from dragoman.processes.linking import Thread, link
from dragoman.processes.naming import name_of
from dragoman.processes.participants import participants_of
from dragoman.processes.placing import best_place, sites_of
from dragoman.processes.status import Evidence, decide, evidence_of, stages_of
from dragoman.processes.telling import outcome_of, purpose_of, topics_of
from dragoman.processes.timing import best_time, firmest, timings_of
from dragoman.processes.unknowns import add_unknowns

if TYPE_CHECKING:
    from dragoman.draft import Draft, DraftEvent, DraftTiming
    from dragoman.processes.phrases import ProcessMention

UNDER_WAY = ("ongoing", "scheduled", "agreed", "proposed", "possible")


class ProcessStep:
    """Fills `processes` from the sentences, mentions, events, attributions and times of a draft."""

    needs = ("sentences", "mentions", "events", "attributions", "times")
    gives = ("processes",)

    def __init__(self) -> None:
        self.lexicon = lexicon()
        self.trigger_forms: frozenset[str] = self.lexicon.trigger_forms()
        self.sufficient_forms: frozenset[str] = self.lexicon.sufficient_forms()

    def __call__(self, draft: Draft) -> None:
        """Find the processes of the article, in order of first mention."""
        threads = link(find_mentions(draft, self.lexicon), self.lexicon)
        told = [(t, evidence_of(t, self.lexicon)) for t in threads]
        built = [(t, self._build(draft, t, evidence)) for t, evidence in told]
        kept = [(t, p) for t, p in built if p is not None]
        for thread, claim in add_unknowns(draft, [t for t, _ in kept], self.lexicon):
            process = next(p for t, p in kept if t is thread)
            if all((u.start, u.field) != (claim.start, claim.field) for u in process.unknowns):
                process.unknowns.append(claim)
        draft.processes = [process for _, process in kept]

    def _build(self, draft: Draft, thread: Thread, evidence: list[Evidence]) -> DraftProcess | None:
        timings = timings_of(draft, evidence, self.lexicon)
        status = decide(evidence, dated_status(draft, timings), self.lexicon)
        if status is None or not self._is_process(draft, thread, status):
            return None
        if is_long_past(draft, timings, evidence):
            return None
        process = DraftProcess(thread.kind, name_of(draft, thread, self.lexicon), status)
        process.participants = participants_of(draft, thread, evidence, self.lexicon)
        process.timings = timings_of(draft, evidence, self.lexicon, status)
        process.time = best_time(draft, process.timings)
        process.sites = sites_of(draft, evidence, thread.kind, self.lexicon, status)
        process.place = best_place(process.sites)
        process.stages = stages_of(draft, evidence, self.lexicon)
        process.purpose = purpose_of(draft, evidence, self.lexicon)
        process.outcome = outcome_of(draft, evidence)
        process.topics = _topics(draft, thread, self.lexicon_topics(draft, thread), process)
        process.events = [e for e in draft.events if speaks_of(e, thread, evidence)]
        process.evidence = [(m.start, m.end) for m in thread.mentions]
        return process

    def lexicon_topics(self, draft: Draft, thread: Thread) -> list[DraftTopic]:
        """Return the topics of all mentions, in text order."""
        return [t for m in thread.mentions for t in topics_of(draft, m, self.lexicon)]

    def _is_process(self, draft: Draft, thread: Thread, status: str) -> bool:
        """Tell whether a thread is a process of politics with a course, not a mere event."""
        kind = self.lexicon.kinds[thread.kind]
        by_verb = all(m.by_verb for m in thread.mentions)
        if status == "held" and by_verb:
            return False
        # What has taken place is an event; only talks of a kind ("peace talks") go on after a round.
        goes_on = thread.kind == "negotiation" and bool(thread.gathered("telling"))
        if status == "held" and not kind.course and not goes_on:
            return False
        return any(_has_actor(draft, m) for m in thread.mentions)


def is_long_past(draft: Draft, timings: list[DraftTiming], evidence: list[Evidence]) -> bool:
    """Tell whether nothing but a date a year or more gone by is said of it ("the 2016 elections")."""
    date = draft.article.date
    if date is None or any(e.verdict.status is not None and not e.verdict.weak for e in evidence):
        return False
    year_before = f"{int(date[:4]) - 1:04}{date[4:]}"
    return any(t.latest is not None and t.latest < year_before for t in timings)


def _has_actor(draft: Draft, mention: ProcessMention) -> bool:
    """Tell whether an actor is named in the sentence of a mention or in the one before."""
    index = mention.sentence.index
    return any(
        m.sentence is not None and 0 <= index - m.sentence.index <= 1 and is_actor(m.entity)
        for m in draft.mentions
    )


def dated_status(draft: Draft, timings: list[DraftTiming]) -> str | None:
    """Return what the stated date alone says: held before the publication date, scheduled after it."""
    date = draft.article.date
    if date is None:
        return None
    exact = [t for t in timings if t.status != "possible" and t.earliest and t.latest and t.value]
    if not exact:
        exact = [t for t in timings if t.earliest and t.latest and t.value]
    if not exact:
        return None
    timing = firmest(exact)
    if timing.latest is not None and timing.latest < date:
        return "held"
    if timing.earliest is not None and timing.earliest > date:
        return "scheduled"
    return None


def _topics(
    draft: Draft, thread: Thread, topics: list[DraftTopic], process: DraftProcess
) -> list[DraftTopic]:
    found: dict[tuple[int, int], DraftTopic] = {}
    for topic in topics:
        found.setdefault((topic.start, topic.end), topic)
    return [found[span] for span in sorted(found)]


def speaks_of(event: DraftEvent, thread: Thread, evidence: list[Evidence]) -> bool:
    """Tell whether an event is of, or about, the process.

    Its trigger is or governs a mention, its content or a topic holds one.
    """
    for mention in thread.mentions:
        if mention.sentence is not event.sentence:
            continue
        start = mention.sentence.start_of(mention.token)
        if event.trigger[0] <= start < event.trigger[1]:
            return True
        if any(t.start <= start < t.end for t in event.topics):
            return True
        content = event.content_token
        if content is not None and (content == mention.token or content.is_ancestor(mention.token)):
            return True
        if content is not None and mention.token in grammar.conjuncts(content):
            return True
    for item in evidence:
        if item.mention.sentence is event.sentence:
            for governor in item.verdict.links:
                if governor.cue is not None and governor.token == event.token:
                    return True
    return False
