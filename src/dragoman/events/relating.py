"""What a marked source does to a marked target, by frames: `dragoman relate`.

Frames that cover both marked spans decide; without any, the words that head frames of a type speak for it;
without these, the prior of the types. There is always an answer, and a ranking of every type.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from dragoman.events.cues import mode_by_cues
from dragoman.events.framing import Framing
from dragoman.events.matching import Matcher
from dragoman.events.sides import Party, agreement, below
from dragoman.events.speaking import SpeakingWords
from dragoman.language import grammar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dragoman.draft import Sentence
    from dragoman.events.codebook import Codebook
    from dragoman.events.matching import Match
    from dragoman.syntax import Parse, Token

# Weights of the evidence; set by reasoning, then a few (_LEMMA, _REST, _REACH, _SPREAD) adjusted by hand to
# the total score and calibration on a development set, where their effect was small. A frame that stands
# in the sentence speaks a little; each side that agrees speaks more, and both together most.
_PRESENT = 1.0
_SOURCE = 2.3
_TARGET = 1.5
_TOGETHER = 1.2
_SWAPPED = 2.0
_LEMMA = 3.0
_TOLD = 4.5
# How much more a sure frame says than an unsure one.
_SURE = 1.0
# What weaker evidence for a type adds to the strongest.
_REST = 0.3
# Turns weights into exponents of the softmax, so that confidence is about the share that is right.
_SPREAD = 2.2
# How fast a trigger's word loses its say with its distance from the path between source and target.
_REACH = 2.5
_BELOW_CONTENT = 0.25
# Agreement up to this says only that nobody else holds the side.
_OPEN = 0.3


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
        self._framing = Framing(codebook)
        self._words = SpeakingWords(codebook)

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
        scores = {
            name: _SPREAD * math.sqrt(found[name].weight) if name in found else 0.0
            for name in self._codebook.types
        }
        total = sum(math.exp(s) for s in scores.values())
        ranking = sorted(
            ({"type": n, "confidence": round(math.exp(s) / total, 4)} for n, s in scores.items()),
            key=lambda item: (-cast("float", item["confidence"]), cast("str", item["type"])),
        )
        best = cast("str", ranking[0]["type"])
        evidence = found.get(best)
        return {
            "type": best,
            "mode": self._mode(best, evidence),
            "status": _status(best, evidence),
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
        parties = [Party(sentence.tokens_in(*span) if span is not None else []) for span in (source, target)]
        acting, suffering = parties
        near = _path(doc, [p.head for p in parties if p.head is not None])
        inside = acting.inside | suffering.inside
        matches = [m for m in self._matcher.match(doc) if m.frame.yields == "event"]
        sided = [(m, *self._sides(m, acting, suffering)) for m in matches]
        contents = [t for m, acts, _, _ in sided if acts > _OPEN for t in m.content]
        for match, acts, hit, swapped in sided:
            sides = _PRESENT + _SOURCE * acts + _TARGET * hit + _TOGETHER * acts * hit
            if swapped:
                sides = min(sides, _SWAPPED)
            weight = sides * match.strength**_SURE * _closeness(match.head, near)
            if match.head.i in inside:
                weight *= 0.5
            if match.content and acts > _OPEN:
                weight *= 1.1
            if any(
                c.i == match.head.i or c.is_ancestor(match.head) for c in contents if c not in match.content
            ):
                weight *= _BELOW_CONTENT
            told = self._framing.told_of(match, acting, suffering)
            if told is not None:
                weight = _TOLD * match.strength
            name = told or self._framing.own(match)
            covers = told is not None or (acts > _OPEN and hit > _OPEN and not swapped)
            rule = "frame covers source and target" if covers else "frame in the sentence"
            _keep(found, name, Evidence(weight, f"{match.type.type}/{match.frame.id}", match, rule))
        for token in doc:
            if token.i in inside:
                continue
            for name, share in self._words.shares(token):
                weight = _LEMMA * share * _closeness(token, near)
                entry = f"{name}/{token.lemma_.lower()}"
                _keep(found, name, Evidence(weight, entry, None, "trigger word"))

    def _sides(self, match: Match, acting: Party, suffering: Party) -> tuple[float, float, bool]:
        """Return how well the source acts and the target is acted upon, and whether they are swapped."""
        frame = match.frame
        reciprocal = match.type.reciprocal if frame.reciprocal is None else frame.reciprocal
        acts = agreement(match, frame.actor, acting, suffering)
        hit = agreement(match, frame.recipient, suffering, acting)
        crossed = min(
            agreement(match, frame.recipient, acting, suffering),
            agreement(match, frame.actor, suffering, acting),
        )
        if reciprocal:
            acts = max(acts, agreement(match, frame.recipient, acting, suffering))
            hit = max(hit, agreement(match, frame.actor, suffering, acting))
        hit = max(hit, below(match, suffering))
        return acts, hit, not reciprocal and crossed > _OPEN and crossed > min(acts, hit)

    def _mode(self, name: str, evidence: Evidence | None) -> str | None:
        """Return the mode of the answer, if it is one of its type's."""
        match = evidence.match if evidence else None
        if match is None:
            return None
        mode = match.frame.mode
        if mode is None:
            found = mode_by_cues(match.type, match.content, match.words, match.verb, match.topics)
            mode = found[0] if found else None
        return mode if mode in self._codebook.types[name].modes else None


def _keep(found: dict[str, Evidence], name: str, new: Evidence) -> None:
    """Keep the strongest evidence of a type, and let the rest add a little."""
    old = found.get(name)
    if old is None:
        found[name] = new
        return
    strong, weak = (new, old) if new.weight > old.weight else (old, new)
    strong.weight += _REST * weak.weight
    found[name] = strong


def _span(value: Any) -> tuple[int, int] | None:
    return None if value is None else (int(value["start"]), int(value["end"]))


def _path(doc: Parse, heads: Sequence[Token]) -> set[int]:
    """Return the tokens on the way from source to target in the tree, ends left out."""
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


def _status(name: str, evidence: Evidence | None) -> str:
    """Return a first reading of the status from the trigger's verb alone."""
    if evidence is None or evidence.match is None:
        return "occurred"
    verb = evidence.match.verb
    form = grammar.verb_form(verb) if verb.pos_ in ("VERB", "AUX") else None
    if grammar.is_negated(verb):
        # What is refused by "will not" is a refusal that happened.
        return "denied" if name == evidence.match.type.type else "occurred"
    if form is None:
        return "occurred"
    if form.future:
        return "planned"
    if form.modal is not None:
        return "possible"
    return "ongoing" if form.progressive and form.tense == "present" else "occurred"
