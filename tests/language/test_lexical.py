"""The kept answers are those that spaCy's own components give token by token."""

from __future__ import annotations

from dragoman.draft import Sentence
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
