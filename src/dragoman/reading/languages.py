"""The language of a text: as given, by its commonest words, or by a model."""

from __future__ import annotations

import functools
import importlib.resources
import re
from typing import Any

import yaml

# Enough to be sure of a language, little enough to cost nothing.
_SAMPLE = 1000
_FEWEST_LETTERS = 24
_FEWEST_LETTERS_DENSE = 8
_LEAST_CONFIDENCE = 0.6
# Below this the model takes short English sentences for Creoles; it is believed only when it is nearly sure.
_SHORT = 200
_SHORT_CONFIDENCE = 0.9
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_LETTER = re.compile(r"[^\W\d_]")
# Scripts that say more with fewer signs.
_DENSE = re.compile(r"[぀-ヿ㐀-鿿가-힯]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@functools.cache
def table() -> dict[str, Any]:
    """Return `data/lexicons/written_languages.yaml`."""
    path = importlib.resources.files("dragoman") / "data" / "lexicons" / "written_languages.yaml"
    data: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return data


def language_code(given: str) -> str | None:
    """Return the ISO 639-1 code for a language as inputs name it ("en-GB", "English", "eng"), or as given."""
    name = given.strip()
    if not name:
        return None
    code = re.split(r"[-_]", name.lower())[0]
    if len(code) == 2:
        return code
    known: dict[str, str] = table()["codes"]
    return known.get(code, name)


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text, or None when the text is too short to tell."""
    sample = text.lstrip()[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    dense = len(_DENSE.findall(sample))
    if letters < _FEWEST_LETTERS and dense < _FEWEST_LETTERS_DENSE:
        return None
    if _is_plain_english(sample):
        return "en"
    language, confidence = _model().classify(sample)
    short = letters < _SHORT and 2 * len(_LATIN.findall(sample)) > letters
    return str(language) if confidence >= (_SHORT_CONFIDENCE if short else _LEAST_CONFIDENCE) else None


def _is_plain_english(sample: str) -> bool:
    """Tell English by its commonest words: most texts are, and loading a model takes a second."""
    words = [word.lower() for word in _WORD.findall(sample)]
    known = _english_words()
    hits = [word for word in words if word in known]
    if len(words) < 8 or len(hits) < table()["english_share"] * len(words):
        return False
    return "the" in hits and len(set(hits)) >= table()["english_different"]


@functools.cache
def _english_words() -> frozenset[str]:
    return frozenset(table()["english_words"])


@functools.cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
