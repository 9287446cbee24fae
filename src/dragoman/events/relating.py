"""What a marked source does to a marked target, by frames: `dragoman relate`.

Frames that cover both marked spans decide; without any, the words that head frames of a type speak for it;
without these, the prior of the types. There is always an answer, and a ranking of every type.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from dragoman.draft import DraftEntity, DraftMention, Sentence
from dragoman.events.cues import mode_by_cues
from dragoman.events.matching import Matcher
from dragoman.events.roles import RoleFiller
from dragoman.language import grammar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dragoman.events.codebook import Codebook
    from dragoman.events.matching import Match
    from dragoman.syntax import Parse, Token

# Weights of the evidence, in nats of a softmax over types; set by reasoning, not fitted.
_BOTH_SIDES = 6.0
_SOURCE_ACTS = 3.5
_TARGET_HIT = 2.5
_NO_SIDE = 1.2
_LEMMA = 1.0
_SWAPPED = 2.0
# How fast a trigger's word loses its say with its distance from the path between source and target.
_REACH = 4.0
_BELOW_CONTENT = 0.25


@dataclass(slots=True)
class Evidence:
    """What speaks for a type: how much, the frame, and the words."""

    weight: float
    entry: str
    match: Match | None
    rule: str


class Relater:
    """Answers what a marked source does to a marked target.

    Args:
        codebook: the types and frames.
        parse: a function from a text to the parsed sentences of it.
    """

    def __init__(self, codebook: Codebook, parse: Callable[[str], Sequence[Sentence]]) -> None:
        self._codebook = codebook
        self._parse = parse
        self._matcher = Matcher(codebook)
        self._collectives = frozenset(codebook.words.get("collectives", ()))
        self._shares = self._lemma_shares()

    def answer(self, row: dict[str, Any]) -> dict[str, Any]:
        """Answer one row.

        Args:
            row: `text`, and `source` and `target` as `{start, end}` or null.

        Returns:
            `type`, `mode`, `status`, `confidence`, `why`, and `ranking` over every type of the codebook.

        Raises:
            KeyError, TypeError: when the row has no text or its spans are none.
        """
        text = cast("str", row["text"])
        source, target = _span(row.get("source")), _span(row.get("target"))
        found: dict[str, Evidence] = {}
        for sentence in self._parse(text):
            if sentence.parse is not None:
                self._weigh(sentence, sentence.parse, source, target, found)
        scores = {name: found[name].weight if name in found else 0.0 for name in self._codebook.types}
        total = sum(math.exp(s) for s in scores.values())
        ranking = sorted(
            ({"type": n, "confidence": round(math.exp(s) / total, 4)} for n, s in scores.items()),
            key=lambda item: (-cast("float", item["confidence"]), cast("str", item["type"])),
        )
        best = cast("str", ranking[0]["type"])
        evidence = found.get(best)
        return {
            "type": best,
            "mode": self._mode(evidence),
            "status": _status(evidence),
            "confidence": ranking[0]["confidence"],
            "why": {
                "decided_by": "frame",
                "entry": evidence.entry if evidence else "prior",
                "rule": evidence.rule if evidence else "no frame and no trigger word",
            },
            "ranking": ranking,
        }

    def _weigh(
        self,
        sentence: Sentence,
        doc: Parse,
        source: tuple[int, int] | None,
        target: tuple[int, int] | None,
        found: dict[str, Evidence],
    ) -> None:
        """Add the evidence of one sentence."""
        marked = _marked(sentence, source, target)
        filler = RoleFiller(list(marked.values()), sentence, self._collectives)
        near = _path(sentence, doc, source, target)
        inside = {t.i for span in (source, target) if span is not None for t in sentence.tokens_in(*span)}
        matches = [m for m in self._matcher.match(doc) if m.frame.yields == "event"]
        covered = [(m, *self._roles(m, filler, marked)) for m in matches]
        contents = [t for m, acts, _, _ in covered if acts for t in m.content]
        for match, acts, hit, swapped in covered:
            sides = (
                _BOTH_SIDES
                if acts and hit
                else _SOURCE_ACTS
                if acts
                else _TARGET_HIT
                if hit
                else _SWAPPED
                if swapped
                else _NO_SIDE
            )
            weight = sides * match.strength * _closeness(match.head, near)
            if match.head.i in inside:
                weight *= 0.5
            if match.content and acts:
                weight *= 1.1
            if any(
                c.i == match.head.i or c.is_ancestor(match.head) for c in contents if c not in match.content
            ):
                weight *= _BELOW_CONTENT
            name = _future_type(match, self._codebook)
            rule = "frame covers source and target" if acts and hit else "frame in the sentence"
            _keep(found, name, Evidence(weight, f"{match.type.type}/{match.frame.id}", match, rule))
        for token in doc:
            for name, share in self._shares.get(token.lemma_.lower(), {}).items():
                if token.pos_ in ("VERB", "NOUN", "ADJ") and token.i not in inside:
                    weight = _LEMMA * share * _closeness(token, near)
                    _keep(
                        found, name, Evidence(weight, f"{name}/{token.lemma_.lower()}", None, "trigger word")
                    )

    def _roles(
        self, match: Match, filler: RoleFiller, marked: dict[str, DraftMention]
    ) -> tuple[bool, bool, bool]:
        """Return whether the source acts, whether the target is acted upon, and whether they are swapped."""
        frame = match.frame
        reciprocal = match.type.reciprocal if frame.reciprocal is None else frame.reciprocal
        actors = filler.fill(match, frame.actor, acting=True).mentions
        recipients = filler.fill(match, frame.recipient, acting=False, without=actors).mentions
        source, target = marked.get("source"), marked.get("target")
        acts, hit = source in actors, target in recipients
        if reciprocal:
            acts = acts or source in recipients
            hit = hit or target in actors
        acts, hit = acts and source is not None, hit and target is not None
        swapped = (source is not None and source in recipients) or (target is not None and target in actors)
        return acts, hit, swapped and not acts

    def _lemma_shares(self) -> dict[str, dict[str, float]]:
        """Return, for every head lemma, the share of each type among the scores of its frames."""
        sums: dict[str, dict[str, float]] = {}
        for event_type, frame in self._codebook.frames():
            if frame.yields != "event":
                continue
            for lemma in frame.trigger.heads:
                of = sums.setdefault(lemma.split()[0], {})
                of[event_type.type] = max(of.get(event_type.type, 0.0), frame.score)
        return {
            lemma: {name: value / sum(of.values()) for name, value in of.items()}
            for lemma, of in sums.items()
        }

    def _mode(self, evidence: Evidence | None) -> str | None:
        match = evidence.match if evidence else None
        if match is None:
            return None
        if match.frame.mode is not None:
            return match.frame.mode
        found = mode_by_cues(match.type, match.content, match.words, match.verb, match.topics)
        return found[0] if found else None


def _keep(found: dict[str, Evidence], name: str, new: Evidence) -> None:
    """Keep the strongest evidence of a type, and let the rest add a little."""
    old = found.get(name)
    if old is None:
        found[name] = new
        return
    strong, weak = (new, old) if new.weight > old.weight else (old, new)
    strong.weight += 0.1 * weak.weight
    found[name] = strong


def _span(value: Any) -> tuple[int, int] | None:
    return None if value is None else (int(value["start"]), int(value["end"]))


def _marked(
    sentence: Sentence, source: tuple[int, int] | None, target: tuple[int, int] | None
) -> dict[str, DraftMention]:
    """Return the marked spans of a sentence as mentions of unknown parties."""
    found: dict[str, DraftMention] = {}
    for name, span in (("source", source), ("target", target)):
        if span is not None and sentence.tokens_in(*span):
            entity = DraftEntity(name, "organization", "—")
            found[name] = DraftMention(span[0], span[1], "name", entity, sentence)
    return found


def _path(
    sentence: Sentence, doc: Parse, source: tuple[int, int] | None, target: tuple[int, int] | None
) -> set[int]:
    """Return the tokens on the way from source to target in the tree, ends left out."""
    heads: list[Token] = []
    for span in (source, target):
        if span is not None:
            tokens = sentence.tokens_in(*span)
            inside = {t.i for t in tokens}
            heads.extend([t for t in tokens if t.dep_ == "ROOT" or t.head.i not in inside][:1])
    if not heads:
        return {t.i for t in doc if t.dep_ == "ROOT"}
    chains = [[head, *(g for g, _ in grammar.governors(head))] for head in heads]
    if len(chains) == 1:
        return {t.i for t in chains[0][1:4]}
    first, second = ([t.i for t in chain] for chain in chains)
    common = next((i for i in first if i in second), None)
    if common is None:
        return {i for chain in (first, second) for i in chain[1:]}
    path = [*first[: first.index(common) + 1], *second[: second.index(common)]]
    return set(path) - {heads[0].i, heads[1].i} or {common}


def _closeness(token: Token, near: set[int]) -> float:
    """Return how close a token stands to the path, from 1 on it towards 0."""
    if token.i in near:
        return 1.0
    steps, node = 0, token
    while node.i not in near and node.dep_ != "ROOT":
        node, steps = node.head, steps + 1
    return math.exp(-steps / _REACH) * (0.9 if node.i in near else 0.6)


def _future_type(match: Match, codebook: Codebook) -> str:
    """Return the type of a match, that for planned events where its verb is in a plain future."""
    verb, event_type = match.verb, match.type
    target = None
    if verb.pos_ in ("VERB", "AUX") and match.frame.trigger.negated is None:
        if grammar.is_negated(verb):
            target = event_type.when_refused
        elif grammar.verb_form(verb).future:
            target = event_type.when_planned
    return event_type.type if target is None else target


def _status(evidence: Evidence | None) -> str:
    """Return a first reading of the status from the trigger's verb alone."""
    if evidence is None or evidence.match is None:
        return "occurred"
    verb = evidence.match.verb
    form = grammar.verb_form(verb) if verb.pos_ in ("VERB", "AUX") else None
    if grammar.is_negated(verb):
        return "denied"
    if form is None:
        return "occurred"
    if form.future:
        return "planned"
    if form.modal is not None:
        return "possible"
    return "ongoing" if form.progressive and form.tense == "present" else "occurred"
