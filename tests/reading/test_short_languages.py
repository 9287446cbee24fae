from __future__ import annotations

import pytest

from dragoman.reading.languages import detect_language


@pytest.mark.parametrize(
    "text",
    [
        "Nigerian gunmen carried out an attack on Cameroonian soldiers.",
        "A London court ruled against Nigeria on Friday.",
        "Guinea faces sanctions from Ghana and Togo.",
        "Kenya expelled two Ugandan diplomats on Monday.",
        "Peru and Chile signed a treaty in Arica.",
    ],
)
def test_a_short_english_sentence_is_not_taken_for_another_language(text: str) -> None:
    assert detect_language(text) in ("en", None)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le ministre français a rencontré son homologue allemand à Berlin.", "fr"),
        ("Der Außenminister reiste am Montag nach Warschau und sprach dort mit der Regierung.", "de"),
        ("El presidente de Chile visitó la ciudad de Lima el lunes y habló con los ministros.", "es"),
    ],
)
def test_a_short_sentence_of_a_plain_language_is_known(text: str, language: str) -> None:
    assert detect_language(text) == language
