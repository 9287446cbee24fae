"""How far a process has come, from all that the article says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.draft import DraftStage
from dragoman.language import grammar
from dragoman.processes.attributing import said_at
from dragoman.processes.governing import Verdict, finite, verdicts

if TYPE_CHECKING:
    from dragoman.draft import Draft
    from dragoman.processes.lexicon import Lexicon
    from dragoman.processes.linking import Thread
    from dragoman.processes.phrases import ProcessMention


@dataclass(frozen=True, slots=True)
class Evidence:
    """One verdict on one mention of the process."""

    mention: ProcessMention
    verdict: Verdict

    @property
    def background(self) -> bool:
        """Whether the words tell an earlier state ("had been scheduled", "was originally planned")."""
        return self.verdict.background


def evidence_of(thread: Thread, lexicon: Lexicon) -> list[Evidence]:
    """Return what every governing word of every mention says, in text order."""
    return [
        Evidence(mention, verdict)
        for mention in thread.mentions
        for verdict in verdicts(
            mention.token, lexicon, by_verb=mention.by_verb, elided=mention.elided, weak=mention.weak
        )
    ]


def stages_of(draft: Draft, evidence: list[Evidence], lexicon: Lexicon) -> list[DraftStage]:
    """Return each statement of how far the process has come: its words from the first to the last link."""
    found: dict[tuple[int, int, str], DraftStage] = {}
    for item in evidence:
        verdict, sentence = item.verdict, item.mention.sentence
        if verdict.status is None:
            continue
        tokens = [link.token for link in verdict.links if link.place != "clause"]
        start = min([item.mention.start, *(sentence.start_of(t) for t in tokens)])
        end = max([item.mention.end, *(sentence.end_of(t) for t in tokens)])
        # Who says so is who says the innermost word: "agreed" in "X said that they had agreed to meet".
        said = said_at(draft, sentence.start_of(tokens[0]), sentence.end_of(tokens[0])) if tokens else None
        # "The postponed summit" recalls that it was put off.
        recalled = verdict.attributive and verdict.status in lexicon.ends
        stage = DraftStage(start, end, verdict.status, said, item.background or recalled, verdict.weak)
        found.setdefault((start, end, verdict.status), stage)
    return [found[key] for key in sorted(found)]


def decide(evidence: list[Evidence], dated: str | None, lexicon: Lexicon) -> str | None:
    """Return the status of a process, or None when the text says nothing of it.

    `dated` is the status that its stated date alone suggests (held, scheduled). Ends (cancelled, postponed)
    outdo rungs, unless it was put on a new date or held; a rejection outdoes only what was not agreed. Of
    the rungs the highest counts; what is told as background or only implied counts when nothing else does.
    """
    told = [e for e in evidence if e.verdict.status is not None and not e.verdict.weak]
    present = [e for e in told if not e.background] or told
    lower = [e for e in present if not e.verdict.shifted and lexicon.rank(e.verdict.status or "") >= 0]
    if lower and all(lexicon.rank(e.verdict.status or "") < lexicon.rank("agreed") for e in lower):
        # "It would be held in May": of what is only proposed, "would" says no more than that.
        present = [e for e in present if not e.verdict.shifted]
    if any(_stands_again(e, lexicon) for e in present):
        present = [e for e in present if not (e.verdict.attributive and e.verdict.status in lexicon.ends)]
    statuses = [e.verdict.status for e in present if e.verdict.status is not None]
    if not statuses:
        weak = [e.verdict.status for e in evidence if e.verdict.status is not None]
        if weak and all(s in lexicon.ends for s in weak):
            # Somebody stays away; that there is something to stay away from is all that it says.
            return dated or "proposed"
        statuses = [s for s in weak if s not in lexicon.ends]
        if not statuses:
            # "considering whether to attend the conference": again there is something to attend.
            attended = any(e.verdict.weak and e.verdict.links[0].cue is not None for e in evidence)
            return dated or ("proposed" if attended else None)
    ends = [s for s in statuses if s in lexicon.ends]
    rungs = [s for s in statuses if s not in lexicon.ends]
    highest = max(rungs, key=lexicon.rank, default=None)
    if ends:
        end = max(ends, key=lexicon.ends.index)
        if highest == "held" and statuses.index("held") < statuses.index(end):
            return highest
        if end == "rejected" and highest is not None and lexicon.rank(highest) >= lexicon.rank("agreed"):
            return _with_date(highest, dated, lexicon)
        if end != "rejected" and _rescheduled(present):
            return "scheduled"
        return end
    return _with_date(highest, dated, lexicon) if highest else dated


def _stands_again(item: Evidence, lexicon: Lexicon) -> bool:
    """Tell whether it is told to come, or to have come, so that "the postponed summit" only recalls a stop.

    "Was to be held in June" itself recalls what was planned.
    """
    status = item.verdict.status
    if item.verdict.attributive or status is None:
        return False
    if status in lexicon.ends or status != "scheduled":
        return status in lexicon.ends or lexicon.rank(status) > lexicon.rank("scheduled")
    for link in item.verdict.links:
        verb = finite(link.token)
        if verb.pos_ not in ("VERB", "AUX"):
            continue
        form = grammar.verb_form(verb)
        if form.modal in ("will", "shall", "would"):
            return True
        if form.infinitive and verb.head.lemma_ == "be":
            form = grammar.verb_form(verb.head)
            verb = verb.head
        if form.tense == "past" and (grammar.is_passive(verb) or verb.lemma_ == "be"):
            return False
    return True


def _with_date(status: str, dated: str | None, lexicon: Lexicon) -> str:
    """A thing that was scheduled for a day gone by is told as held where nothing says otherwise."""
    if status == "scheduled" and dated == "held":
        return dated
    return status


def _rescheduled(evidence: list[Evidence]) -> bool:
    return any(
        link.token.lemma_.lower() == "reschedule" and e.verdict.status == "scheduled"
        for e in evidence
        for link in e.verdict.links
    )
