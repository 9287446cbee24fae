"""What a marked source does to a marked target: `dragoman relate`.

Frames that cover both marked spans, the words that head frames of a type, and the sentence encoder speak for the types;
`combining` weighs them. There is always a ranking of every type; no type is named where "no event" is all but sure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from dragoman.events.combining import FLOOR, FRAMES_ONLY, NO_EVENT, Spoken, load_combination, probabilities
from dragoman.events.cues import mode_by_cues
from dragoman.events.framing import Framing
from dragoman.events.matching import Matcher
from dragoman.events.sides import Party, agreement, below
from dragoman.events.speaking import SpeakingWords
from dragoman.language import grammar
from dragoman.language.parsing import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dragoman.draft import Sentence
    from dragoman.events.classifier import Classifier, Reading
    from dragoman.events.codebook import Codebook
    from dragoman.events.matching import Match
    from dragoman.syntax import Parse, Token

Span = tuple[int, int]

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
    covers: bool = False


class Relater:
    """Answers what a marked source does to a marked target.

    Args:
        codebook: the types and frames.
        parse: a function from texts to the parsed sentences of each.
        classifier: the sentence encoder of the codebook, if it has one.
    """

    def __init__(
        self,
        codebook: Codebook,
        parse: Callable[[Sequence[str]], Sequence[Sequence[Sentence]]],
        classifier: Classifier | None = None,
    ) -> None:
        self._codebook = codebook
        self._parse = parse
        self._classifier = classifier
        named = codebook.classifier
        self._weights = FRAMES_ONLY if classifier is None or named is None else load_combination(named)
        self._types = tuple(codebook.types)
        # Words with which an act may be denied, planned or only possible: the grammar must tell.
        self._unreal = frozenset(codebook.words.get("unreal_words", ()))
        self._matcher = Matcher(codebook)
        self._framing = Framing(codebook)
        self._words = SpeakingWords(codebook)

    def answer(self, row: dict[str, Any]) -> dict[str, Any]:
        """Answer one row; see `answer_all`."""
        return self.answer_all([row])[0]

    def answer_all(self, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Answer rows; several at once cost less each.

        Args:
            rows: each `text`, and `source` and `target` as `{start, end}` or null.

        Returns:
            For each `type` (null where no event between the two is all but sure), `mode`, `status`, `confidence`
            (the probability of the type), `cameo`, `why`, and `ranking` over every type of the codebook.

        Raises:
            KeyError, TypeError: when a row has no text or its spans are none.
        """
        texts = [cast("str", row["text"]) for row in rows]
        marks = [(_span(row.get("source")), _span(row.get("target"))) for row in rows]
        readings = self._readings(texts, marks)
        open_ = [at for at, reading in enumerate(readings) if not self._decided(texts[at], reading)]
        parsed = dict(zip(open_, self._parse([texts[at] for at in open_]), strict=True)) if open_ else {}
        return [
            self._answer(self.evidence(parsed.get(at, ()), *sides), readings[at])
            for at, sides in enumerate(marks)
        ]

    def _answer(self, found: dict[str, Evidence], reading: Reading | None) -> dict[str, Any]:
        if reading is not None:
            reading = follow_frames(reading, found)
        spoken = {name: Spoken(e.weight, e.covers) for name, e in found.items()}
        likely = probabilities(self._weights, self._types, spoken, None if reading is None else reading.types)
        ranking = sorted(
            ({"type": name, "confidence": round(likely[name], 4)} for name in self._types),
            key=lambda item: (-cast("float", item["confidence"]), cast("str", item["type"])),
        )
        nothing = likely.get(NO_EVENT, 0.0)
        best = cast("str", ranking[0]["type"])
        evidence = found.get(best)
        answer: dict[str, Any] = {
            "type": best,
            "mode": self._mode(best, evidence, reading),
            "status": _status(best, evidence, reading),
            "confidence": ranking[0]["confidence"],
            "cameo": _cameo(best, evidence, reading),
            "why": _why(best, found, reading),
            "ranking": ranking,
        }
        if nothing >= self._weights.abstain:
            answer |= {
                "type": None,
                "mode": None,
                "status": None,
                "cameo": None,
                "confidence": round(nothing, 4),
            }
        return answer

    def _decided(self, text: str, reading: Reading | None) -> bool:
        """Tell whether the encoder leaves nothing open: sure of a type, in words that tell of what was done."""
        if reading is None or not self._unreal.isdisjoint(words_of(text)):
            return False
        best = max(reading.types, key=lambda name: (reading.types[name], name))
        return best != NO_EVENT and math.exp(reading.types[best]) >= self._weights.sure

    def _readings(
        self, texts: Sequence[str], marks: Sequence[tuple[Span | None, Span | None]]
    ) -> list[Reading | None]:
        if self._classifier is None:
            return [None] * len(texts)
        marked = [
            (text, [source] if source else [], [target] if target else [])
            for text, (source, target) in zip(texts, marks, strict=True)
        ]
        return [*self._classifier.read_all(marked)]

    def evidence(
        self, sentences: Sequence[Sentence], source: Span | None, target: Span | None
    ) -> dict[str, Evidence]:
        """Return what frames and words of parsed sentences say for each type that they speak for."""
        found: dict[str, Evidence] = {}
        for sentence in sentences:
            if sentence.parse is not None:
                self._weigh(sentence, sentence.parse, source, target, found)
        return found

    def _weigh(
        self,
        sentence: Sentence,
        doc: Parse,
        source: Span | None,
        target: Span | None,
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
            if name == match.type.type:
                name = self._answered_as(match) or name
            covers = told is not None or (acts > _OPEN and hit > _OPEN and not swapped)
            rule = "frame covers source and target" if covers else "frame in the sentence"
            _keep(found, name, Evidence(weight, f"{match.type.type}/{match.frame.id}", match, rule, covers))
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

    def _answered_as(self, match: Match) -> str | None:
        """Return the type under which an act is answered where two parties are marked, if it is another."""
        act = self._codebook.marked_acts.get(match.frame.cameo or match.type.cameo or "")
        return None if act is None else act.type

    def _mode(self, name: str, evidence: Evidence | None, reading: Reading | None) -> str | None:
        """Return the mode of the answer, if it is one of its type's."""
        match = evidence.match if evidence else None
        mode = None
        if match is not None:
            mode = match.frame.mode
            if mode is None:
                found = mode_by_cues(match.type, match.content, match.words, match.verb, match.topics)
                mode = found[0] if found else None
            act = self._codebook.marked_acts.get(match.frame.cameo or "")
            if act is not None and act.type == name:
                mode = act.mode
        elif reading is not None:
            category = reading.category(name)
            act = self._codebook.marked_acts.get(category.cameo or "") if category else None
            mode = act.mode if act is not None else category.mode if category else None
        return mode if mode in self._codebook.types[name].modes else None


def follow_frames(reading: Reading, found: Mapping[str, Evidence]) -> Reading:
    """Let the encoder's acts that are answered under another type follow the frame that finds them only possible.

    Sanctions between marked parties are answered as COERCE; sanctions that somebody only may impose are a threat, as
    the frame that covers both parties says.
    """
    types = dict(reading.types)
    for name, evidence in found.items():
        own = evidence.match.type.type if evidence.match is not None else name
        if not evidence.covers or own == name or name not in types:
            continue
        for category, share in reading.categories:
            marked = category.type
            if marked is None or marked in (own, name) or category.name.partition(".")[0] != own:
                continue
            rest = math.exp(types[marked]) - share
            types[marked] = math.log(rest) if rest > 0 else FLOOR
            types[name] = math.log(math.exp(types[name]) + share)
    return replace(reading, types=types)


def _cameo(name: str, evidence: Evidence | None, reading: Reading | None) -> str | None:
    """Return the CAMEO code of the frame that speaks for a type, else of the encoder's category."""
    if evidence is not None and evidence.match is not None and evidence.entry.startswith(f"{name}/"):
        return evidence.match.frame.cameo or evidence.match.type.cameo
    category = reading.category(name) if reading is not None else None
    return category.cameo if category is not None else None


def _why(name: str, found: dict[str, Evidence], reading: Reading | None) -> dict[str, Any]:
    """Say what decided: frames, the encoder, or both."""
    evidence = found.get(name)
    framed = bool(found) and max(found, key=lambda n: (found[n].weight, n)) == name
    why: dict[str, Any] = {
        "decided_by": "frame",
        "entry": evidence.entry if evidence else "prior",
        "rule": evidence.rule if evidence else "no frame and no trigger word",
    }
    if reading is None:
        return why
    events = [n for n in reading.types if n != NO_EVENT]
    modelled = max(events, key=lambda n: reading.types[n]) == name
    category = reading.category(name)
    if modelled:
        why["decided_by"] = "frame and model" if framed else "model"
    if not evidence and category is not None:
        why |= {"entry": category.name, "rule": "the encoder alone"}
    why["model"] = {
        "category": category.name if category is not None else None,
        "probability": round(math.exp(reading.types[name]), 4),
    }
    return why


def _keep(found: dict[str, Evidence], name: str, new: Evidence) -> None:
    """Keep the strongest evidence of a type, and let the rest add a little."""
    old = found.get(name)
    if old is None:
        found[name] = new
        return
    strong, weak = (new, old) if new.weight > old.weight else (old, new)
    strong.weight += _REST * weak.weight
    strong.covers = strong.covers or weak.covers
    found[name] = strong


def _span(value: Any) -> Span | None:
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


def _status(name: str, evidence: Evidence | None, reading: Reading | None) -> str:
    """Return a first reading of the status from the trigger's verb, else the encoder's."""
    if evidence is None or evidence.match is None:
        return reading.status if reading is not None else "occurred"
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
