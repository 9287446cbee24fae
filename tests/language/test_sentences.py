from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.sentences import split_sentences
from dragoman.model import Segment


def split(text: str) -> list[str]:
    return [s.text for s in split_sentences(text, [Segment("body", 0, len(text))])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks began. They failed.", 2),
        ("Gen. Abdi spoke. Col. Deng did not.", 2),
        ("The U.S. President left the U.N. Security Council. It met later.", 2),
        ("They met in the U.S. The talks failed.", 2),
        ("It begins at 5 p.m. on Friday.", 1),
        ('"We will go," he said. "We will not stay."', 2),
        ('He said: "We go." Then he left.', 2),
        ("Growth was 2.5 percent. Inflation rose.", 2),
        ("Who called? Nobody knows! Ask again.", 3),
        ("First line without a stop\nSecond line without a stop", 2),
        ("Ministers from the four states on the lake met in the capital on\nMonday to talk. They left.", 2),
        ("The army said it would\nleave the town,\nSudan reported.", 1),
        ("Demands of the union:\n- higher pay\n- shorter hours", 3),
        ("J. K. Abara met M. Dupont.", 1),
        ("Prices rose (by 3 pct.) in May. Wages fell.", 2),
        ("The firm is Acme Inc. of Boston.", 1),
        ("It works for Acme Inc. The firm grew.", 2),
        ("He waited … and left.", 1),
        ("No. 10 declined to comment.", 1),
    ],
)
def test_counts_sentences(text: str, expected: int) -> None:
    assert len(split(text)) == expected, split(text)


@given(st.text(max_size=400))
def test_sentences_hold_every_visible_character_once_and_give_back_their_words(text: str) -> None:
    sentences = split_sentences(text, [Segment("body", 0, len(text))])
    for before, after in itertools.pairwise(sentences):
        assert before.end <= after.start
    for sentence in sentences:
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text.strip() == sentence.text != ""
    assert sum(len("".join(s.text.split())) for s in sentences) == len("".join(text.split()))


def test_a_sentence_never_crosses_a_segment() -> None:
    text = "File photo of a port The ships left."
    sentences = split_sentences(text, [Segment("caption", 0, 20), Segment("body", 21, len(text))])
    assert [(s.text, s.segment) for s in sentences] == [
        ("File photo of a port", "caption"),
        ("The ships left.", "body"),
    ]
