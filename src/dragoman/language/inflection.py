"""Inflected forms of English words, for pre-filters: every real form is among them, some unreal ones too."""

from __future__ import annotations

import csv
import functools
import importlib.resources

_VOWELS = frozenset("aeiou")


@functools.cache
def irregular_forms() -> dict[str, tuple[str, ...]]:
    """Return the irregular forms of a lemma, from `data/lexicons/irregular_forms.csv`."""
    path = importlib.resources.files("dragoman") / "data" / "lexicons" / "irregular_forms.csv"
    with path.open(encoding="utf-8") as lines:
        return {row["lemma"]: tuple(row["forms"].split()) for row in csv.DictReader(lines)}


@functools.cache
def word_forms(lemma: str) -> frozenset[str]:
    """Return the lower-case forms in which a lemma may stand: plural, third person, past, participles.

    Over-generates ("putted"); use it to decide what to look at, never to decide what a word is.
    """
    word = lemma.lower()
    forms = {word, word + "s", word + "ed", word + "ing", *irregular_forms().get(word, ())}
    if word.endswith("e"):
        forms |= {word + "d", word[:-1] + "ing"}
    if word.endswith("ie"):
        forms.add(word[:-2] + "ying")
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        forms.add(word + "es")
    if word.endswith("y") and len(word) > 2 and word[-2] not in _VOWELS:
        forms |= {word[:-1] + "ies", word[:-1] + "ied"}
    if word.endswith("c"):
        forms |= {word + "ked", word + "king"}
    if len(word) > 2 and word[-1] not in "aeiouwxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS:
        forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    if word.endswith(("el", "al", "uit", "uip", "iz")):
        forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    if word.endswith("man"):
        forms.add(word[:-3] + "men")
    if word.endswith("sis"):
        forms.add(word[:-3] + "ses")
    if word.endswith("f"):
        forms.add(word[:-1] + "ves")
    return frozenset(forms)
