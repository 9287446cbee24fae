from __future__ import annotations

import pytest

from dragoman.reading.segment_rules import SegmentRule, segment_rules
from dragoman.reading.segmenting import segment

EXAMPLES = [(r, t, w) for r in segment_rules() for t, w in r.examples]
NEAR_MISSES = [(r, t) for r in segment_rules() for t in r.near_misses]
PROSE = "The ministers of Chad and Niger spoke for an hour about the border on Tuesday, officials said."


def _settings(rule: SegmentRule, text: str) -> list[str]:
    if rule.zone == "bottom":
        return [f"{PROSE}\n{text}"]
    if rule.zone == "top":
        return [f"{text}\n{PROSE}" if rule.where == "whole" else f"{text} {PROSE}"]
    if rule.where == "start":
        return [f"{text} {PROSE}"]
    return [f"{text}\n{PROSE}", f"{PROSE}\n{text}"] if rule.where == "whole" else [f"{PROSE}\n{text}"]


@pytest.mark.parametrize(
    ("rule", "text", "words"), EXAMPLES, ids=[f"{r.id}-{t[:40]}" for r, t, _ in EXAMPLES]
)
def test_every_example_of_a_rule_is_coded_as_its_kind(rule: SegmentRule, text: str, words: str) -> None:
    for whole in _settings(rule, text):
        found = [(s.kind, whole[s.start : s.end]) for s in segment(whole)]
        assert (rule.kind, words) in found


@pytest.mark.parametrize(("rule", "text"), NEAR_MISSES, ids=[f"{r.id}-{t[:40]}" for r, t in NEAR_MISSES])
def test_no_near_miss_of_a_rule_is_coded_as_its_kind(rule: SegmentRule, text: str) -> None:
    for whole in (text, f"{text}\n{PROSE}", f"{PROSE}\n{text}", f"{PROSE} {text}"):
        assert rule.kind not in {s.kind for s in segment(whole)}, whole
