"""The kept answers are those that spaCy's own components give token by token."""

from __future__ import annotations

import pytest

from dragoman.draft import Sentence
from dragoman.language.inflection import word_forms
from dragoman.language.lexical import verb_exceptions
from dragoman.language.parsing import parse_all
from dragoman.language.pipeline import load_pipeline

TEXTS = [
    "There were talks, and there is hope that they'll go on.",
    "Kenya's ministers met Uganda's leaders, who had been expelled by their parliaments.",
    "The worst fighting has left 2,000 people homeless; nobody wants it.",
    "He didn't say when he'd be leaving, but he's met them twice.",
    "Protesters threw stones at police vehicles parked near the embassies.",
]


def test_parts_of_speech_and_lemmas_are_those_of_the_whole_pipeline() -> None:
    nlp = load_pipeline()
    sentences = [Sentence(i, 0, len(text), text, "body", 0) for i, text in enumerate(TEXTS)]
    parse_all(sentences, nlp)
    for sentence in sentences:
        assert sentence.parse is not None
        doc = nlp.make_doc(sentence.text)
        for token in doc[1:]:
            token.is_sent_start = False
        expected = nlp(doc)
        assert [(t.text, t.tag_, t.dep_, t.pos_, t.lemma_) for t in sentence.parse] == [
            (t.text, t.tag_, t.dep_, t.pos_, t.lemma_) for t in expected
        ]
        assert [t.head.i for t in sentence.parse] == [t.head.i for t in expected]
        assert [(t.left_edge.i, t.right_edge.i) for t in sentence.parse] == [
            (t.left_edge.i, t.right_edge.i) for t in expected
        ]


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("Rebels waged war on the army.", "waged", "wage"),
        ("Students staged a protest.", "staged", "stage"),
        ("The court fined two banks.", "fined", "fine"),
        ("Ministers hoped for a truce.", "hoped", "hope"),
        ("Police cordoned off the square.", "cordoned", "cordon"),
    ],
)
def test_verbs_that_the_rules_lemmatize_wrongly_are_mended(text: str, word: str, lemma: str) -> None:
    sentence = Sentence(0, 0, len(text), text, "body", 0)
    parse_all([sentence], load_pipeline())
    assert sentence.parse is not None
    assert next(t.lemma_ for t in sentence.parse if t.text == word) == lemma


def test_every_exception_is_a_form_of_its_lemma() -> None:
    odd = {form: lemma for form, lemma in verb_exceptions().items() if form not in word_forms(lemma)}
    assert set(odd) <= {"fulfilled", "fulfilling", "overflied", "unfroze", "unfrozen"}, odd


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [("China lent Kenya $3.8bn.", "3.8bn", "bn"), ("China lent Kenya $200m in May.", "m", "m")],
)
def test_the_lemma_of_a_sum_is_what_is_counted(text: str, word: str, lemma: str) -> None:
    sentence = Sentence(0, 0, len(text), text, "body", 0)
    parse_all([sentence], load_pipeline())
    assert sentence.parse is not None
    assert [t.lemma_ for t in sentence.parse if t.text == word] == [lemma]
